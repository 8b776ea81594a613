// Flat drawings as pixels.
#pragma once

#include "sim/charts/drawing.h"
#include "viz/picture.h"

namespace lumbarun::viz {

// `scale`: pixels per point.
Picture rasterize(const Drawing& drawing, double scale);

}  // namespace lumbarun::viz
