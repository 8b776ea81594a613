// The stride in two curves: ground force of both feet above, compression of the six discs below.
#pragma once

#include "sim/results/run_record.h"
#include "viz/picture.h"

namespace lumbarun::viz {

// @throws BadInput if the run has not what the chart shows.
Picture render_load_chart(const RunRecord& record, const PictureSize& size);

}  // namespace lumbarun::viz
