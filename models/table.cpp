#include "models/table.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {

namespace {

std::vector<std::string> split_cells(std::string line) {
  if (!line.empty() && line.back() == '\r') line.pop_back();
  std::vector<std::string> cells(1);
  for (const char c : line) {
    if (c == ',') {
      cells.emplace_back();
    } else {
      cells.back().push_back(c);
    }
  }
  return cells;
}

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

void TableErrors::throw_if_any() const {
  if (messages_.empty()) return;
  std::string all;
  for (const std::string& message : messages_) all += (all.empty() ? "" : "\n") + message;
  throw BadInput(all);
}

Table Table::read(const std::filesystem::path& path, const std::vector<std::string>& columns,
                  TableErrors& errors) {
  Table table;
  table.file_ = path.string();
  for (size_t i = 0; i < columns.size(); ++i) table.column_[columns[i]] = static_cast<int>(i);
  std::ifstream stream(path);
  std::string line;
  if (!stream || !std::getline(stream, line)) {
    errors.add(fmt::format("{}: cannot be read or is empty", table.file_));
    return table;
  }
  const std::vector<std::string> header = split_cells(line);
  for (const std::string& name : columns) {
    if (contains(header, name)) continue;
    errors.add(fmt::format("{}:1: column '{}' is missing", table.file_, name));
    table.missing_.push_back(name);
  }
  for (const std::string& name : header) {
    if (!contains(columns, name)) {
      errors.add(fmt::format("{}:1: unknown column '{}'; the nearest known one is '{}'", table.file_, name,
                             nearest_name(name, columns)));
    }
  }
  for (int number = 2; std::getline(stream, line); ++number) {
    const std::vector<std::string> cells = split_cells(line);
    if (cells.size() != header.size()) {
      errors.add(fmt::format("{}:{}: {} cells where the header has {}", table.file_, number, cells.size(),
                             header.size()));
      continue;
    }
    std::vector<std::string> row(columns.size());
    for (size_t i = 0; i < header.size(); ++i) {
      if (const auto it = table.column_.find(header[i]); it != table.column_.end())
        row[it->second] = cells[i];
    }
    table.rows_.push_back(row);
    table.line_.push_back(number);
  }
  return table;
}

const std::string& Table::get_text(int row, const std::string& column) const {
  const auto it = column_.find(column);
  LUMBARUN_DEMAND(it != column_.end() && row >= 0 && row < row_count());
  return rows_[row][it->second];
}

double Table::read_number(int row, const std::string& column, TableErrors& errors) const {
  const std::string& cell = get_text(row, column);
  double value = 0.0;
  const char* end = cell.data() + cell.size();
  const auto [stop, code] = std::from_chars(cell.data(), end, value);
  if (code != std::errc() || stop != end || !std::isfinite(value)) {
    report(row, column, fmt::format("'{}' is not a number", cell), errors);
    return 0.0;
  }
  return value;
}

double Table::read_positive(int row, const std::string& column, TableErrors& errors) const {
  const double value = read_number(row, column, errors);
  if (!(value > 0.0)) report(row, column, fmt::format("{} must be greater than 0", value), errors);
  return value;
}

int Table::read_choice(int row, const std::string& column, const std::vector<std::string>& choices,
                       TableErrors& errors) const {
  const std::string& cell = get_text(row, column);
  const auto it = std::find(choices.begin(), choices.end(), cell);
  if (it != choices.end()) return static_cast<int>(it - choices.begin());
  report(row, column,
         fmt::format("unknown '{}'; the nearest known one is '{}'", cell, nearest_name(cell, choices)),
         errors);
  return 0;
}

void Table::report(int row, const std::string& column, const std::string& message,
                   TableErrors& errors) const {
  if (contains(missing_, column)) return;
  errors.add(fmt::format("{}:{}: column '{}': {}", file_, line_[row], column, message));
}

}  // namespace lumbarun
