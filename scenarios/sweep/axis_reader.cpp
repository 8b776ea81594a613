#include "scenarios/sweep/axis_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "scenarios/key_registry.h"
#include "scenarios/sweep/axis_table.h"
#include "scenarios/toml_table.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"

namespace lumbarun {
namespace {

constexpr double kHuge = std::numeric_limits<double>::max();

void check_key(const TomlTable& table, const std::string& key, const std::string& place) {
  if (find_scenario_key(key) == nullptr) {
    table.refuse(place, fmt::format("unknown key {}; nearest known key: {}", key, nearest_scenario_key(key)));
  }
  if (key == "title" || key == "schema_version" || key == "output.keep_all") {
    table.refuse(place, fmt::format("{} cannot be varied", key));
  }
}

// Puts the axis together from whichever way its values are given.
class AxisReader {
 public:
  AxisReader(const toml::table& table, const std::string& file_name, bool needs_levels)
      : table_(table, file_name, "[[axis]]",
               {"key", "keys", "values", "rows", "table", "weights", "range", "steps", "distribution", "mean",
                "sd", "median", "geometric_sd", "min", "max", "crossed"}),
        file_name_(file_name),
        needs_levels_(needs_levels) {}

  SweepAxisSpec read() {
    axis_.where = table_.get_where();
    axis_.is_crossed = table_.read_flag("crossed").value_or(false);
    read_kind();
    for (const std::string& key : axis_.keys) {
      check_key(table_, key, table_.has("key") ? "key" : table_.has("keys") ? "keys" : "table");
    }
    axis_.name = fmt::format("{}", fmt::join(axis_.keys, "+"));
    if (axis_.distribution) {
      read_steps();
    } else {
      read_weights();
    }
    return std::move(axis_);
  }

 private:
  void allow_only(const std::string& kind, const std::vector<std::string>& keys) const {
    for (const char* key : {"key", "keys", "values", "rows", "table", "weights", "range", "steps",
                            "distribution", "mean", "sd", "median", "geometric_sd", "min", "max"}) {
      if (table_.has(key) && std::find(keys.begin(), keys.end(), key) == keys.end()) {
        table_.refuse(key, fmt::format("has no place in an axis with {}", kind));
      }
    }
  }

  void require(const std::string& key) const {
    if (!table_.has(key)) table_.refuse(key, "is missing");
  }

  void read_kind() {
    if (table_.has("values")) {
      allow_only("values", {"key", "values", "weights"});
      read_single_key();
      for (const toml::node& item : *table_.find_list("values")) {
        axis_.levels.push_back({build_scenario_entry(axis_.keys[0], item, file_name_)});
      }
    } else if (table_.has("rows")) {
      allow_only("rows", {"keys", "rows", "weights"});
      require("keys");
      axis_.keys = table_.read_words("keys");
      for (const toml::node& item : *table_.find_list("rows")) read_row(item);
    } else if (table_.has("table")) {
      allow_only("a table", {"table", "weights"});
      read_table();
    } else if (table_.has("range")) {
      allow_only("a range", {"key", "range", "steps"});
      read_range();
    } else if (table_.has("distribution")) {
      read_distribution();
    } else {
      throw BadInput(
          fmt::format("{}: [[axis]] says nothing about its values: expected values, rows, table, range or "
                      "distribution",
                      table_.get_where()));
    }
  }

  void read_single_key() {
    require("key");
    axis_.keys = {*table_.read_text("key")};
  }

  void read_row(const toml::node& item) {
    const toml::array* row = item.as_array();
    if (row == nullptr || row->size() != axis_.keys.size()) {
      throw BadInput(fmt::format("{}: [[axis]] rows: {} is not a list of {} values, one per key",
                                 calc_where(item, file_name_), calc_node_text(item), axis_.keys.size()));
    }
    std::vector<ScenarioEntry> level;
    for (std::size_t i = 0; i < axis_.keys.size(); ++i) {
      level.push_back(build_scenario_entry(axis_.keys[i], *row->get(i), file_name_));
    }
    axis_.levels.push_back(std::move(level));
  }

  void read_table() {
    const auto name = table_.read_text("table");
    const std::string path = (std::filesystem::path(file_name_).parent_path() / *name).string();
    if (!std::filesystem::is_regular_file(path))
      table_.refuse("table", fmt::format("there is no file {}", path));
    AxisTable found = read_axis_table(path);
    axis_.keys = std::move(found.keys);
    axis_.levels = std::move(found.rows);
  }

  // The key's own range, unless the axis is narrower.
  void read_bounds(Distribution& distribution) {
    const ScenarioKey& key = get_number_key();
    distribution.min = table_.read_number("min", key.min, key.max).value_or(key.min);
    distribution.max = table_.read_number("max", key.min, key.max).value_or(key.max);
    if (!(distribution.min < distribution.max)) table_.refuse("max", "must be above min");
  }

  const ScenarioKey& get_number_key() {
    check_key(table_, axis_.keys[0], "key");
    const ScenarioKey& key = *find_scenario_key(axis_.keys[0]);
    axis_.is_integer = get_type_name(key) == "integer";
    if (!axis_.is_integer && get_type_name(key) != "number") {
      table_.refuse("key", fmt::format("{} is {}, which has no distribution", key.name, get_type_name(key)));
    }
    return key;
  }

  void read_range() {
    read_single_key();
    const ScenarioKey& key = get_number_key();
    const std::vector<double> range = table_.read_numbers("range");
    if (range.size() != 2 || !(range[0] < range[1])) table_.refuse("range", "expected [low, high]");
    if (!(range[0] >= key.min && range[1] <= key.max)) {
      table_.refuse("range", fmt::format("{} out of range, allowed: {}", key.name, calc_allowed_text(key)));
    }
    axis_.distribution = {DistributionKind::kUniform, 0, 0, range[0], range[1]};
  }

  void read_distribution() {
    static const std::vector<std::string> names = {"uniform", "normal", "lognormal"};
    const std::string name = *table_.read_text("distribution");
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      table_.refuse("distribution", fmt::format("not a distribution, allowed: {}; nearest: {}",
                                                fmt::join(names, " | "), nearest_name(name, names)));
    }
    read_single_key();
    Distribution distribution;
    if (name == "uniform") {
      allow_only("a uniform distribution", {"key", "distribution", "min", "max", "steps"});
      require("min");
      require("max");
    } else if (name == "normal") {
      allow_only("a normal distribution", {"key", "distribution", "mean", "sd", "min", "max", "steps"});
      distribution = read_spread(DistributionKind::kNormal, "mean", -kHuge, "sd", 1e-300);
    } else {
      allow_only("a lognormal distribution",
                 {"key", "distribution", "median", "geometric_sd", "min", "max", "steps"});
      distribution = read_spread(DistributionKind::kLognormal, "median", 1e-300, "geometric_sd", 1.000001);
    }
    read_bounds(distribution);
    if (distribution.kind == DistributionKind::kLognormal && distribution.min <= 0) {
      table_.refuse("min", "is missing: a lognormal distribution needs a lower bound above 0");
    }
    const bool is_inside =
        distribution.kind == DistributionKind::kUniform ||
        (distribution.center >= distribution.min && distribution.center <= distribution.max);
    if (!is_inside)
      table_.refuse(distribution.kind == DistributionKind::kNormal ? "mean" : "median",
                    fmt::format("lies outside {} … {}", distribution.min, distribution.max));
    axis_.distribution = distribution;
  }

  Distribution read_spread(DistributionKind kind, const std::string& center, double least_center,
                           const std::string& spread, double least_spread) const {
    require(center);
    require(spread);
    return {kind, *table_.read_number(center, least_center, kHuge),
            *table_.read_number(spread, least_spread, kHuge), 0, 0};
  }

  void read_steps() {
    axis_.steps = static_cast<int>(table_.read_integer("steps", 1, 100000).value_or(0));
    if (needs_levels_ && axis_.steps == 0)
      table_.refuse("steps", "is missing: a grid needs the number of levels");
  }

  void read_weights() {
    axis_.weights = table_.read_numbers("weights");
    if (axis_.weights.empty()) axis_.weights.assign(axis_.levels.size(), 1.0);
    if (axis_.weights.size() != axis_.levels.size()) {
      table_.refuse("weights",
                    fmt::format("{} weights for {} levels", axis_.weights.size(), axis_.levels.size()));
    }
    double sum = 0.0;
    for (const double weight : axis_.weights) {
      if (!(weight >= 0 && weight < kHuge)) table_.refuse("weights", "must not be negative");
      sum += weight;
    }
    if (!(sum > 0)) table_.refuse("weights", "are all zero");
    for (double& weight : axis_.weights) weight /= sum;
  }

  TomlTable table_;
  std::string file_name_;
  bool needs_levels_;
  SweepAxisSpec axis_;
};

}  // namespace

SweepAxisSpec read_axis(const toml::table& table, const std::string& file_name, bool needs_levels) {
  return AxisReader(table, file_name, needs_levels).read();
}

}  // namespace lumbarun
