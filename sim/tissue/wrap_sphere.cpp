#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/tissue/wrap_great_circle.h"

namespace lumbarun {

namespace {

constexpr double kInLine =
    1e-12;  // sine below which a, b and the centre are one line: any plane through it serves

Vector3<double> calc_plane_normal(const Vector3<double>& a, const Vector3<double>& b, double scale) {
  const Vector3<double> n = cross(a, b);
  const double size = std::sqrt(dot(n, n));
  if (size > kInLine * scale) return n * (1.0 / size);
  const Vector3<double> other =
      std::abs(a.x) < std::abs(a.y) ? Vector3<double>{1.0, 0.0, 0.0} : Vector3<double>{0.0, 1.0, 0.0};
  const Vector3<double> any = cross(a, other);
  return any * (1.0 / std::sqrt(dot(any, any)));
}

}  // namespace

GreatCircle calc_great_circle(const WrapSurface& surface, const Vector3<double>& a,
                              const Vector3<double>& b) {
  const double da2 = dot(a, a), db2 = dot(b, b);
  const Vector3<double> d = b - a;
  const double dd = dot(d, d);
  if (da2 <= 1.0 || db2 <= 1.0 || dd == 0.0) return {};
  const double t = -dot(a, d) / dd;
  const Vector3<double> near = a + d * t;
  if (t <= 0.0 || t >= 1.0 || dot(near, near) >= 1.0) return {};

  const double da = std::sqrt(da2), db = std::sqrt(db2);
  const Vector3<double> n = calc_plane_normal(a, b, da * db), ea = a * (1.0 / da);
  Vector3<double> across = cross(n, ea);
  const double reach_a = std::sqrt(da2 - 1.0), reach_b = std::sqrt(db2 - 1.0);
  const double from_a = std::atan2(reach_a, 1.0), from_b = std::atan2(reach_b, 1.0);
  const double between = std::atan2(dot(across, b), dot(ea, b));
  const auto at = [&](double angle) { return ea * std::cos(angle) + across * std::sin(angle); };
  double arc = std::max(between - from_a - from_b, 0.0);
  if (surface.quadrant_axis >= 0 && !is_on_wrap_side(surface, at(from_a + 0.5 * arc))) {
    across = -across;
    arc = 2.0 * std::numbers::pi - between - from_a - from_b;
  }
  GreatCircle circle;
  circle.is_wrapped = true;
  circle.c0 = at(from_a);
  circle.c1 = at(from_a + arc);
  circle.t0 = (circle.c0 - a) * (1.0 / reach_a);
  circle.arc = arc;
  return circle;
}

WrapContact calc_sphere_contact(const WrapSurface& surface, const Vector3<double>& a,
                                const Vector3<double>& b) {
  const double r = surface.radii.x;
  const GreatCircle circle = calc_great_circle(surface, a * (1.0 / r), b * (1.0 / r));
  if (!circle.is_wrapped) return {};
  return {WrapAction::kMandatory, circle.c0 * r, circle.c1 * r, r * circle.arc};
}

}  // namespace lumbarun
