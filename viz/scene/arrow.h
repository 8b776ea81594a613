// Arrows for forces.
#pragma once

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// From `foot` along `vector`, m.
Mesh build_arrow(const Eigen::Vector3d& foot, const Eigen::Vector3d& vector, double radius);

}  // namespace lumbarun::viz
