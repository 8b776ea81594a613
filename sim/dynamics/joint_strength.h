// How strong each joint is in either direction.
#pragma once

#include <Eigen/Core>

namespace lumbarun {

// Isometric strength per coordinate, towards positive and towards negative values [N m]; 0: no muscle acts there.
struct JointStrength {
  Eigen::VectorXd positive, negative;
};

}  // namespace lumbarun
