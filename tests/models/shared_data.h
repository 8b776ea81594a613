// Reference tables that are not part of the project: tests that need them skip when they are absent.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace lumbarun::test {

inline std::filesystem::path shared_folder() {
  const char* folder = std::getenv("LUMBARUN_SHARED");
  return folder != nullptr ? std::filesystem::path(folder)
                           : std::filesystem::path(LUMBARUN_SOURCE_DIR) / ".." / "shared";
}

inline std::filesystem::path runner_folder() {
  return std::filesystem::path(LUMBARUN_SOURCE_DIR) / "models" / "runner";
}

// Rows of a plain CSV file as column name -> text.
inline std::vector<std::map<std::string, std::string>> read_rows(const std::filesystem::path& path) {
  const auto cells_of = [](const std::string& line) {
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
    if (!cells.empty() && cells.back().ends_with('\r')) cells.back().pop_back();
    return cells;
  };
  std::vector<std::map<std::string, std::string>> rows;
  std::ifstream stream(path);
  std::string line;
  std::getline(stream, line);
  const auto header = cells_of(line);
  while (std::getline(stream, line)) {
    const auto cells = cells_of(line);
    auto& row = rows.emplace_back();
    for (size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

}  // namespace lumbarun::test
