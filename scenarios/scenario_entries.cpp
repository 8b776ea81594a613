#include "scenarios/scenario_entries.h"

#include <algorithm>
#include <filesystem>

#include "scenarios/toml_node.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

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
  append_entries(table, "", path, entries);
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
  append_entries(table, "", file_name, entries);
  return entries;
}

ScenarioEntry parse_override(const std::string& text) {
  const size_t equals = text.find('=');
  LUMBARUN_THROW_UNLESS(equals != std::string::npos && equals > 0, "--set {}: expected key=value", text);
  const std::string name = text.substr(0, equals);
  const std::string value = text.substr(equals + 1);
  try {
    const toml::table table = toml::parse("value = " + value);
    return {name, calc_entry_value(*table.get("value")), value, "--set"};
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
  append_entries(*node->as_table(), group + ".", path, entries);
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
