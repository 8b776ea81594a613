// The pictures of a sweep.
#pragma once

#include <vector>

#include "sim/charts/drawing.h"
#include "sim/sweeps/sweep_analysis.h"

namespace lumbarun {

// For each headline output sensitivity_<output>, tornado_<output>, response_<output>, surface_<output>; then
// curve_<load> over the stride and parallel_coordinates. What the sweep has not the data for is left out.
std::vector<NamedDrawing> build_sweep_charts(const SweepData& data, const SensitivityTable& table);

}  // namespace lumbarun
