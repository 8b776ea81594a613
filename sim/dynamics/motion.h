// A motion of the runner: coordinates, rates and accelerations.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace lumbarun {

struct MotionState {
  Eigen::VectorXd q, v, a;
};

// Motion to track, as a function of time [s] over one stride, 0 at right foot contact; pelvis_tx includes the advance.
using ReferenceMotion = std::function<MotionState(double t)>;

}  // namespace lumbarun
