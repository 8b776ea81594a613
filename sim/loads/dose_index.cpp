#include "sim/loads/dose_index.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

double calc_mean_damage(const RunSteps& run, double reference_N, double exponent) {
  return calc_damage(run.peak_N, reference_N, exponent) / static_cast<double>(run.peak_N.size());
}

}  // namespace

DoseBand calc_band(const DamageSum& sum) {
  const auto [low, high] = std::minmax_element(sum.begin(), sum.end());
  return {*low, sum[1], *high};
}

double calc_damage(std::span<const double> peak_N, double reference_N, double exponent) {
  LUMBARUN_THROW_UNLESS(reference_N > 0.0, "a reference peak of {} N is no load to compare with",
                        reference_N);
  double sum = 0.0;
  for (const double peak : peak_N) sum += std::pow(std::max(peak, 0.0) / reference_N, exponent);
  return sum;
}

DamageSum calc_damage_per_step(const RunSteps& run, const RunSteps& reference,
                               const DamageExponents& exponents) {
  LUMBARUN_THROW_UNLESS(!run.peak_N.empty() && !reference.peak_N.empty(), "a run without steps has no dose");
  const double scale_N = *std::max_element(reference.peak_N.begin(), reference.peak_N.end());
  DamageSum sum{};
  for (int i = 0; i < kExponentCount; ++i) {
    sum[i] =
        calc_mean_damage(run, scale_N, exponents[i]) / calc_mean_damage(reference, scale_N, exponents[i]);
  }
  return sum;
}

DamageSum calc_damage_per_km(const RunSteps& run, const RunSteps& reference,
                             const DamageExponents& exponents) {
  LUMBARUN_THROW_UNLESS(run.steps_per_km > 0.0 && reference.steps_per_km > 0.0,
                        "{} and {} steps per km of a run and its reference", run.steps_per_km,
                        reference.steps_per_km);
  DamageSum sum = calc_damage_per_step(run, reference, exponents);
  for (double& value : sum) value *= run.steps_per_km / reference.steps_per_km;
  return sum;
}

}  // namespace lumbarun
