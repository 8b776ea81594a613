// The one list of scenario keys. The reader, its messages, `lumbarun schema` and docs/scenario-keys.md all
// come from it. To add a key: a member with its default in scenario.h, and a row in key_table.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/scenario.h"

namespace lumbarun {

// Where the value of a key lives inside a Scenario; the alternative is the key's type.
using KeyField = std::variant<double*, std::optional<double>*, int*, bool*, std::string*>;
using KeyFieldGetter = KeyField (*)(Scenario&);

struct ScenarioKey {
  std::string name;  // dotted, e.g. runner.mass_kg
  std::string unit;  // "" if it has none
  KeyFieldGetter get_field = nullptr;
  double min = 0.0;  // allowed range of numbers, both ends included
  double max = 0.0;
  std::vector<std::string> choices;  // allowed words; empty: any text
  std::string effect;                // one sentence
  std::string source;                // of the default and the range
};

const std::vector<ScenarioKey>& get_scenario_keys();

// nullptr if there is no such key.
const ScenarioKey* find_scenario_key(std::string_view name);

// True for "runner" if there are keys "runner.…".
bool is_key_group(std::string_view name);

// The known key, or group of keys, most like an unknown one: the same last word in another group, else the
// fewest edits.
std::string nearest_scenario_key(std::string_view name);

// "number", "integer", "true or false", "text".
std::string get_type_name(const ScenarioKey& key);

// "40 … 130 kg", "male | female", "1 … 50", "any text".
std::string calc_allowed_text(const ScenarioKey& key);

// The value as TOML text; empty if it is an optional key without a value.
std::string calc_value_text(const ScenarioKey& key, const Scenario& scenario);

// What holds when the scenario says nothing: the value, "from preset", or "measured norm".
std::string calc_default_text(const ScenarioKey& key);

}  // namespace lumbarun
