#include "sim/statistics/sobol_indices.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/statistics/bootstrap.h"

namespace lumbarun {
namespace {

// First indices, then total indices, from these blocks.
std::vector<double> calc_indices(const std::vector<const double*>& all,
                                 const std::vector<std::size_t>& chosen, int factors) {
  std::vector<double> ends;  // all A and B: the sample that mean and variance come from
  for (const std::size_t block : chosen) {
    ends.push_back(all[block][0]);
    ends.push_back(all[block][factors + 1]);
  }
  const double mean = calc_mean(ends);
  const double variance = calc_variance(ends);
  std::vector<double> indices(static_cast<std::size_t>(2 * factors), 0.0);
  for (const std::size_t block : chosen) {
    const double a = all[block][0] - mean;
    const double b = all[block][factors + 1] - mean;
    for (int i = 0; i < factors; ++i) {
      const double ab = all[block][i + 1] - mean;
      indices[static_cast<std::size_t>(i)] += b * (ab - a);
      indices[static_cast<std::size_t>(factors + i)] += 0.5 * (a - ab) * (a - ab);
    }
  }
  for (double& index : indices) index /= static_cast<double>(chosen.size()) * variance;
  return indices;
}

}  // namespace

std::vector<SobolIndex> calc_sobol_indices(const std::vector<double>& output, int factors, int resamples,
                                           std::uint64_t seed) {
  const auto block = static_cast<std::size_t>(factors + 2);
  LUMBARUN_DEMAND(factors > 0 && output.size() % block == 0);
  std::vector<const double*> blocks;
  for (std::size_t i = 0; i < output.size(); i += block) {
    const bool is_complete =
        std::all_of(&output[i], &output[i] + block, [](double value) { return std::isfinite(value); });
    if (is_complete) blocks.push_back(&output[i]);
  }
  std::vector<SobolIndex> found(static_cast<std::size_t>(factors));
  if (blocks.size() < 2) return found;
  const auto estimates = calc_bootstrap(
      blocks.size(), [&](const auto& chosen) { return calc_indices(blocks, chosen, factors); }, resamples,
      seed);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (std::isfinite(estimates[i].value)) found[i] = {estimates[i], estimates[found.size() + i]};
  }
  return found;
}

}  // namespace lumbarun
