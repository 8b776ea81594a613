// Articulated body algorithm: forward dynamics a = M⁻¹ (tau - c - g + J'F_applied) in O(n).
// Featherstone 2008, Rigid Body Dynamics Algorithms, table 7.1, in world axes about one common point held
// fixed.
#pragma once

#include "sim/multibody/spatial_inertia.h"

namespace lumbarun {

namespace internal {

// Symmetric 6x6 inertia without rigid-body structure: moment = J w + H v, force = H'w + K v.
template <class T>
struct ArticulatedInertia {
  Matrix3<T> J = Matrix3<T>::zero(), H = Matrix3<T>::zero(), K = Matrix3<T>::zero();

  static ArticulatedInertia from(const SpatialInertia<T>& I) {
    return {I.second_moment, skew(I.first_moment), Matrix3<T>::identity() * I.mass};
  }
  ArticulatedInertia& operator+=(const ArticulatedInertia& b) {
    J = J + b.J;
    H = H + b.H;
    K = K + b.K;
    return *this;
  }
  friend SpatialForce<T> operator*(const ArticulatedInertia& I, const SpatialMotion<T>& V) {
    return {I.J * V.angular + I.H * V.linear, transpose_times(I.H, V.angular) + I.K * V.linear};
  }
};

template <class T>
Matrix3<T> outer(const Vector3<T>& a, const Vector3<T>& b) {
  return {{a * b.x, a * b.y, a * b.z}};
}

// Rate of change of a motion vector fixed in a frame that moves with V.
template <class T>
SpatialMotion<T> cross_motion(const SpatialMotion<T>& V, const SpatialMotion<T>& S) {
  return {cross(V.angular, S.angular), cross(V.angular, S.linear) + cross(V.linear, S.angular)};
}

template <class T>
SpatialForce<T> cross_force(const SpatialMotion<T>& V, const SpatialForce<T>& F) {
  return {cross(V.angular, F.moment) + cross(V.linear, F.force), cross(V.angular, F.force)};
}

}  // namespace internal

template <class T>
struct ArticulatedWorkspace {
  explicit ArticulatedWorkspace(const Model& model)
      : inertia(model.coordinate_count()),
        bias(model.coordinate_count()),
        S(model.coordinate_count()),
        U(model.coordinate_count()),
        drift(model.coordinate_count()),
        V(model.coordinate_count()),
        A(model.coordinate_count()),
        D_inverse(model.coordinate_count(), T(0.0)),
        u(model.coordinate_count(), T(0.0)) {}
  std::vector<internal::ArticulatedInertia<T>> inertia;  // aba: articulated inertia of the subtree
  std::vector<SpatialForce<T>> bias;                     // aba: articulated bias force
  std::vector<SpatialMotion<T>> S;                       // aba: joint motion
  std::vector<SpatialForce<T>> U;                        // aba: inertia * S
  std::vector<SpatialMotion<T>> drift;                   // aba: velocity-product acceleration
  std::vector<SpatialMotion<T>> V, A;                    // aba: link velocity and acceleration
  std::vector<T> D_inverse, u;                           // aba: 1/(S'U), tau - S'bias
};

namespace internal {

template <class T>
void start_articulated_pass(const Model& model, const Data<T>& data, ArticulatedWorkspace<T>& work,
                            const T* v, const Vector3<T>& origin) {
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const CoordinateIndex parent = model.links()[i].parent;
    const SpatialMotion<T> V_parent = parent.is_valid() ? work.V[parent] : SpatialMotion<T>{};
    work.S[i] = calc_joint_motion(model, data, i, origin);
    const SpatialMotion<T> joint{work.S[i].angular * v[i], work.S[i].linear * v[i]};
    work.V[i] = {V_parent.angular + joint.angular, V_parent.linear + joint.linear};
    work.drift[i] = cross_motion(V_parent, joint);
    const SpatialInertia<T> I = calc_spatial_inertia(model, data, i, origin);
    work.inertia[i] = ArticulatedInertia<T>::from(I);
    work.bias[i] =
        cross_force(work.V[i], I * work.V[i]) - shifted(data.applied[i], origin - data.link[i].p_WL);
  }
}

template <class T>
void fold_into_parent(ArticulatedWorkspace<T>& work, int i, int parent) {
  const SpatialForce<T>& U = work.U[i];
  const T& d = work.D_inverse[i];
  ArticulatedInertia<T> reduced = work.inertia[i];
  reduced.J = reduced.J - outer(U.moment, U.moment) * d;
  reduced.H = reduced.H - outer(U.moment, U.force) * d;
  reduced.K = reduced.K - outer(U.force, U.force) * d;
  const T gain = work.u[i] * d;
  const SpatialForce<T> drift_force = reduced * work.drift[i];
  work.inertia[parent] += reduced;
  work.bias[parent] += work.bias[i] + drift_force + SpatialForce<T>{U.moment * gain, U.force * gain};
}

}  // namespace internal

// Accelerations into a[n]. Needs update_positions before (velocities come from v); wrenches from
// data.applied.
template <class T>
void aba(const Model& model, const Data<T>& data, ArticulatedWorkspace<T>& work, const T* v, const T* tau,
         T* a) {
  const int n = model.coordinate_count();
  const Vector3<T> origin = internal::common_point(data);
  internal::start_articulated_pass(model, data, work, v, origin);
  for (int i = n - 1; i >= 0; --i) {
    work.U[i] = work.inertia[i] * work.S[i];
    work.D_inverse[i] = T(1.0) / dot(work.S[i], work.U[i]);
    work.u[i] = tau[i] - dot(work.S[i], work.bias[i]);
    const CoordinateIndex parent = model.links()[i].parent;
    if (parent.is_valid()) internal::fold_into_parent(work, i, parent);
  }
  const SpatialMotion<T> lift{{}, {T(0.0), T(model.gravity), T(0.0)}};
  for (int i = 0; i < n; ++i) {
    const CoordinateIndex parent = model.links()[i].parent;
    const SpatialMotion<T>& carried = parent.is_valid() ? work.A[parent] : lift;
    const SpatialMotion<T> base{carried.angular + work.drift[i].angular,
                                carried.linear + work.drift[i].linear};
    a[i] = (work.u[i] - dot(base, work.U[i])) * work.D_inverse[i];
    work.A[i] = {base.angular + work.S[i].angular * a[i], base.linear + work.S[i].linear * a[i]};
  }
}

}  // namespace lumbarun
