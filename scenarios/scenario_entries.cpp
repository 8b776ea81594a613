#include "scenarios/scenario_entries.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "scenarios/key_registry.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

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

EntryValue calc_value(const toml::node& node) {
  if (const auto* value = node.as_boolean()) return value->get();
  if (const auto* value = node.as_integer()) return value->get();
  if (const auto* value = node.as_floating_point()) return value->get();
  if (const auto* value = node.as_string()) return value->get();
  return OtherToml();
}

ScenarioEntry build_entry(const std::string& name, const toml::node& node, const std::string& file_name) {
  return {name, calc_value(node), calc_node_text(node), calc_where(node, file_name)};
}

void flatten(const toml::table& table, const std::string& prefix, const std::string& file_name,
             std::vector<ScenarioEntry>& entries) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    if (node.is_table() && is_key_group(name)) {
      flatten(*node.as_table(), name + ".", file_name, entries);
    } else {
      entries.push_back(build_entry(name, node, file_name));
    }
  }
}

// Removes `include` from the table and returns its paths.
std::vector<fs::path> take_includes(toml::table& table, const std::string& file_name) {
  std::vector<fs::path> paths;
  if (const toml::node* node = table.get("include")) {
    const std::string where = calc_where(*node, file_name);
    LUMBARUN_THROW_UNLESS(node->is_array(),
                          "{}: include = {} has the wrong type: expected a list of file names", where,
                          calc_node_text(*node));
    for (const toml::node& item : *node->as_array()) {
      LUMBARUN_THROW_UNLESS(item.is_string(), "{}: include holds {}, which is not a file name", where,
                            calc_node_text(item));
      paths.push_back(fs::path(file_name).parent_path() / item.as_string()->get());
    }
    table.erase("include");
  }
  return paths;
}

void read_file(const std::string& path, std::vector<fs::path>& open, std::vector<ScenarioEntry>& entries) {
  toml::table table = parse_toml(read_text(path), path);
  const fs::path canonical = fs::canonical(path);
  LUMBARUN_THROW_UNLESS(std::find(open.begin(), open.end(), canonical) == open.end(),
                        "{}: this file includes itself", path);
  open.push_back(canonical);
  for (const fs::path& include : take_includes(table, path)) {
    LUMBARUN_THROW_UNLESS(fs::exists(include), "{}: include: there is no file {}", path, include.string());
    read_file(include.string(), open, entries);
  }
  open.pop_back();
  flatten(table, "", path, entries);
}

}  // namespace

std::vector<ScenarioEntry> read_scenario_entries(const std::string& path) {
  std::vector<fs::path> open;
  std::vector<ScenarioEntry> entries;
  read_file(path, open, entries);
  return entries;
}

std::vector<ScenarioEntry> parse_scenario_entries(const std::string& text, const std::string& file_name) {
  const toml::table table = parse_toml(text, file_name);
  std::vector<ScenarioEntry> entries;
  flatten(table, "", file_name, entries);
  return entries;
}

ScenarioEntry parse_override(const std::string& text) {
  const size_t equals = text.find('=');
  LUMBARUN_THROW_UNLESS(equals != std::string::npos && equals > 0, "--set {}: expected key=value", text);
  const std::string name = text.substr(0, equals);
  const std::string value = text.substr(equals + 1);
  try {
    const toml::table table = toml::parse("value = " + value);
    return {name, calc_value(*table.get("value")), value, "--set"};
  } catch (const toml::parse_error&) {
    return {name, value, calc_toml_text(value), "--set"};
  }
}

std::vector<ScenarioEntry> read_named_table(const std::string& path, const std::string& table,
                                            const std::string& group) {
  const toml::table file = parse_toml(read_text(path), path);
  const toml::node* node = file.get(table);
  LUMBARUN_THROW_UNLESS(node != nullptr && node->is_table(), "{}: there is no table [{}]; nearest: [{}]",
                        path, table, nearest_name(table, read_table_names(path)));
  std::vector<ScenarioEntry> entries;
  flatten(*node->as_table(), group + ".", path, entries);
  return entries;
}

std::vector<std::string> read_table_names(const std::string& path) {
  const toml::table file = parse_toml(read_text(path), path);
  std::vector<std::pair<toml::source_position, std::string>> tables;
  for (const auto& [key, node] : file) {
    if (node.is_table()) tables.emplace_back(node.source().begin, std::string(key.str()));
  }
  std::sort(tables.begin(), tables.end());
  std::vector<std::string> names;
  for (auto& [position, name] : tables) names.push_back(std::move(name));
  return names;
}

std::string calc_toml_text(const std::string& value) {
  return calc_node_text(toml::value<std::string>(value));
}

}  // namespace lumbarun
