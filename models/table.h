// Strict reader of the project's CSV tables: a header row, comma separated, no quotes, a number in every cell
// that is asked for as a number. Mistakes are collected with file, line and column and thrown together.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace lumbarun {

// Collects the mistakes of one or more tables; throw_if_any throws BadInput listing all of them.
class TableErrors {
 public:
  void add(const std::string& message) { messages_.push_back(message); }
  bool is_empty() const { return messages_.empty(); }
  void throw_if_any() const;

 private:
  std::vector<std::string> messages_;
};

class Table {
 public:
  // Reads `path`; the header must hold exactly `columns`, in any order. Mistakes go to `errors`; rows with a
  // wrong number of cells are dropped after being reported.
  static Table read(const std::filesystem::path& path, const std::vector<std::string>& columns,
                    TableErrors& errors);

  int row_count() const { return static_cast<int>(rows_.size()); }
  const std::string& get_text(int row, const std::string& column) const;

  // Report to `errors` and return 0 (or the first choice) when the cell does not hold what is asked for.
  double read_number(int row, const std::string& column, TableErrors& errors) const;
  double read_positive(int row, const std::string& column, TableErrors& errors) const;
  int read_choice(int row, const std::string& column, const std::vector<std::string>& choices,
                  TableErrors& errors) const;

  // "file:line: column 'c': message" for mistakes that only the caller can see.
  void report(int row, const std::string& column, const std::string& message, TableErrors& errors) const;

 private:
  std::string file_;
  std::map<std::string, int> column_;
  std::vector<std::vector<std::string>> rows_;
  std::vector<int> line_;
  std::vector<std::string> missing_;  // columns that the header lacks: said once, not again for every row
};

}  // namespace lumbarun
