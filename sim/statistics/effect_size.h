// How much two groups of scenarios differ.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/statistics/estimate.h"

namespace lumbarun {

struct GroupDifference {
  int first_count = 0;
  int second_count = 0;
  Estimate mean;  // second − first, unit of the output; interval by bootstrap within the groups
  double hedges_g =
      0.0;  // difference over the pooled standard deviation, with Hedges' correction 1 − 3 / (4 n − 9)
  double hedges_low = 0.0;  // 95 % interval by the large-sample variance (Hedges & Olkin 1985)
  double hedges_high = 0.0;
};

// NaN in the groups is left out; NaN results if a group has fewer than two values.
GroupDifference calc_group_difference(const std::vector<double>& first, const std::vector<double>& second,
                                      int resamples = 1000, std::uint64_t seed = 1);

}  // namespace lumbarun
