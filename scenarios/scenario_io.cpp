#include "scenarios/scenario_io.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid_io.hpp>
#include <limits>

#include "scenarios/key_registry.h"
#include "scenarios/posture_conflict.h"
#include "scenarios/presets.h"
#include "scenarios/scenario_entries.h"
#include "scenarios/shoe_request.h"
#include "scenarios/stride_conflict.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

[[noreturn]] void refuse(const ScenarioEntry& entry, const std::string& reason) {
  throw BadInput(fmt::format("{}: {} = {}: {}", entry.where, entry.name, entry.text, reason));
}

[[noreturn]] void refuse_type(const ScenarioEntry& entry, const ScenarioKey& key) {
  refuse(entry, fmt::format("wrong type, expected {} ({})", get_type_name(key), calc_allowed_text(key)));
}

const ScenarioKey& find_key(const ScenarioEntry& entry) {
  if (const ScenarioKey* key = find_scenario_key(entry.name)) return *key;
  if (is_key_group(entry.name))
    refuse(entry, fmt::format("'{}' is a table of keys, not a value", entry.name));
  const std::string nearest = nearest_scenario_key(entry.name);
  const ScenarioKey* key = find_scenario_key(nearest);
  refuse(entry, fmt::format("unknown {}; nearest known key: {}{}",
                            std::holds_alternative<OtherToml>(entry.value) ? "table or key" : "key", nearest,
                            key == nullptr ? "" : fmt::format(" ({})", calc_allowed_text(*key))));
}

// Puts a value into its field, or says why not.
struct Setter {
  const ScenarioEntry& entry;
  const ScenarioKey& key;

  void check_range(double value) const {
    if (!(value >= key.min && value <= key.max)) {
      const double nearest = value > key.max ? key.max : key.min;
      refuse(entry, fmt::format("out of range, allowed: {}; nearest: {:g}", calc_allowed_text(key), nearest));
    }
  }

  double calc_number() const {
    double value = 0.0;
    if (const auto* real = std::get_if<double>(&entry.value)) {
      value = *real;
    } else if (const auto* integer = std::get_if<std::int64_t>(&entry.value)) {
      value = static_cast<double>(*integer);
    } else {
      refuse_type(entry, key);
    }
    check_range(value);
    return value;
  }

  void operator()(double* field) const { *field = calc_number(); }
  void operator()(std::optional<double>* field) const { *field = calc_number(); }
  void operator()(int* field) const {
    const auto* value = std::get_if<std::int64_t>(&entry.value);
    if (value == nullptr) refuse_type(entry, key);
    check_range(static_cast<double>(*value));
    *field = static_cast<int>(*value);
  }
  void operator()(bool* field) const {
    const auto* value = std::get_if<bool>(&entry.value);
    if (value == nullptr) refuse_type(entry, key);
    *field = *value;
  }
  // A choice may be named true or false and then be given without quotes.
  std::string calc_word() const {
    if (const auto* word = std::get_if<std::string>(&entry.value)) return *word;
    const auto* flag = std::get_if<bool>(&entry.value);
    if (flag == nullptr || key.choices.empty()) refuse_type(entry, key);
    return *flag ? "true" : "false";
  }
  void operator()(std::string* field) const {
    const std::string value = calc_word();
    if (!key.choices.empty() &&
        std::find(key.choices.begin(), key.choices.end(), value) == key.choices.end()) {
      refuse(entry, fmt::format("not a choice, allowed: {}; nearest: {}", calc_allowed_text(key),
                                nearest_name(value, key.choices)));
    }
    *field = value;
  }
};

void apply_entries(const std::vector<ScenarioEntry>& entries, Scenario& scenario) {
  for (const ScenarioEntry& entry : entries) {
    const ScenarioKey& key = find_key(entry);
    std::visit(Setter{entry, key}, key.get_field(scenario));
  }
}

// Values that are each in range but do not go together: refuses the entry that named the key last.
[[noreturn]] void refuse_conflict(const std::vector<ScenarioEntry>& entries, const std::string& key,
                                  const std::string& reason) {
  const auto is_named = [&](const ScenarioEntry& entry) { return entry.name == key; };
  const auto entry = std::find_if(entries.rbegin(), entries.rend(), is_named);
  LUMBARUN_DEMAND(entry != entries.rend());
  refuse(*entry, reason);
}

void check_stride(const std::vector<ScenarioEntry>& entries, const Scenario& scenario) {
  if (const auto conflict = find_stride_conflict(scenario, get_gait_norm()))
    refuse_conflict(entries, conflict->key, conflict->reason);
}

// `before`: without the entries. One that changes nothing, as most of a stored scenario do, is no conflict.
void check_posture(std::vector<ScenarioEntry> entries, const Scenario& before, const Scenario& scenario) {
  std::erase_if(entries, [&](const ScenarioEntry& entry) {
    const ScenarioKey& key = find_key(entry);
    return calc_value_text(key, before) == calc_value_text(key, scenario);
  });
  if (const auto conflict = find_posture_conflict(entries, scenario))
    refuse_conflict(entries, conflict->key, conflict->reason);
}

void check_shoe(const std::vector<ScenarioEntry>& entries, const Scenario& scenario) {
  const auto conflict = find_shoe_conflict(build_shoe(scenario.shoe));
  if (!conflict) return;
  const auto is_named = [&](const ScenarioEntry& entry) {
    return std::find(conflict->keys.begin(), conflict->keys.end(), entry.name) != conflict->keys.end();
  };
  const auto entry = std::find_if(entries.rbegin(), entries.rend(), is_named);
  LUMBARUN_DEMAND(entry != entries.rend());  // presets have none
  refuse(*entry, conflict->reason);
}

Scenario resolve(std::vector<ScenarioEntry> entries, const std::vector<std::string>& overrides) {
  for (const std::string& text : overrides) entries.push_back(parse_override(text));
  return resolve_scenario(entries);
}

boost::uuids::uuid calc_hash(Scenario scenario, const std::string& also) {
  scenario.title.clear();
  boost::uuids::name_generator_sha1 generator(boost::uuids::ns::oid());
  return generator(calc_scenario_text(scenario) + also);
}

}  // namespace

Scenario resolve_scenario(const std::vector<ScenarioEntry>& entries) {
  Scenario asked;
  apply_entries(entries, asked);
  Scenario scenario;
  apply_entries(read_preset("shoe", asked.shoe.preset), scenario);
  apply_entries(read_preset("surface", asked.surface.preset), scenario);
  if (is_posture(asked)) apply_entries(read_preset("posture", asked.posture.preset), scenario);
  const Scenario before = scenario;
  apply_entries(entries, scenario);
  check_stride(entries, scenario);
  check_shoe(entries, scenario);
  check_posture(entries, before, scenario);
  return scenario;
}

Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides) {
  return resolve(read_scenario_entries(path), overrides);
}

Scenario parse_scenario(const std::string& text, const std::string& file_name,
                        const std::vector<std::string>& overrides) {
  return resolve(parse_scenario_entries(text, file_name), overrides);
}

std::optional<Scenario> build_habitual_scenario(const Scenario& scenario) {
  const HabitualKeys habits = scenario.habitual;
  if (habits.shoe == HabitualKeys{}.shoe && habits.surface == HabitualKeys{}.surface) return std::nullopt;
  Scenario habitual = scenario;
  habitual.habitual = {};
  if (habits.shoe != HabitualKeys{}.shoe) {
    habitual.shoe.preset = habits.shoe;
    apply_entries(read_preset("shoe", habits.shoe), habitual);
  }
  if (habits.surface != HabitualKeys{}.surface) {
    habitual.surface.preset = habits.surface;
    apply_entries(read_preset("surface", habits.surface), habitual);
  }
  return habitual;
}

std::string calc_scenario_text(const Scenario& scenario) {
  std::string text;
  std::string open_group;
  for (const ScenarioKey& key : get_scenario_keys()) {
    const std::string value = calc_value_text(key, scenario);
    const size_t dot = key.name.find('.');
    const std::string group = dot == std::string::npos ? "" : key.name.substr(0, dot);
    if (value.empty()) continue;
    if (group != open_group) text += fmt::format("\n[{}]\n", group);
    open_group = group;
    text += fmt::format("{} = {}\n", key.name.substr(dot == std::string::npos ? 0 : dot + 1), value);
  }
  return text;
}

std::string calc_scenario_hash(const Scenario& scenario, const std::string& also) {
  return boost::uuids::to_string(calc_hash(scenario, also));
}

std::uint64_t calc_scenario_seed(const Scenario& scenario) {
  std::uint64_t seed = 0;
  const boost::uuids::uuid hash = calc_hash(scenario, "");
  for (std::size_t i = 0; i < sizeof seed; ++i) seed = seed << 8 | hash.data[i];
  return seed;
}

}  // namespace lumbarun
