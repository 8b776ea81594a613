#include "scenarios/toml_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/key_registry.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace fs = std::filesystem;

EntryValue calc_entry_value(const toml::node& node) {
  if (const auto* value = node.as_boolean()) return value->get();
  if (const auto* value = node.as_integer()) return value->get();
  if (const auto* value = node.as_floating_point()) return value->get();
  if (const auto* value = node.as_string()) return value->get();
  return OtherToml();
}

std::string read_text(const std::string& path) {
  std::ifstream stream(path);
  LUMBARUN_THROW_UNLESS(
      stream && !fs::is_directory(path), "{}: cannot read this file: {}", path,
      fs::is_directory(path) ? "it is a directory" : "it does not exist or is not readable");
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

toml::table parse_toml(const std::string& text, const std::string& file_name) {
  try {
    return toml::parse(text, file_name);
  } catch (const toml::parse_error& error) {
    throw BadInput(fmt::format("{}:{}:{}: not valid TOML: {}", file_name, error.source().begin.line,
                               error.source().begin.column, error.description()));
  }
}

std::string calc_where(const toml::node& node, const std::string& file_name) {
  const toml::source_position begin = node.source().begin;
  return fmt::format("{}:{}:{}", file_name, begin.line, begin.column);
}

// On one line; real numbers with the fewest digits that bring them back.
std::string calc_node_text(const toml::node& node) {
  if (const auto* real = node.as_floating_point()) return fmt::format("{:#}", real->get());
  std::ostringstream text;
  text << toml::toml_formatter(node, toml::format_flags::none);
  std::string line = text.str();
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

ScenarioEntry build_scenario_entry(const std::string& name, const toml::node& node,
                                   const std::string& file_name) {
  return {name, calc_entry_value(node), calc_node_text(node), calc_where(node, file_name)};
}

void append_entries(const toml::table& table, const std::string& prefix, const std::string& file_name,
                    std::vector<ScenarioEntry>& entries) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (node.is_table() && is_key_group(name)) {
      append_entries(*node.as_table(), name + ".", file_name, entries);
    } else {
      entries.push_back(build_scenario_entry(name, node, file_name));
    }
  }
}

}  // namespace lumbarun
