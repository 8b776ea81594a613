// How much strides of one run differ from each other.
#pragma once

#include <vector>

#include "scenarios/record_shock.h"
#include "sim/forward/stride_sampling.h"

namespace lumbarun {

// One stride's ground metrics and, per level, its largest compression [N].
struct StrideMetrics {
  FootGroundMetrics feet;
  std::vector<double> peak_compression;
};

// Standard deviations (n − 1) over the strides; nothing is written of fewer than two. Undefined where a stride lacks the quantity.
void write_variability(const std::vector<StrideMetrics>& strides, RunRecord& record);

}  // namespace lumbarun
