// A table of a sweep file or training plan, read key by key: every mistake is told with its place, and a key nobody asked for is refused.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/toml_node.h"

namespace lumbarun {

class TomlTable {
 public:
  // `name` is for messages, e.g. "[design]"; empty for the file itself.
  // @throws BadInput for a key that is not among `keys`.
  TomlTable(const toml::table& table, std::string file_name, std::string name,
            const std::vector<std::string>& keys);

  bool has(const std::string& key) const { return table_.contains(key); }
  const toml::node* find(const std::string& key) const { return table_.get(key); }
  std::string get_where() const { return calc_where(table_, file_name_); }
  std::string get_where(const std::string& key) const { return calc_where(*find(key), file_name_); }

  // Absent keys give nothing; a wrong type or a value outside [min, max] is refused.
  std::optional<std::string> read_text(const std::string& key) const;
  std::optional<double> read_number(const std::string& key, double min, double max) const;
  std::optional<std::int64_t> read_integer(const std::string& key, std::int64_t min, std::int64_t max) const;
  std::optional<bool> read_flag(const std::string& key) const;
  std::vector<std::string> read_words(const std::string& key) const;
  std::vector<double> read_numbers(const std::string& key) const;
  const toml::array* find_list(const std::string& key) const;
  const toml::table* find_table(const std::string& key) const;

  [[noreturn]] void refuse(const std::string& key, const std::string& reason) const;

 private:
  const toml::table& table_;
  std::string file_name_;
  std::string name_;
};

}  // namespace lumbarun
