// Percentile bootstrap: what an estimate might have been with another sample of the same size (Efron 1979).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "sim/statistics/estimate.h"

namespace lumbarun {

// Linear interpolation between order statistics (type 7 of Hyndman & Fan 1996). NaN for an empty sample.
double calc_quantile(std::vector<double> values, double share);

double calc_mean(const std::vector<double>& values);
double calc_variance(const std::vector<double>& values);  // with n − 1

// `calc`: several estimates from the items with these numbers. Returns them from all items 0 … count − 1, with the interval
// between the 2.5 and 97.5 % quantiles over `resamples` draws with replacement.
std::vector<Estimate> calc_bootstrap(
    std::size_t count, const std::function<std::vector<double>(const std::vector<std::size_t>&)>& calc,
    int resamples, std::uint64_t seed);

}  // namespace lumbarun
