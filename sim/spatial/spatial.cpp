#include "sim/spatial/spatial.h"

namespace lumbarun {

namespace {

Matrix3<double> about_displaced_point(const RigidInertia& a, const Vector3<double>& center) {
  const Matrix3<double> c = skew(center - a.center_of_mass);
  return a.inertia - (c * c) * a.mass;
}

}  // namespace

RigidInertia combined(const RigidInertia& a, const RigidInertia& b) {
  const double mass = a.mass + b.mass;
  if (mass == 0.0) return a;
  const Vector3<double> center = (a.center_of_mass * a.mass + b.center_of_mass * b.mass) * (1.0 / mass);
  return {mass, center, about_displaced_point(a, center) + about_displaced_point(b, center)};
}

RigidInertia expressed_in(const RigidInertia& inertia, const Matrix3<double>& R_AB,
                          const Vector3<double>& p_AB) {
  return {inertia.mass, R_AB * inertia.center_of_mass + p_AB, R_AB * inertia.inertia * R_AB.transposed()};
}

}  // namespace lumbarun
