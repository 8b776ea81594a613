#include "scenarios/sweep/virtual_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace lumbarun {
namespace {

constexpr double kCut = 2.5;                  // standard deviations
constexpr double kStrengthCorrelation = 0.3;  // with the body mass index; estimate
constexpr double kStrengthSpread = 1.15;      // geometric standard deviation; estimate
constexpr double kLeastMass_kg = 40.0;        // of runner.mass_kg; fewer than 1 in 1000 runners
constexpr double kLordosisMean_deg = 49.8;    // PMC6680033
constexpr double kLordosisDeviation_deg = 11.2;

struct BodyShape {
  double height_mean_m, height_deviation_m;
  double index_mean, index_deviation;  // kg/m²
};
constexpr BodyShape kMale = {1.756, 0.067, 23.2, 2.0};
constexpr BodyShape kFemale = {1.629, 0.064, 21.6, 1.8};

// Standard normal, cut at ±kCut.
double calc_deviate(double u) {
  const boost::math::normal normal;
  const double edge = boost::math::cdf(normal, -kCut);
  return boost::math::quantile(normal, edge + u * (1 - 2 * edge));
}

ScenarioEntry build_entry(const char* key, double value) {
  const double rounded = std::stod(fmt::format("{:.5g}", value));
  return {key, rounded, fmt::format("{:#}", rounded), "the virtual population"};
}

}  // namespace

VirtualRunner calc_virtual_runner(const double* u, double female_share) {
  VirtualRunner runner;
  runner.is_female = u[0] < female_share;
  const BodyShape& shape = runner.is_female ? kFemale : kMale;
  const double index = calc_deviate(u[2]);
  const double own = std::sqrt(1 - kStrengthCorrelation * kStrengthCorrelation);
  runner.height_m = shape.height_mean_m + shape.height_deviation_m * calc_deviate(u[1]);
  const double wanted =
      (shape.index_mean + shape.index_deviation * index) * runner.height_m * runner.height_m;
  runner.mass_kg = std::max(wanted, kLeastMass_kg);
  runner.strength = std::pow(kStrengthSpread, kStrengthCorrelation * index + own * calc_deviate(u[3]));
  runner.lordosis_deg = kLordosisMean_deg + kLordosisDeviation_deg * calc_deviate(u[4]);
  return runner;
}

std::vector<ScenarioEntry> calc_virtual_runner_entries(const double* u, double female_share) {
  const VirtualRunner runner = calc_virtual_runner(u, female_share);
  const std::string sex = runner.is_female ? "female" : "male";
  return {{"runner.sex", sex, calc_toml_text(sex), "the virtual population"},
          build_entry("runner.height_m", runner.height_m),
          build_entry("runner.mass_kg", runner.mass_kg),
          build_entry("runner.strength", runner.strength),
          build_entry("runner.lordosis_deg", runner.lordosis_deg)};
}

}  // namespace lumbarun
