// Recursive Newton-Euler: inverse dynamics  tau = M(q) a + c(q, v) + g(q) - J'F_applied.
// Luh, Walker, Paul 1980 J Dyn Syst Meas Control 102:69, written in world axes; gravity as an upward base
// acceleration.
#pragma once

#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace internal {

template <class T>
void update_accelerations(const Model& model, Data<T>& data, const T* v, const T* a) {
  LinkState<T> world;
  world.R_WL = Matrix3<T>::identity();
  world.a_WL.y = T(model.gravity);
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const Link& joint = model.links()[i];
    const LinkState<T>& parent = joint.parent.is_valid() ? data.link[joint.parent] : world;
    LinkState<T>& link = data.link[i];
    const Vector3<T> r = link.p_WL - parent.p_WL;
    link.alpha_WL = parent.alpha_WL;
    link.a_WL = parent.a_WL + cross(parent.alpha_WL, r) + cross(parent.w_WL, cross(parent.w_WL, r));
    const Vector3<T> joint_rate = link.axis * v[i];
    if (joint.kind == JointKind::kSlide) {
      link.a_WL += link.axis * a[i] + cross(parent.w_WL, joint_rate) * T(2.0);
    } else {
      link.alpha_WL += link.axis * a[i] + cross(parent.w_WL, joint_rate);
    }
  }
}

// Rate of change of the link's momentum about Lo, minus its weight.
template <class T>
SpatialForce<T> calc_inertial_wrench(const RigidInertia& inertia, const LinkState<T>& link) {
  const Vector3<T> c = link.R_WL * inertia.center_of_mass.template cast<T>();
  const Vector3<T> a_center = link.a_WL + cross(link.alpha_WL, c) + cross(link.w_WL, cross(link.w_WL, c));
  const Matrix3<T> I = inertia.inertia.template cast<T>();
  const Vector3<T> w = transpose_times(link.R_WL, link.w_WL);
  const Vector3<T> alpha = transpose_times(link.R_WL, link.alpha_WL);
  const Vector3<T> force = a_center * T(inertia.mass);
  return {link.R_WL * (I * alpha + cross(w, I * w)) + cross(c, force), force};
}

}  // namespace internal

// Fills data.tau and data.transmitted from data.applied. Needs update_positions and update_velocities before.
template <class T>
void update_inverse_dynamics(const Model& model, Data<T>& data, const T* v, const T* a) {
  internal::update_accelerations(model, data, v, a);
  const int n = model.coordinate_count();
  for (int i = 0; i < n; ++i) {
    const RigidInertia& inertia = model.links()[i].inertia;
    data.transmitted[i] = SpatialForce<T>{} - data.applied[i];
    if (inertia.mass > 0.0) data.transmitted[i] += internal::calc_inertial_wrench(inertia, data.link[i]);
  }
  for (int i = n - 1; i >= 0; --i) {
    const Link& joint = model.links()[i];
    const SpatialForce<T>& F = data.transmitted[i];
    data.tau[i] = dot(data.link[i].axis, joint.kind == JointKind::kSlide ? F.force : F.moment);
    if (joint.parent.is_valid()) {
      data.transmitted[joint.parent] += shifted(F, data.link[joint.parent].p_WL - data.link[i].p_WL);
    }
  }
}

// The whole of it: kinematics and inverse dynamics with the wrenches already in data.applied (clear them
// yourself).
template <class T>
const std::vector<T>& rnea(const Model& model, Data<T>& data, const T* q, const T* v, const T* a) {
  update_positions(model, data, q);
  update_velocities(model, data, v);
  update_inverse_dynamics(model, data, v, a);
  return data.tau;
}

}  // namespace lumbarun
