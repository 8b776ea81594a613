#include "sim/tissue/wrap_surface.h"

namespace lumbarun {

WrapContact calc_wrap_contact(const WrapSurface& surface, const Vector3<double>& a,
                              const Vector3<double>& b) {
  switch (surface.kind) {
    case WrapKind::kSphere:
      return calc_sphere_contact(surface, a, b);
    case WrapKind::kEllipsoid:
      return calc_ellipsoid_contact(surface, a, b);
    case WrapKind::kCylinder:
      break;
  }
  return calc_cylinder_contact(surface, a, b);
}

}  // namespace lumbarun
