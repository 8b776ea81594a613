// Forward kinematics of the tree: poses, then velocities. Positions from q [rad, m], velocities from v =
// dq/dt.
#pragma once

#include "sim/multibody/data.h"

namespace lumbarun {

namespace internal {

// State of the joint frame's carrier: the parent link or the world at rest.
template <class T>
const LinkState<T>& parent_state(const Model& model, const Data<T>& data, int i) {
  static const LinkState<T> world = [] {
    LinkState<T> state;
    state.R_WL = Matrix3<T>::identity();
    return state;
  }();
  const CoordinateIndex parent = model.links()[i].parent;
  return parent.is_valid() ? data.link[parent] : world;
}

template <class T>
Matrix3<T> rotated_about(const Matrix3<T>& R, Axis axis, const T& sine, const T& cosine) {
  const int k = static_cast<int>(axis), k1 = (k + 1) % 3, k2 = (k + 2) % 3;
  Matrix3<T> result;
  result.column[k] = R.column[k];
  result.column[k1] = R.column[k1] * cosine + R.column[k2] * sine;
  result.column[k2] = R.column[k2] * cosine - R.column[k1] * sine;
  return result;
}

}  // namespace internal

template <class T>
void update_positions(const Model& model, Data<T>& data, const T* q) {
  using std::cos;
  using std::sin;
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const Link& joint = model.links()[i];
    const LinkState<T>& parent = internal::parent_state(model, data, i);
    LinkState<T>& link = data.link[i];
    const Matrix3<T> R_WF = parent.R_WL * joint.X_PF.rotation.template cast<T>();
    const Vector3<T> p_WF = parent.p_WL + parent.R_WL * joint.X_PF.translation.template cast<T>();
    link.axis = R_WF.column[static_cast<int>(joint.axis)] * T(joint.sign);
    if (joint.kind == JointKind::kSlide) {
      link.R_WL = R_WF;
      link.p_WL = p_WF + link.axis * q[i];
    } else {
      link.R_WL = internal::rotated_about(R_WF, joint.axis, T(sin(q[i]) * T(joint.sign)), T(cos(q[i])));
      link.p_WL = p_WF;
    }
  }
}

template <class T>
void update_velocities(const Model& model, Data<T>& data, const T* v) {
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const LinkState<T>& parent = internal::parent_state(model, data, i);
    LinkState<T>& link = data.link[i];
    const Vector3<T> r = link.p_WL - parent.p_WL;
    link.w_WL = parent.w_WL;
    link.v_WL = parent.v_WL + cross(parent.w_WL, r);
    if (model.links()[i].kind == JointKind::kSlide) {
      link.v_WL += link.axis * v[i];
    } else {
      link.w_WL += link.axis * v[i];
    }
  }
}

}  // namespace lumbarun
