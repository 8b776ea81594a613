// Poses. X_AB maps a point given in B to A: p_A = R_AB p_B + p_AB.
#pragma once

#include <Eigen/Geometry>
#include <cmath>

#include "sim/spatial/vector3.h"

namespace lumbarun {

enum class Axis { kX = 0, kY = 1, kZ = 2 };

template <class T>
struct Transform {
  Matrix3<T> rotation = Matrix3<T>::identity();
  Vector3<T> translation;

  friend Vector3<T> operator*(const Transform& X, const Vector3<T>& p) {
    return X.rotation * p + X.translation;
  }
  friend Transform operator*(const Transform& a, const Transform& b) {
    return {a.rotation * b.rotation, a * b.translation};
  }
  Transform inverse() const { return {rotation.transposed(), -transpose_times(rotation, translation)}; }
  template <class U>
  Transform<U> cast() const {
    return {rotation.template cast<U>(), translation.template cast<U>()};
  }
};

// Rotation by `angle` [rad] about a coordinate axis, right-handed.
inline Matrix3<double> rotation_about(Axis axis, double angle) {
  const Eigen::Vector3d unit = Eigen::Vector3d::Unit(static_cast<int>(axis));
  return from_eigen(Eigen::Matrix3d(Eigen::AngleAxisd(angle, unit).toRotationMatrix()));
}

// Body-fixed X-Y-Z angles [rad], R = Rx Ry Rz (the orientation triplets of OpenSim files).
inline Matrix3<double> rotation_from_body_xyz(double x, double y, double z) {
  return rotation_about(Axis::kX, x) * rotation_about(Axis::kY, y) * rotation_about(Axis::kZ, z);
}

}  // namespace lumbarun
