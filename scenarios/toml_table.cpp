#include "scenarios/toml_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {

TomlTable::TomlTable(const toml::table& table, std::string file_name, std::string name,
                     const std::vector<std::string>& keys)
    : table_(table), file_name_(std::move(file_name)), name_(std::move(name)) {
  for (const auto& [key, node] : table) {
    const std::string text(key.str());
    if (std::find(keys.begin(), keys.end(), text) != keys.end()) continue;
    throw BadInput(fmt::format("{}: {}{} = {}: unknown key; nearest known key: {} ({}: {})",
                               calc_where(node, file_name_), name_.empty() ? "" : name_ + " ", text,
                               calc_node_text(node), nearest_name(text, keys), name_.empty() ? "file" : name_,
                               fmt::join(keys, ", ")));
  }
}

void TomlTable::refuse(const std::string& key, const std::string& reason) const {
  const toml::node* node = find(key);
  throw BadInput(node == nullptr ? fmt::format("{}: {} {}: {}", get_where(), name_, key, reason)
                                 : fmt::format("{}: {}{}{} = {}: {}", calc_where(*node, file_name_), name_,
                                               name_.empty() ? "" : " ", key, calc_node_text(*node), reason));
}

std::optional<std::string> TomlTable::read_text(const std::string& key) const {
  if (!has(key)) return {};
  const auto* text = find(key)->as_string();
  if (text == nullptr) refuse(key, "wrong type, expected text");
  return text->get();
}

std::optional<double> TomlTable::read_number(const std::string& key, double min, double max) const {
  if (!has(key)) return {};
  const std::optional<double> number = find(key)->value<double>();
  if (!number || !find(key)->is_number()) refuse(key, "wrong type, expected a number");
  if (!(*number >= min && *number <= max))
    refuse(key, fmt::format("out of range, allowed: {} … {}", min, max));
  return number;
}

std::optional<std::int64_t> TomlTable::read_integer(const std::string& key, std::int64_t min,
                                                    std::int64_t max) const {
  if (!has(key)) return {};
  const auto* integer = find(key)->as_integer();
  if (integer == nullptr) refuse(key, "wrong type, expected an integer");
  if (integer->get() < min || integer->get() > max)
    refuse(key, fmt::format("out of range, allowed: {} … {}", min, max));
  return integer->get();
}

std::optional<bool> TomlTable::read_flag(const std::string& key) const {
  if (!has(key)) return {};
  const auto* flag = find(key)->as_boolean();
  if (flag == nullptr) refuse(key, "wrong type, expected true or false");
  return flag->get();
}

const toml::array* TomlTable::find_list(const std::string& key) const {
  if (!has(key)) return nullptr;
  const auto* list = find(key)->as_array();
  if (list == nullptr || list->empty()) refuse(key, "wrong type, expected a list with at least one entry");
  return list;
}

const toml::table* TomlTable::find_table(const std::string& key) const {
  if (!has(key)) return nullptr;
  const auto* table = find(key)->as_table();
  if (table == nullptr) refuse(key, fmt::format("wrong type, expected a table [{}]", key));
  return table;
}

std::vector<std::string> TomlTable::read_words(const std::string& key) const {
  std::vector<std::string> words;
  if (const toml::array* list = find_list(key)) {
    for (const toml::node& item : *list) {
      if (!item.is_string()) refuse(key, "wrong type, expected a list of texts");
      words.push_back(item.as_string()->get());
    }
  }
  return words;
}

std::vector<double> TomlTable::read_numbers(const std::string& key) const {
  std::vector<double> numbers;
  if (const toml::array* list = find_list(key)) {
    for (const toml::node& item : *list) {
      if (!item.is_number()) refuse(key, "wrong type, expected a list of numbers");
      numbers.push_back(*item.value<double>());
    }
  }
  return numbers;
}

}  // namespace lumbarun
