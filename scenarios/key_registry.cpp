#include "scenarios/key_registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/key_table.h"
#include "scenarios/scenario_entries.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

struct ValueText {
  std::string operator()(const double* value) const {
    return std::isnan(*value) ? "" : fmt::format("{}", *value);
  }
  std::string operator()(const std::optional<double>* value) const { return *value ? (*this)(&**value) : ""; }
  std::string operator()(const int* value) const { return fmt::format("{}", *value); }
  std::string operator()(const bool* value) const { return *value ? "true" : "false"; }
  std::string operator()(const std::string* value) const { return calc_toml_text(*value); }
};

}  // namespace

const std::vector<ScenarioKey>& get_scenario_keys() {
  static const std::vector<ScenarioKey> keys = build_scenario_keys();
  return keys;
}

const ScenarioKey* find_scenario_key(std::string_view name) {
  const auto& keys = get_scenario_keys();
  const auto found =
      std::find_if(keys.begin(), keys.end(), [&](const auto& key) { return key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

bool is_key_group(std::string_view name) {
  const std::string prefix = fmt::format("{}.", name);
  const auto& keys = get_scenario_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const auto& key) { return key.name.starts_with(prefix); });
}

std::string nearest_scenario_key(std::string_view name) {
  const std::string leaf = fmt::format(".{}", name.substr(name.rfind('.') + 1));
  std::vector<std::string> names = {"include"};
  for (const ScenarioKey& key : get_scenario_keys()) {
    if (key.name.ends_with(leaf)) return key.name;
    names.push_back(key.name);
    const std::string group = key.name.substr(0, key.name.find('.'));
    if (group != names.back() && name.find('.') == std::string_view::npos) names.push_back(group);
  }
  return nearest_name(name, names);
}

std::string get_type_name(const ScenarioKey& key) {
  static const char* const names[] = {"number", "number", "integer", "true or false", "text"};
  Scenario scenario;
  return names[key.get_field(scenario).index()];
}

std::string calc_allowed_text(const ScenarioKey& key) {
  Scenario scenario;
  const KeyField field = key.get_field(scenario);
  if (std::holds_alternative<bool*>(field)) return "true | false";
  if (std::holds_alternative<std::string*>(field)) {
    return key.choices.empty() ? "any text" : fmt::format("{}", fmt::join(key.choices, " | "));
  }
  const std::string unit = key.unit.empty() || key.unit == "1" ? "" : " " + key.unit;
  return key.min == key.max ? fmt::format("{}{}", key.min, unit)
                            : fmt::format("{} … {}{}", key.min, key.max, unit);
}

std::string calc_value_text(const ScenarioKey& key, const Scenario& scenario) {
  Scenario copy = scenario;
  return std::visit(ValueText(), key.get_field(copy));
}

std::string calc_default_text(const ScenarioKey& key) {
  const std::string value = calc_value_text(key, Scenario());
  if (!value.empty()) return value;
  Scenario scenario;
  return std::holds_alternative<double*>(key.get_field(scenario)) ? "from preset" : "measured norm";
}

}  // namespace lumbarun
