#include "scenarios/sweep/axis_table.h"

#include <algorithm>
#include <sstream>

#include "scenarios/toml_node.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

std::string trim(const std::string& text) {
  constexpr const char* kSpace = " \t\r\xEF\xBB\xBF";  // and a byte order mark
  const std::size_t first = text.find_first_not_of(kSpace);
  return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

std::vector<std::string> split_cells(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(trim(cell));
  if (line.ends_with(',')) cells.emplace_back();
  return cells;
}

bool is_key_name(const std::string& name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

std::vector<std::string> read_header(const std::string& line, const std::string& where) {
  std::vector<std::string> keys = split_cells(line);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    LUMBARUN_THROW_UNLESS(is_key_name(keys[i]), "{}: column {}: '{}' is not the name of a scenario key",
                          where, i + 1, keys[i]);
    LUMBARUN_THROW_UNLESS(std::count(keys.begin(), keys.end(), keys[i]) == 1,
                          "{}: the column {} stands there twice", where, keys[i]);
  }
  return keys;
}

std::vector<ScenarioEntry> read_row(const std::vector<std::string>& keys, const std::string& line,
                                    const std::string& where) {
  const std::vector<std::string> cells = split_cells(line);
  LUMBARUN_THROW_UNLESS(cells.size() == keys.size(), "{}: {} cells, but the header has {}", where,
                        cells.size(), keys.size());
  std::vector<ScenarioEntry> row;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (cells[i].empty()) continue;  // the base's value
    row.push_back(parse_override(keys[i] + "=" + cells[i]));
    row.back().where = where;
  }
  return row;
}

}  // namespace

AxisTable read_axis_table(const std::string& path) { return parse_axis_table(read_text(path), path); }

AxisTable parse_axis_table(const std::string& text, const std::string& file_name) {
  AxisTable table;
  std::istringstream stream(text);
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    const std::string where = fmt::format("{}:{}", file_name, ++number);
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    if (table.keys.empty()) {
      table.keys = read_header(line, where);
    } else {
      table.rows.push_back(read_row(table.keys, line, where));
    }
  }
  LUMBARUN_THROW_UNLESS(!table.rows.empty(), "{}: the table has no rows", file_name);
  return table;
}

}  // namespace lumbarun
