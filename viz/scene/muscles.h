// Muscles as tapered tubes along their paths.
#pragma once

#include <limits>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {

// All muscles in the world, with the activation as point scalars. The belly's radius follows from the
// cross-section area F_max / specific tension, times the thickness. Muscles whose path is undefined in this
// frame are left out.
// @throws BadInput if the run has no muscle paths.
struct MuscleOptions {
  double thickness = 0.75;
  // Only muscles that lie within this ball, m.
  Eigen::Vector3d center = Eigen::Vector3d::Zero();
  double reach = std::numeric_limits<double>::infinity();
};
Mesh build_muscles(const RunFrame& frame, const MuscleOptions& options);

}  // namespace lumbarun::viz
