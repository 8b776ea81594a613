// Poses of all bodies by plain composition of 4x4 transforms from the description of the tree, the way its
// definition in sim/multibody/model.h reads: X_WB = X_W,parent · X_PF · chain(q) · X_CM⁻¹.
#pragma once

#include <Eigen/Geometry>
#include <vector>

#include "tests/oracles/random_tree.h"

namespace lumbarun::oracles {

inline Eigen::Isometry3d to_isometry(const Transform<double>& X) {
  Eigen::Isometry3d result = Eigen::Isometry3d::Identity();
  result.linear() = to_eigen(X.rotation);
  result.translation() = to_eigen(X.translation);
  return result;
}

inline std::vector<Eigen::Isometry3d> calc_reference_poses(const TreeDescription& tree,
                                                           const std::vector<double>& q) {
  std::vector<Eigen::Isometry3d> X_WB;
  size_t coordinate = 0;
  for (const TreeBody& body : tree) {
    Eigen::Isometry3d X = body.parent < 0 ? Eigen::Isometry3d::Identity() : X_WB[body.parent];
    X = X * to_isometry(body.X_PF);
    for (const JointAxis& axis : body.axes) {
      const Eigen::Vector3d unit = Eigen::Vector3d::Unit(static_cast<int>(axis.axis));
      const double value = axis.sign * q[coordinate++];
      if (axis.kind == JointKind::kSlide) {
        X = X * Eigen::Translation3d(unit * value);
      } else {
        X = X * Eigen::AngleAxisd(value, unit);
      }
    }
    X_WB.push_back(X * to_isometry(body.X_CM).inverse());
  }
  return X_WB;
}

}  // namespace lumbarun::oracles
