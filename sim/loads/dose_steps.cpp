#include "sim/loads/dose_steps.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

std::vector<std::size_t> find_touchdowns(std::span<const std::vector<double>> force_N, double threshold_N,
                                         std::size_t unloaded_samples) {
  std::vector<std::size_t> touchdowns;
  for (const std::vector<double>& force : force_N) {
    const std::size_t n = force.size();
    const auto is_unloaded_before = [&](std::size_t j) {
      for (std::size_t k = 1; k <= std::min(unloaded_samples, n - 1); ++k) {
        if (force[(j + n - k) % n] >= threshold_N) return false;
      }
      return true;
    };
    for (std::size_t j = 0; j < n; ++j) {
      if (force[j] >= threshold_N && is_unloaded_before(j)) touchdowns.push_back(j);
    }
  }
  std::sort(touchdowns.begin(), touchdowns.end());
  return touchdowns;
}

std::vector<double> calc_step_peaks(std::span<const double> series, std::span<const std::size_t> touchdowns) {
  LUMBARUN_THROW_UNLESS(!touchdowns.empty(),
                        "no foot touches down in a record of {} samples: it has no steps", series.size());
  std::vector<double> peaks;
  for (std::size_t i = 0; i < touchdowns.size(); ++i) {
    const bool is_last = i + 1 == touchdowns.size();
    const std::size_t end = is_last ? touchdowns[0] + series.size() : touchdowns[i + 1];
    double peak = series[touchdowns[i]];
    for (std::size_t j = touchdowns[i]; j < end; ++j) {
      const double value = series[j % series.size()];
      LUMBARUN_THROW_UNLESS(std::isfinite(value), "sample {} of the series is {}: it has no peak",
                            j % series.size(), value);
      peak = std::max(peak, value);
    }
    peaks.push_back(peak);
  }
  return peaks;
}

}  // namespace lumbarun
