// The step peaks of a recorded series: what a dose counts. A step lasts from the touchdown of one foot to the next touchdown of any
// foot; its peak is the largest sample of the series in it. The record is closed: what comes after its last sample is its first.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lumbarun {

// Samples at which a foot has at least `threshold_N` after at least `unloaded_samples` with less, in order: a foot that
// chatters at landing touches down once. `force_N`: one series per foot.
std::vector<std::size_t> find_touchdowns(std::span<const std::vector<double>> force_N, double threshold_N,
                                         std::size_t unloaded_samples = 1);

// One peak per touchdown, in their order. Throws BadInput without a touchdown, and where the series is not finite.
std::vector<double> calc_step_peaks(std::span<const double> series, std::span<const std::size_t> touchdowns);

}  // namespace lumbarun
