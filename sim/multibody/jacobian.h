// Jacobians: velocity = J(q) dq/dt, expressed in W.
#pragma once

#include "sim/multibody/kinematics.h"

namespace lumbarun {

// Point P fixed in `link`: columns of J are the velocities of P per unit coordinate rate; zero off the path.
// `column` receives n vectors [m/rad or 1]. Needs update_positions before.
template <class T>
void calc_point_jacobian(const Model& model, const Data<T>& data, CoordinateIndex link,
                         const Vector3<T>& p_WP, Vector3<T>* column) {
  for (int i = 0; i < model.coordinate_count(); ++i) column[i] = {};
  for (CoordinateIndex i = link; i.is_valid(); i = model.link(i).parent) {
    const LinkState<T>& state = data.link[i];
    column[i] = model.link(i).kind == JointKind::kSlide ? state.axis : cross(state.axis, p_WP - state.p_WL);
  }
}

// Angular velocity of `link` (upper rows) and velocity of its origin (lower rows) per unit coordinate rate.
template <class T>
void calc_body_jacobian(const Model& model, const Data<T>& data, CoordinateIndex link,
                        SpatialMotion<T>* column) {
  for (int i = 0; i < model.coordinate_count(); ++i) column[i] = {};
  for (CoordinateIndex i = link; i.is_valid(); i = model.link(i).parent) {
    const LinkState<T>& state = data.link[i];
    if (model.link(i).kind == JointKind::kSlide) {
      column[i] = {{}, state.axis};
    } else {
      column[i] = {state.axis, cross(state.axis, data.link[link].p_WL - state.p_WL)};
    }
  }
}

}  // namespace lumbarun
