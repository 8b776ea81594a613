#include "sim/statistics/elementary_effects.h"

#include <cmath>

#include "sim/core/contracts.h"
#include "sim/statistics/bootstrap.h"

namespace lumbarun {

std::vector<ElementaryEffects> calc_elementary_effects(const SampleMatrix& sample,
                                                       const std::vector<double>& output, int resamples,
                                                       std::uint64_t seed) {
  const Eigen::Index factors = sample.cols();
  LUMBARUN_DEMAND(static_cast<std::size_t>(sample.rows()) == output.size() &&
                  sample.rows() % (factors + 1) == 0);
  std::vector<std::vector<double>> effects(static_cast<std::size_t>(factors));
  for (Eigen::Index row = 0; row + 1 < sample.rows(); ++row) {
    if ((row + 1) % (factors + 1) == 0) continue;  // the next trajectory begins
    Eigen::Index factor = 0;
    const auto step = (sample.row(row + 1) - sample.row(row)).eval();
    step.cwiseAbs().maxCoeff(&factor);
    const double change = output[static_cast<std::size_t>(row + 1)] - output[static_cast<std::size_t>(row)];
    if (std::isfinite(change)) effects[static_cast<std::size_t>(factor)].push_back(change / step(factor));
  }
  std::vector<ElementaryEffects> found;
  for (const std::vector<double>& own : effects) {
    ElementaryEffects item;
    item.count = static_cast<int>(own.size());
    if (own.size() < 2) {
      item.mean = item.deviation = std::nan("");
      found.push_back(item);
      continue;
    }
    item.mean = calc_mean(own);
    item.deviation = std::sqrt(calc_variance(own));
    item.mean_size = calc_bootstrap(
        own.size(),
        [&](const auto& chosen) {
          double sum = 0.0;
          for (const std::size_t i : chosen) sum += std::abs(own[i]);
          return std::vector<double>{sum / static_cast<double>(chosen.size())};
        },
        resamples, seed)[0];
    found.push_back(item);
  }
  return found;
}

}  // namespace lumbarun
