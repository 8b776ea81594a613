#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>

#include "sim/core/errors.h"
#include "sim/results/schema.h"

namespace lumbarun::results {
namespace {

[[noreturn]] void reject(const std::string& path, const std::string& reason) {
  throw LogicFailure(fmt::format("run record, {}: {}; please report this", path, reason));
}

void check_numbers(const std::string& path, const std::vector<double>& values, bool may_be_undefined) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isfinite(values[i]) || (may_be_undefined && std::isnan(values[i]))) continue;
    reject(path, fmt::format("value {} at flat index {} is not a number", values[i], i));
  }
}

void check_size(const std::string& path, std::size_t found, const std::vector<Axis>& axes,
                const RunRecord& record) {
  std::size_t wanted = 1;
  std::string product;
  for (Axis axis : axes) {
    const AxisScale scale = calc_axis_scale(axis, record);
    wanted *= scale.size();
    product += fmt::format("{}{} {}", product.empty() ? "" : " × ", scale.size(), scale.name);
  }
  if (found != wanted)
    reject(path, fmt::format("has {} values, its axes say {} = {}", found, product, wanted));
}

void check_unique(const AxisScale& scale) {
  std::set<std::string> seen;
  for (const std::string& label : scale.labels) {
    if (label.empty()) reject("/" + scale.name, "has an empty name");
    if (!seen.insert(label).second) reject("/" + scale.name, fmt::format("has the name '{}' twice", label));
  }
}

void check_times(const std::string& path, const std::vector<double>& times) {
  check_numbers(path, times, false);
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] <= times[i - 1]) reject(path, fmt::format("does not increase at index {}", i));
  }
}

void check_named_values(const std::string& group, const std::vector<NamedValue>& values,
                        const RunRecord& record) {
  for (const NamedValue& value : values) {
    const std::string path = "/" + group + "/" + value.name;
    const bool fit =
        !value.name.empty() && std::all_of(value.name.begin(), value.name.end(),
                                           [](unsigned char c) { return std::isalnum(c) || c == '_'; });
    if (!fit) reject(path, "names are letters, digits and underscores");
    if (value.unit.empty() || value.long_name.empty()) reject(path, "has no unit or no long name");
    check_size(path, value.values.size(), get_axes(value.axis), record);
    check_numbers(path, value.values, value.may_be_undefined || is_failed(record));
  }
}

void check_ledgers(const RunRecord& record) {
  for (const CostTermRecord& term : record.plan.cost_terms) {
    check_numbers("/plan/cost_term " + term.name, {term.weight, term.value, term.share}, is_failed(record));
  }
  for (const EnergyTerm& term : record.energy) {
    check_numbers("/energy/ledger " + term.name, {term.energy_J}, is_failed(record));
  }
}

}  // namespace

void check_record(const RunRecord& record) {
  for (int i = 0; i < kAxisCount; ++i) check_unique(calc_axis_scale(static_cast<Axis>(i), record));
  check_times("/time", record.time);
  check_times("/plan/knot", record.plan.knot_time);
  check_times("/plan/residual_time", record.plan.residual_time);
  for (const ArrayField& field : get_array_fields()) {
    const std::vector<double>& values = field.get_from(record);
    if (values.empty()) {
      if (field.need == Need::kAlways && !is_failed(record)) reject(field.get_path(), "is missing");
      continue;
    }
    check_size(field.get_path(), values.size(), field.axes, record);
    check_numbers(field.get_path(), values, field.may_be_undefined || is_failed(record));
  }
  for (const TextField& field : get_text_fields()) {
    const auto& words = field.get_from(record);
    if (!words.empty()) check_size("/" + field.group + "/" + field.name, words.size(), {field.axis}, record);
  }
  if (!record.names.coordinates.empty() && record.names.coordinate_units.empty()) {
    reject("/motion/coordinate_unit", "is missing");
  }
  const auto& rows = record.muscles.path_row_size;
  if (!rows.empty()) check_size("/muscles/row_size", rows.size(), {Axis::kMuscle}, record);
  check_named_values("metrics", record.metrics, record);
  check_named_values("plan", record.plan.numbers, record);
  check_ledgers(record);
  if (record.unadapted.size() > 1) reject("/unadapted", "there can be only one");
  for (const RunRecord& unadapted : record.unadapted) check_record(unadapted);
}

}  // namespace lumbarun::results
