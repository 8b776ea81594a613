#include "scenarios/sweep/sweep_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

// Six digits are far below what any input is known to, and a command that repeats a scenario stays readable.
ScenarioEntry build_number_entry(const SweepAxisSpec& axis, double value) {
  if (axis.is_integer) {
    const auto integer = static_cast<std::int64_t>(std::lround(value));
    return {axis.keys[0], integer, fmt::format("{}", integer), axis.where};
  }
  const double rounded = std::stod(fmt::format("{:.6g}", value));
  return {axis.keys[0], rounded, fmt::format("{:#}", rounded), axis.where};
}

// Normal distribution of the value, or of its logarithm, between two bounds.
double calc_truncated_normal(double mean, double deviation, double min, double max, double u) {
  const boost::math::normal normal(mean, deviation);
  const double below = boost::math::cdf(normal, min);
  const double above = boost::math::cdf(normal, max);
  constexpr double kEdge = 1e-15;  // the quantiles of 0 and 1 are infinite
  return std::clamp(boost::math::quantile(normal, std::clamp(below + u * (above - below), kEdge, 1 - kEdge)),
                    min, max);
}

}  // namespace

std::string get_design_name(DesignKind kind) {
  static const char* const names[] = {"grid", "latin_hypercube", "sobol", "morris", "monte_carlo"};
  return names[static_cast<int>(kind)];
}

double Distribution::calc_quantile(double u) const {
  switch (kind) {
    case DistributionKind::kUniform:
      return min + u * (max - min);
    case DistributionKind::kNormal:
      return calc_truncated_normal(center, spread, min, max, u);
    case DistributionKind::kLognormal:
      return std::exp(
          calc_truncated_normal(std::log(center), std::log(spread), std::log(min), std::log(max), u));
  }
  throw LogicFailure("a distribution has no quantile");
}

int SweepAxisSpec::get_level_count() const { return distribution ? steps : static_cast<int>(levels.size()); }

std::vector<ScenarioEntry> SweepAxisSpec::calc_level(int level) const {
  if (!distribution) return levels[static_cast<std::size_t>(level)];
  if (distribution->kind == DistributionKind::kUniform) {  // the ends belong to it
    return calc_entries(steps == 1 ? 0.5 : static_cast<double>(level) / (steps - 1));
  }
  return calc_entries((level + 0.5) / steps);
}

std::vector<ScenarioEntry> SweepAxisSpec::calc_entries(double u) const {
  if (distribution) return {build_number_entry(*this, distribution->calc_quantile(u))};
  double sum = 0.0;
  for (std::size_t i = 0; i + 1 < levels.size(); ++i) {
    sum += weights[i];
    if (u < sum) return levels[i];
  }
  return levels.back();
}

}  // namespace lumbarun
