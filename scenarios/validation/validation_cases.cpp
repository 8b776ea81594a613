#include "scenarios/validation/validation_cases.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>
#include <set>

#include "models/runner_builder.h"
#include "models/table.h"
#include "scenarios/pipeline.h"
#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "sim/core/contracts.h"
#include "sim/tissue/disc_kernel.h"

namespace lumbarun {
namespace {

constexpr const char* kNone = "-";
constexpr double kRangeMoment = 10.0;    // N m
constexpr double kLargestRange = 0.5;    // rad
constexpr int kFirstPublishedLevel = 1;  // L1/2: T12/L1 was not part of the tests

std::optional<double> read_optional(const Table& table, int row, const char* column, TableErrors& errors) {
  if (table.get_text(row, column) == kNone) return std::nullopt;
  return table.read_number(row, column, errors);
}

ValidationCase read_case(const Table& table, int row, TableErrors& errors) {
  ValidationCase read;
  read.id = table.get_text(row, "id");
  read.quantity = table.get_text(row, "quantity");
  read.scenario = table.get_text(row, "scenario");
  read.measure = table.get_text(row, "measure");
  read.index = table.get_text(row, "index");
  read.relative_to = table.get_text(row, "relative_to");
  read.unit = table.get_text(row, "unit");
  read.factor = table.read_positive(row, "factor_1", errors);
  read.published = table.read_number(row, "published", errors);
  read.low = read_optional(table, row, "low", errors);
  read.high = read_optional(table, row, "high", errors);
  read.source = table.get_text(row, "source");
  table.read_choice(row, "confidence", {"seen", "remembered"}, errors);
  read.confidence = table.get_text(row, "confidence");
  if (read.low.has_value() != read.high.has_value() || (read.low && *read.low > *read.high))
    table.report(row, "low", "a bar needs a lower and a higher end", errors);
  return read;
}

// Angle at which a lumbar level balances a pure moment about one axis, degrees, by bisection.
double calc_range_deg(const Disc& disc, int axis, double sign) {
  double low = 0.0, high = kLargestRange;
  for (int i = 0; i < 60; ++i) {
    const double angle = 0.5 * (low + high);
    (std::abs(calc_segment_moment(disc, axis, sign * angle)) < kRangeMoment ? low : high) = angle;
  }
  return rad_to_deg(low);
}

// One axis at a time, at a slow rate, without preload.
double calc_level_range(const ValidationCase& asked) {
  static const SkeletonTables tables =
      read_skeleton_tables(std::filesystem::path(get_models_directory()) / "runner");
  static const std::map<std::string, std::pair<int, double>> kAxes = {
      {"flexion", {0, -1.0}}, {"extension", {0, 1.0}}, {"bending", {1, 1.0}}, {"rotation", {2, 1.0}}};
  const auto axis = kAxes.find(asked.measure);
  LUMBARUN_THROW_UNLESS(axis != kAxes.end(), "validation case {}: no direction {}", asked.id, asked.measure);
  TissueParameters tissue;
  for (LevelCondition& level : tissue.levels) level.preload_n = 0.0;
  double sum = 0.0;
  bool is_known = false;
  for (int level = kFirstPublishedLevel; level < kLevelCount; ++level) {
    if (asked.index != "sum" && asked.index != kLevelNames[level]) continue;
    is_known = true;
    sum += calc_range_deg(build_test_segment(tables.spine, level, tissue), axis->second.first,
                          axis->second.second);
  }
  LUMBARUN_THROW_UNLESS(is_known, "validation case {}: no level {}", asked.id, asked.index);
  return sum;
}

class Validator {
 public:
  Validator(std::string directory, Progress& progress)
      : directory_(std::move(directory)), progress_(progress) {}

  double calc_value(const ValidationCase& asked) {
    if (asked.scenario == kNone) return asked.factor * calc_level_range(asked);
    const double value = asked.factor * get_metric(asked, asked.scenario);
    return asked.relative_to == kNone ? value : value / get_metric(asked, asked.relative_to);
  }

 private:
  const RunRecord& get_record(const std::string& scenario) {
    const auto found = records_.find(scenario);
    if (found != records_.end()) return found->second;
    Progress silent;
    progress_.begin_stage(scenario);
    return records_
        .emplace(scenario, run_scenario(read_scenario(directory_ + "/" + scenario + ".toml", {}), silent))
        .first->second;
  }

  double get_metric(const ValidationCase& asked, const std::string& scenario) {
    const RunRecord& record = get_record(scenario);
    if (!record.header.status.starts_with("ok")) return std::numeric_limits<double>::quiet_NaN();
    const auto is_named = [&](const NamedValue& value) { return value.name == asked.measure; };
    const auto metric = std::find_if(record.metrics.begin(), record.metrics.end(), is_named);
    LUMBARUN_THROW_UNLESS(metric != record.metrics.end(), "validation case {}: no metric {} in {}", asked.id,
                          asked.measure, scenario);
    if (metric->axis == ValueAxis::kScalar) return metric->values.front();
    const auto& names = metric->axis == ValueAxis::kFoot ? record.names.feet : record.names.levels;
    const auto name = std::find(names.begin(), names.end(), asked.index);
    LUMBARUN_THROW_UNLESS(name != names.end(), "validation case {}: {} has no {}", asked.id, asked.measure,
                          asked.index);
    return metric->values[static_cast<size_t>(name - names.begin())];
  }

  std::string directory_;
  Progress& progress_;
  std::map<std::string, RunRecord> records_;
};

}  // namespace

std::string describe(Verdict verdict) {
  switch (verdict) {
    case Verdict::kInside:
      return "inside";
    case Verdict::kOutside:
      return "outside";
    case Verdict::kNoBar:
      return "shown without bar";
    case Verdict::kFailed:
      return "failed";
  }
  throw LogicFailure("a verdict without a word");
}

std::string get_validation_directory() { return LUMBARUN_VALIDATION_DIR; }

std::vector<ValidationCase> read_validation_cases(const std::string& directory) {
  TableErrors errors;
  const Table table = Table::read(std::filesystem::path(directory) / "cases.csv",
                                  {"id", "quantity", "scenario", "measure", "index", "relative_to", "unit",
                                   "factor_1", "published", "low", "high", "source", "confidence"},
                                  errors);
  std::vector<ValidationCase> cases;
  std::set<std::string> ids;
  for (int row = 0; row < table.row_count(); ++row) {
    cases.push_back(read_case(table, row, errors));
    if (!ids.insert(cases.back().id).second) table.report(row, "id", "stands twice", errors);
  }
  errors.throw_if_any();
  return cases;
}

Verdict calc_verdict(const ValidationCase& asked, double value) {
  if (!std::isfinite(value)) return Verdict::kFailed;
  if (!asked.low) return Verdict::kNoBar;
  return value >= *asked.low && value <= *asked.high ? Verdict::kInside : Verdict::kOutside;
}

std::vector<ValidationResult> run_validation(const std::string& directory, Progress& progress) {
  Validator validator(directory, progress);
  std::vector<ValidationResult> results;
  for (const ValidationCase& asked : read_validation_cases(directory)) {
    const double value = validator.calc_value(asked);
    results.push_back({asked, value, calc_verdict(asked, value)});
  }
  progress.finish();
  return results;
}

}  // namespace lumbarun
