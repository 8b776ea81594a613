#include "sim/statistics/effect_size.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "sim/core/contracts.h"
#include "sim/statistics/bootstrap.h"
#include "sim/statistics/random_source.h"

namespace lumbarun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kNormal975 = 1.959963984540054;

std::vector<double> keep_finite(const std::vector<double>& values) {
  std::vector<double> kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept),
               [](double x) { return std::isfinite(x); });
  return kept;
}

double draw_mean(const std::vector<double>& values, RandomSource& random) {
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += values[random.draw_index(values.size())];
  return sum / static_cast<double>(values.size());
}

}  // namespace

GroupDifference calc_group_difference(const std::vector<double>& first, const std::vector<double>& second,
                                      int resamples, std::uint64_t seed) {
  const std::vector<double> a = keep_finite(first);
  const std::vector<double> b = keep_finite(second);
  GroupDifference found{static_cast<int>(a.size()), static_cast<int>(b.size()), {}, kNone, kNone, kNone};
  if (a.size() < 2 || b.size() < 2) return found;
  const double n = static_cast<double>(a.size());
  const double m = static_cast<double>(b.size());
  RandomSource random(seed);
  std::vector<double> draws;
  for (int r = 0; r < resamples; ++r) {
    const double drawn_b = draw_mean(b, random);
    draws.push_back(drawn_b - draw_mean(a, random));
  }
  found.mean = {calc_mean(b) - calc_mean(a), calc_quantile(draws, 0.025), calc_quantile(draws, 0.975)};
  const double pooled = std::sqrt(((n - 1) * calc_variance(a) + (m - 1) * calc_variance(b)) / (n + m - 2));
  if (!(pooled > 0)) return found;
  found.hedges_g = (1 - 3 / (4 * (n + m) - 9)) * found.mean.value / pooled;
  const double error = std::sqrt((n + m) / (n * m) + found.hedges_g * found.hedges_g / (2 * (n + m)));
  found.hedges_low = found.hedges_g - kNormal975 * error;
  found.hedges_high = found.hedges_g + kNormal975 * error;
  return found;
}

}  // namespace lumbarun
