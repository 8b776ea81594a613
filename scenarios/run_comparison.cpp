#include "scenarios/run_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "scenarios/json_text.h"
#include "scenarios/scenario_entries.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

std::map<std::string, std::string> get_key_values(const RunRecord& record) {
  std::map<std::string, std::string> values;
  for (const ScenarioEntry& entry : parse_scenario_entries(record.header.scenario, "the stored scenario")) {
    values[entry.name] = entry.text;
  }
  return values;
}

std::vector<KeyDifference> calc_key_differences(const RunRecord& first, const RunRecord& second) {
  const auto a = get_key_values(first);
  auto b = get_key_values(second);
  std::vector<KeyDifference> differences;
  for (const auto& [key, value] : a) {
    if (b[key] != value) differences.push_back({key, value, b[key]});
    b.erase(key);
  }
  for (const auto& [key, value] : b) differences.push_back({key, "", value});
  return differences;
}

const std::vector<std::string>& get_labels(const RunRecord& record, ValueAxis axis) {
  static const std::vector<std::string> none = {""};
  return axis == ValueAxis::kFoot    ? record.names.feet
         : axis == ValueAxis::kLevel ? record.names.levels
                                     : none;
}

// One per number of every metric.
std::vector<ValueDifference> get_values(const RunRecord& record) {
  std::vector<ValueDifference> values;
  for (const NamedValue& metric : record.metrics) {
    const auto& labels = get_labels(record, metric.axis);
    for (std::size_t i = 0; i < metric.values.size(); ++i) {
      const std::string label = labels.at(i).empty() ? "" : "[" + labels.at(i) + "]";
      values.push_back({metric.name + label, metric.unit, metric.values[i], kNone});
    }
  }
  return values;
}

std::string calc_relative_text(const ValueDifference& value) {
  const double share = 100 * (value.second - value.first) / std::abs(value.first);
  return std::isfinite(share) ? fmt::format("{:+.1f} %", share) : "";
}

std::string calc_number(double number) { return std::isfinite(number) ? fmt::format("{:.5g}", number) : "–"; }

}  // namespace

RunComparison calc_run_comparison(const RunRecord& first, const RunRecord& second) {
  RunComparison comparison{first.header, second.header, calc_key_differences(first, second),
                           get_values(first)};
  for (const ValueDifference& other : get_values(second)) {
    const auto found = std::find_if(comparison.values.begin(), comparison.values.end(),
                                    [&](const auto& value) { return value.name == other.name; });
    if (found == comparison.values.end()) {
      comparison.values.push_back({other.name, other.unit, kNone, other.first});
    } else {
      LUMBARUN_THROW_UNLESS(found->unit == other.unit,
                            "{} is in {} in the first file and in {} in the second", other.name, found->unit,
                            other.unit);
      found->second = other.first;
    }
  }
  return comparison;
}

std::string calc_comparison_text(const RunComparison& comparison) {
  std::string text = fmt::format("A  {}\n   {}\nB  {}\n   {}\n\n", comparison.first.title,
                                 comparison.first.status, comparison.second.title, comparison.second.status);
  for (const KeyDifference& key : comparison.keys) {
    text += fmt::format("{:<34} {} → {}\n", key.key, key.first.empty() ? "–" : key.first,
                        key.second.empty() ? "–" : key.second);
  }
  if (comparison.keys.empty()) text += "the same scenario\n";
  text += fmt::format("\n{:<38} {:>12} {:>12} {:>12} {:>9}  {}\n", "metric", "A", "B", "B - A", "", "unit");
  for (const ValueDifference& value : comparison.values) {
    text += fmt::format("{:<38} {:>12} {:>12} {:>12} {:>9}  {}\n", value.name, calc_number(value.first),
                        calc_number(value.second), calc_number(value.second - value.first),
                        calc_relative_text(value), value.unit);
  }
  return text;
}

std::string calc_comparison_json(const RunComparison& comparison) {
  std::vector<std::string> keys;
  for (const KeyDifference& key : comparison.keys) {
    keys.push_back(calc_json_object(
        {{"key", calc_json(key.key)}, {"a", calc_json(key.first)}, {"b", calc_json(key.second)}}));
  }
  std::vector<std::string> values;
  for (const ValueDifference& value : comparison.values) {
    values.push_back(calc_json_object({{"name", calc_json(value.name)},
                                       {"unit", calc_json(value.unit)},
                                       {"a", calc_json(value.first)},
                                       {"b", calc_json(value.second)},
                                       {"difference", calc_json(value.second - value.first)}}));
  }
  const auto header = [](const RunHeader& run) {
    return calc_json_object({{"title", calc_json(run.title)},
                             {"status", calc_json(run.status)},
                             {"git_hash", calc_json(run.git_hash)},
                             {"model_hash", calc_json(run.model_hash)}});
  };
  return calc_json_object({{"a", header(comparison.first)},
                           {"b", header(comparison.second)},
                           {"scenario", calc_json_list(keys)},
                           {"metrics", calc_json_list(values)}}) +
         "\n";
}

}  // namespace lumbarun
