// Workspace of the multibody kernels: one per thread, allocated once. Every field says which call fills it.
// W is the world frame, L the frame of a link, Lo its origin. All vectors are expressed in W.
#pragma once

#include <vector>

#include "sim/multibody/model.h"

namespace lumbarun {

template <class T>
struct LinkState {
  Matrix3<T> R_WL;      // update_positions
  Vector3<T> p_WL;      // update_positions: Lo [m]
  Vector3<T> axis;      // update_positions: unit axis of the joint, with its sign
  Vector3<T> w_WL;      // update_velocities: angular velocity [rad/s]
  Vector3<T> v_WL;      // update_velocities: velocity of Lo [m/s]
  Vector3<T> alpha_WL;  // rnea: angular acceleration [rad/s²]
  Vector3<T> a_WL;      // rnea: acceleration of Lo minus gravity [m/s²]
};

template <class T>
struct Data {
  explicit Data(const Model& model)
      : link(model.coordinate_count()),
        applied(model.coordinate_count()),
        transmitted(model.coordinate_count()),
        tau(model.coordinate_count(), T(0.0)) {}

  std::vector<LinkState<T>> link;
  std::vector<SpatialForce<T>> applied;  // caller: external wrench on the link about Lo [N m, N]
  std::vector<SpatialForce<T>>
      transmitted;     // rnea: wrench parent -> link through its joint, about Lo [N m, N]
  std::vector<T> tau;  // rnea: generalised force of each joint [N m or N]

  void clear_applied() {
    for (auto& F : applied) F = {};
  }
};

// Pose and velocity of points and bodies from the link states.
template <class T>
Vector3<T> calc_position(const Data<T>& data, CoordinateIndex link, const Vector3<double>& p_LP) {
  if (!link.is_valid()) return p_LP.cast<T>();
  return data.link[link].p_WL + data.link[link].R_WL * p_LP.cast<T>();
}

template <class T>
Vector3<T> calc_velocity(const Data<T>& data, CoordinateIndex link, const Vector3<T>& p_WP) {
  if (!link.is_valid()) return {};
  return data.link[link].v_WL + cross(data.link[link].w_WL, p_WP - data.link[link].p_WL);
}

template <class T>
Transform<T> calc_body_pose(const Model& model, const Data<T>& data, BodyIndex body) {
  const Body& b = model.body(body);
  if (!b.link.is_valid()) return b.X_LB.cast<T>();
  const Transform<T> X_WL{data.link[b.link].R_WL, data.link[b.link].p_WL};
  return X_WL * b.X_LB.cast<T>();
}

// Adds force `f` [N] acting at point P of `link` to the external wrenches.
template <class T>
void apply_force_at(Data<T>& data, CoordinateIndex link, const Vector3<T>& p_WP, const Vector3<T>& f) {
  if (!link.is_valid()) return;
  data.applied[link] += {cross(p_WP - data.link[link].p_WL, f), f};
}

}  // namespace lumbarun
