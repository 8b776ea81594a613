// Spatial inertia about one point common to all links, for algorithms that add inertias up the tree.
// The point is the origin of the root body's last link, so that numbers stay small far from the world origin.
#pragma once

#include "sim/multibody/kinematics.h"

namespace lumbarun {

// Rigid-body inertia about point O: moment = I w + h x v, force = m v - h x w, h = m (c - O).
template <class T>
struct SpatialInertia {
  T mass{0.0};
  Vector3<T> first_moment;                        // kg m
  Matrix3<T> second_moment = Matrix3<T>::zero();  // kg m²

  SpatialInertia& operator+=(const SpatialInertia& b) {
    mass = mass + b.mass;
    first_moment += b.first_moment;
    second_moment = second_moment + b.second_moment;
    return *this;
  }
  friend SpatialForce<T> operator*(const SpatialInertia& I, const SpatialMotion<T>& V) {
    return {I.second_moment * V.angular + cross(I.first_moment, V.linear),
            V.linear * I.mass - cross(I.first_moment, V.angular)};
  }
};

namespace internal {

template <class T>
Vector3<T> common_point(const Data<T>& data) {
  const size_t root = data.link.size() > 6 ? 5 : 0;
  return data.link[root].p_WL;
}

template <class T>
SpatialInertia<T> calc_spatial_inertia(const Model& model, const Data<T>& data, int i,
                                       const Vector3<T>& origin) {
  const RigidInertia& inertia = model.links()[i].inertia;
  if (inertia.mass == 0.0) return {};
  const LinkState<T>& link = data.link[i];
  const Vector3<T> c = link.p_WL + link.R_WL * inertia.center_of_mass.template cast<T>() - origin;
  const Matrix3<T> I = link.R_WL * inertia.inertia.template cast<T>() * link.R_WL.transposed();
  const Matrix3<T> cx = skew(c);
  return {T(inertia.mass), c * T(inertia.mass), I - (cx * cx) * T(inertia.mass)};
}

// Unit motion of the joint about `origin`.
template <class T>
SpatialMotion<T> calc_joint_motion(const Model& model, const Data<T>& data, int i, const Vector3<T>& origin) {
  const LinkState<T>& link = data.link[i];
  if (model.links()[i].kind == JointKind::kSlide) return {{}, link.axis};
  return {link.axis, cross(link.axis, origin - link.p_WL)};
}

}  // namespace internal
}  // namespace lumbarun
