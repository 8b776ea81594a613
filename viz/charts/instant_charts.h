// The charts of a posture: one instant, so bars instead of curves.
#pragma once

#include <vector>

#include "sim/charts/drawing.h"
#include "sim/results/run_record.h"

namespace lumbarun::viz {

// Compression and shear of each disc, N. @throws BadInput if the run has no disc loads.
Drawing build_disc_bars(const RunRecord& record);
// Every chart for which the file has the data: disc_loads, disc_pressure, muscle_groups, compression_contributions.
std::vector<NamedDrawing> build_instant_charts(const RunRecord& record);

}  // namespace lumbarun::viz
