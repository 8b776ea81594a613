// A minimal reader of the .sto and .mot reference files: header lines up to `endheader`, labels, rows.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace lumbarun::test {

struct StorageTable {
  bool in_degrees = false;
  std::vector<std::string> labels;
  std::vector<std::vector<double>> rows;
};

inline StorageTable read_storage(const std::filesystem::path& path) {
  StorageTable table;
  std::ifstream stream(path);
  std::string line;
  while (std::getline(stream, line) && line.find("endheader") == std::string::npos) {
    if (line.find("inDegrees=yes") != std::string::npos) table.in_degrees = true;
  }
  std::getline(stream, line);
  std::istringstream labels(line);
  for (std::string label; labels >> label;) table.labels.push_back(label);
  while (std::getline(stream, line)) {
    std::istringstream values(line);
    std::vector<double> row;
    for (double value = 0.0; values >> value;) row.push_back(value);
    if (row.size() == table.labels.size()) table.rows.push_back(row);
  }
  return table;
}

}  // namespace lumbarun::test
