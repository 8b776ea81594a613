// Motion and force vectors about a common point, and the inertia that maps one to the other.
//   motion V = (angular w, linear v of the point),  force F = (moment about the point, force)
#pragma once

#include "sim/spatial/vector3.h"

namespace lumbarun {

template <class T>
struct SpatialMotion {
  Vector3<T> angular;
  Vector3<T> linear;
};

template <class T>
struct SpatialForce {
  Vector3<T> moment;
  Vector3<T> force;

  friend SpatialForce operator+(const SpatialForce& a, const SpatialForce& b) {
    return {a.moment + b.moment, a.force + b.force};
  }
  friend SpatialForce operator-(const SpatialForce& a, const SpatialForce& b) {
    return {a.moment - b.moment, a.force - b.force};
  }
  SpatialForce& operator+=(const SpatialForce& b) { return *this = *this + b; }
  SpatialForce& operator-=(const SpatialForce& b) { return *this = *this - b; }
};

// The same force about a point displaced by `r` from the old one (r = new - old): moment' = moment - r x
// force.
template <class T>
SpatialForce<T> shifted(const SpatialForce<T>& F, const Vector3<T>& r) {
  return {F.moment - cross(r, F.force), F.force};
}

// Power of F on a body moving with V, both about the same point.
template <class T>
T dot(const SpatialMotion<T>& V, const SpatialForce<T>& F) {
  return dot(V.angular, F.moment) + dot(V.linear, F.force);
}

// Mass [kg], centre of mass [m] and inertia about the centre of mass [kg m²], in one body-fixed frame.
struct RigidInertia {
  double mass = 0.0;
  Vector3<double> center_of_mass;
  Matrix3<double> inertia = Matrix3<double>::zero();
};

// [c]x as a matrix: skew(c) v = c x v.
template <class T>
Matrix3<T> skew(const Vector3<T>& c) {
  return {{{{T(0.0), c.z, -c.y}, {-c.z, T(0.0), c.x}, {c.y, -c.x, T(0.0)}}}};
}

// Both as one body. Parallel-axis theorem: I_new = I + m (|d|² 1 - d dᵀ), d from old to new centre of mass.
RigidInertia combined(const RigidInertia& a, const RigidInertia& b);

// `inertia` of a body re-expressed from frame B to frame A, X_AB given as rotation and translation.
RigidInertia expressed_in(const RigidInertia& inertia, const Matrix3<double>& R_AB,
                          const Vector3<double>& p_AB);

}  // namespace lumbarun
