// The recorded stride: motion and ground.
#pragma once

#include "sim/forward/stride_sampling.h"
#include "sim/loads/stride_analysis.h"
#include "sim/results/run_record.h"

namespace lumbarun {

// Several strides end to end as one recording; time runs on.
StrideSamples join_strides(const std::vector<StrideSamples>& strides);

void write_motion(const StrideSamples& stride, const StrideLoads& loads, RunRecord& record);

}  // namespace lumbarun
