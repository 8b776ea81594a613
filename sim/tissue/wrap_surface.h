// Surfaces that muscle paths wrap over: spheres, cylinders, ellipsoids fixed in a body.
//
//   A wrapped stretch is the taut string  a → c0 ⌢ c1 → b : straight to the first contact c0, a geodesic of the surface
//   of length s to the last contact c1, straight on; the straight parts are tangent to the geodesic.
//     L = |c0 - a| + s + |b - c1|,   dL = t0·(dc0 - da) + t1·(db - dc1)   for contacts carried by the body,
//   with t0, t1 the unit tangents at the contacts (first variation: moving the contacts along the surface changes
//   nothing). L is C¹ where the string lifts off.                                                    [m, frame S]
// Kinds and method
//   sphere     radius x; great circle in the plane of a, b and the centre                            closed form
//   cylinder   radius x, axis = z of S; helix                                                        closed form
//   ellipsoid  radii x, y, z; geodesic (wrap_ellipsoid.h)                                            iterated
// When does it wrap? The rules of OpenSim (Delp et al. 2007, IEEE Trans Biomed Eng 54:1940; WrapCylinder, WrapSphere,
// WrapEllipsoid of opensim-core 4), so that its models keep their meaning:
//   a or b inside                       free (straight)
//   segment through the surface         wraps; with a quadrant on the side sign·axis > 0, otherwise the shorter way
//   cylinder with a quadrant, past it   wraps if neither end lies on that side, or one does and the line passes the axis
//                                       on the other side
//   cylinder, both contacts beyond its length    free: the only rule that makes L jump
// Changed from OpenSim: the helix is tangent at both ends (OpenSim's is within 0.1° or, for a single wrap, is not
// adjusted) and the ellipsoid has its geodesic instead of a plane section; hybrid, midpoint and axial methods are the same.
#pragma once

#include <string>

#include "sim/multibody/model.h"

namespace lumbarun {

enum class WrapKind { kSphere, kCylinder, kEllipsoid };

struct WrapSurfaceDescription {
  std::string name;
  WrapKind kind = WrapKind::kCylinder;
  BodyIndex body;
  Transform<double> X_BS;  // m
  Vector3<double> radii;   // m; sphere and cylinder: x
  double length = 0.0;     // m, cylinder; 0: endless
  int quadrant_axis = -1;  // -1: all sides, 0 ... 2: only the half with  sign · axis > 0
  double quadrant_sign = 1.0;
  bool is_active = true;
};

// A muscle's use of a surface. Points as tabulated, from 0; -1: from the first, to the last.
struct PathWrapDescription {
  int surface = 0;
  int first_point = -1, last_point = -1;
};

// Compiled: in the frame of the link that carries it.
struct WrapSurface {
  std::string name;
  WrapKind kind = WrapKind::kCylinder;
  CoordinateIndex link;
  Transform<double> X_LS;    // m
  Vector3<double> radii;     // m
  double half_length = 0.0;  // m, cylinder; 0: endless
  int quadrant_axis = -1;
  double quadrant_sign = 1.0;
};

// kMandatory: the straight line would cut through the surface; kWrapped: it passes on the wrong side.
enum class WrapAction { kFree, kWrapped, kMandatory };

struct WrapContact {
  WrapAction action = WrapAction::kFree;
  Vector3<double> c0, c1;  // m
  double length = 0.0;     // m, s
  bool is_settled = true;  // false: an approximate string, the iteration found none (ellipsoid)
};

// Taut string from a to b [m], all in S.
WrapContact calc_wrap_contact(const WrapSurface& surface, const Vector3<double>& a, const Vector3<double>& b);
WrapContact calc_cylinder_contact(const WrapSurface& surface, const Vector3<double>& a,
                                  const Vector3<double>& b);
WrapContact calc_sphere_contact(const WrapSurface& surface, const Vector3<double>& a,
                                const Vector3<double>& b);
WrapContact calc_ellipsoid_contact(const WrapSurface& surface, const Vector3<double>& a,
                                   const Vector3<double>& b);

// True where sign · (component along the quadrant's axis) > 0.
inline bool is_on_wrap_side(const WrapSurface& surface, const Vector3<double>& p) {
  const double component = surface.quadrant_axis == 0 ? p.x : surface.quadrant_axis == 1 ? p.y : p.z;
  return component * surface.quadrant_sign > 0.0;
}

}  // namespace lumbarun
