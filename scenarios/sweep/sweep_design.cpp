#include "scenarios/sweep/sweep_design.h"

#include "scenarios/sweep/virtual_runner.h"
#include "sim/core/contracts.h"
#include "sim/statistics/correlation.h"

namespace lumbarun {
namespace {

constexpr std::size_t kMaxScenarios = 10'000'000;

}  // namespace

SweepDesign::SweepDesign(const SweepSpec& spec) : spec_(spec) {
  const bool is_grid = spec.design.kind == DesignKind::kGrid;
  for (std::size_t i = 0; i < spec.axes.size(); ++i) {
    const SweepAxisSpec& axis = spec.axes[i];
    (is_grid || axis.is_crossed ? gridded_ : sampled_).push_back(i);
    if (!is_grid && !axis.is_crossed) factors_.push_back(axis.name);
    keys_.insert(keys_.end(), axis.keys.begin(), axis.keys.end());
  }
  if (spec.female_share) {
    factors_.insert(factors_.end(), kPopulationFactors.begin(), kPopulationFactors.end());
    keys_.insert(keys_.end(), kPopulationKeys.begin(), kPopulationKeys.end());
  }
  LUMBARUN_THROW_UNLESS(is_grid || !factors_.empty(),
                        "a design of kind '{}' needs at least one axis that is not crossed",
                        get_design_name(spec.design.kind));
  for (const std::size_t i : gridded_) {
    combinations_ *= static_cast<std::size_t>(spec.axes[i].get_level_count());
    LUMBARUN_THROW_UNLESS(combinations_ <= kMaxScenarios, "more than {} scenarios", kMaxScenarios);
  }
  if (!is_grid) build_sample();
  const std::size_t samples = is_grid ? 1 : static_cast<std::size_t>(sample_.rows());
  LUMBARUN_THROW_UNLESS(samples <= kMaxScenarios / combinations_, "more than {} scenarios", kMaxScenarios);
  count_ = samples * combinations_;
}

void SweepDesign::build_sample() {
  const DesignSpec& design = spec_.design;
  const int factors = static_cast<int>(factors_.size());
  const auto rows =
      static_cast<std::size_t>(design.samples) * (design.kind == DesignKind::kSobol    ? factors + 2
                                                  : design.kind == DesignKind::kMorris ? factors + 1
                                                                                       : 1);
  LUMBARUN_THROW_UNLESS(rows <= kMaxScenarios, "{} scenarios are more than {}", rows, kMaxScenarios);
  switch (design.kind) {
    case DesignKind::kGrid:
      break;
    case DesignKind::kLatinHypercube:
      sample_ = calc_latin_hypercube(design.samples, factors, design.seed);
      break;
    case DesignKind::kSobol:
      sample_ = calc_saltelli(design.samples, factors, design.seed);
      break;
    case DesignKind::kMorris:
      sample_ = calc_morris(design.samples, factors, design.levels, design.seed);
      break;
    case DesignKind::kMonteCarlo:
      sample_ = calc_monte_carlo(design.samples, factors, design.seed);
      break;
  }
  if (!spec_.correlations.empty()) correlate();
}

void SweepDesign::correlate() {
  const auto find_factor = [&](int axis, const std::string& where) {
    for (std::size_t i = 0; i < sampled_.size(); ++i) {
      if (sampled_[i] == static_cast<std::size_t>(axis)) return static_cast<Eigen::Index>(i);
    }
    throw BadInput(fmt::format("{}: a crossed axis cannot be correlated", where));
  };
  const auto factors = static_cast<Eigen::Index>(factors_.size());
  Eigen::MatrixXd wanted = Eigen::MatrixXd::Identity(factors, factors);
  for (const CorrelationSpec& correlation : spec_.correlations) {
    const Eigen::Index a = find_factor(correlation.first, correlation.where);
    const Eigen::Index b = find_factor(correlation.second, correlation.where);
    wanted(a, b) = wanted(b, a) = correlation.coefficient;
  }
  sample_ = calc_correlated_sample(sample_, wanted);
}

std::vector<double> SweepDesign::calc_unit(std::size_t scenario) const {
  if (factors_.empty()) return {};
  const auto row = sample_.row(static_cast<Eigen::Index>(scenario / combinations_));
  return {row.begin(), row.end()};
}

std::vector<ScenarioEntry> SweepDesign::calc_entries(std::size_t scenario) const {
  const std::vector<double> unit = calc_unit(scenario);
  std::vector<std::vector<ScenarioEntry>> parts(spec_.axes.size());
  for (std::size_t i = 0; i < sampled_.size(); ++i)
    parts[sampled_[i]] = spec_.axes[sampled_[i]].calc_entries(unit[i]);
  std::size_t rest = scenario % combinations_;
  for (auto axis = gridded_.rbegin(); axis != gridded_.rend(); ++axis) {  // the last axis runs fastest
    const auto levels = static_cast<std::size_t>(spec_.axes[*axis].get_level_count());
    parts[*axis] = spec_.axes[*axis].calc_level(static_cast<int>(rest % levels));
    rest /= levels;
  }
  std::vector<ScenarioEntry> entries;
  for (auto& part : parts) entries.insert(entries.end(), part.begin(), part.end());
  if (spec_.female_share) {
    const auto runner = calc_virtual_runner_entries(unit.data() + sampled_.size(), *spec_.female_share);
    entries.insert(entries.end(), runner.begin(), runner.end());
  }
  return entries;
}

}  // namespace lumbarun
