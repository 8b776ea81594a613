// Taut string over the unit sphere: a great circle in the plane of a, b and the centre. Also the first guess of an
// ellipsoid's geodesic, whose tangent lines are those of the sphere after scaling its axes.
#pragma once

#include "sim/tissue/wrap_surface.h"

namespace lumbarun {

struct GreatCircle {
  bool is_wrapped = false;
  Vector3<double> c0, c1;  // unit vectors
  Vector3<double> t0;      // unit tangent at c0, from a towards c0
  double arc = 0.0;        // rad
};

// a, b in units of the radius. Wraps where the segment cuts the sphere; goes the longer way if a quadrant is given and the
// middle of the shorter one lies outside it.
GreatCircle calc_great_circle(const WrapSurface& surface, const Vector3<double>& a, const Vector3<double>& b);

}  // namespace lumbarun
