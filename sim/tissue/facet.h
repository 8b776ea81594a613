// One contact of a facet joint: a point of the superior vertebra against a plane of the inferior one.
//   closing δ = -n·(p - p_S) - gap,   force on the superior vertebra  F = n k s(δ)              [m, N]
//   p    where the point is now, p_S where it is in neutral standing, both in the inferior disc frame
//   n    normal of the plane, pointing to the superior vertebra; s the rounded ramp of one_sided.h
// Per side two contacts: the articular surfaces (normal horizontal, turned from the sagittal plane: stop axial
// rotation and forward shear) and the tip of the inferior process on the lamina below (normal cranial: stops
// extension and takes compression when the disc is low). The stiffness is the contact's in series with the
// shear of the disc, which the tree does not carry as a coordinate. No friction.
#pragma once

#include "sim/spatial/vector3.h"
#include "sim/tissue/one_sided.h"

namespace lumbarun {

inline constexpr double kFacetRounding = 0.0002;  // m, width of the ramp: cartilage that gives (estimate)

struct FacetContact {
  Vector3<double> p_S;     // m
  Vector3<double> normal;  // unit, on the superior vertebra
  double gap = 0.0;        // m
  double stiffness = 0.0;  // N/m
};

// Normal force [N]; `travel` = n·(p - p_S) [m].
template <class T>
T calc_contact_force(const FacetContact& facet, const T& travel) {
  return calc_smooth_positive(T(-facet.gap) - travel, kFacetRounding) * T(facet.stiffness);
}

// J, up to a constant.
inline double calc_stored_energy(const FacetContact& facet, double travel) {
  return facet.stiffness * calc_smooth_positive_integral(-facet.gap - travel, kFacetRounding);
}

}  // namespace lumbarun
