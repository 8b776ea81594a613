// The charts of one run.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/charts/drawing.h"
#include "sim/results/run_record.h"
#include "viz/charts/rasterize.h"

namespace lumbarun::viz {

// Every chart for which the file has the data: ground_force, disc_compression, disc_shear, muscle_groups,
// compression_map, compression_parts, compression_contributions; of one instant those of instant_charts.h.
// @throws BadInput if the run has no motion.
std::vector<NamedDrawing> build_run_charts(const RunRecord& record);

// Ground force above, compression below, in the shape of `size`; of one instant its disc loads as bars. @throws BadInput if the run has not what it shows.
Drawing build_load_chart(const RunRecord& record, const PictureSize& size);
Picture render_load_chart(const RunRecord& record, const PictureSize& size);

}  // namespace lumbarun::viz
