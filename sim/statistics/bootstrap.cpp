#include "sim/statistics/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/statistics/random_source.h"

namespace lumbarun {

double calc_quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double place = share * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, values.size() - 1);
  return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

double calc_mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double calc_variance(const std::vector<double>& values) {
  const double mean = calc_mean(values);
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / (static_cast<double>(values.size()) - 1);
}

std::vector<Estimate> calc_bootstrap(
    std::size_t count, const std::function<std::vector<double>(const std::vector<std::size_t>&)>& calc,
    int resamples, std::uint64_t seed) {
  std::vector<std::size_t> items(count);
  std::iota(items.begin(), items.end(), std::size_t{0});
  const std::vector<double> whole = calc(items);
  std::vector<std::vector<double>> draws(whole.size());
  RandomSource random(seed);
  for (int r = 0; r < resamples; ++r) {
    for (std::size_t& item : items) item = random.draw_index(count);
    const std::vector<double> drawn = calc(items);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (std::isfinite(drawn[i])) draws[i].push_back(drawn[i]);
    }
  }
  std::vector<Estimate> estimates;
  for (std::size_t i = 0; i < whole.size(); ++i) {
    estimates.push_back({whole[i], calc_quantile(draws[i], 0.025), calc_quantile(draws[i], 0.975)});
  }
  return estimates;
}

}  // namespace lumbarun
