// Cylinder: in the plane across the axis the string is tangent - arc - tangent, and unrolled it is straight:
//   c0 = r²/|a|² a + turn r √(|a|²-r²)/|a|² a⊥,   c1 likewise from b with -turn,   arc θ from c0 to c1 in the sense of turn,
//   z grows in proportion to the unrolled plane length √(|a|²-r²) + rθ + √(|b|²-r²).            [m, rad; plane of S]
#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/tissue/wrap_surface.h"

namespace lumbarun {

namespace {

constexpr double kArcRounding =
    1e-9;  // rad: an arc this little below zero has just lifted off, not gone around

struct Plane {
  double x, y;
};

double dot(const Plane& a, const Plane& b) { return a.x * b.x + a.y * b.y; }
double cross(const Plane& a, const Plane& b) { return a.x * b.y - a.y * b.x; }

// The two tangent points of a point at squared distance d2: [0] counterclockwise of it, [1] clockwise.
struct Tangents {
  Plane at[2];
  double reach;  // m, length of the tangent
};

Tangents calc_tangents(const Plane& p, double d2, double r) {
  const double reach = std::sqrt(d2 - r * r), along = r * r / d2, across = r * reach / d2;
  return {{{along * p.x - across * p.y, along * p.y + across * p.x},
           {along * p.x + across * p.y, along * p.y - across * p.x}},
          reach};
}

// Which way around a quadrant asks for: 0 counterclockwise from a to b, 1 clockwise. The tangent points that lie on the
// side decide, those of a first; with none on it, the wider pair.
int choose_turn(const WrapSurface& surface, const Vector3<double>& a, const Vector3<double>& b,
                const Tangents& of_a, const Tangents& of_b) {
  const auto is_on = [&](const Plane& p, double z) { return is_on_wrap_side(surface, {p.x, p.y, z}); };
  const bool a0 = is_on(of_a.at[0], a.z), a1 = is_on(of_a.at[1], a.z);
  const bool b0 = is_on(of_b.at[0], b.z), b1 = is_on(of_b.at[1], b.z);
  if (a0 != a1) return a0 ? 0 : 1;
  if (a0) return b0 ? 1 : 0;
  if (b0 != b1) return b1 ? 0 : 1;
  if (b0) return 1;
  return dot(of_a.at[0], of_b.at[1]) < dot(of_a.at[1], of_b.at[0]) ? 0 : 1;
}

}  // namespace

WrapContact calc_cylinder_contact(const WrapSurface& surface, const Vector3<double>& a,
                                  const Vector3<double>& b) {
  const double r = surface.radii.x;
  const Plane pa{a.x, a.y}, pb{b.x, b.y}, d{b.x - a.x, b.y - a.y};
  const double da2 = dot(pa, pa), db2 = dot(pb, pb), dd = dot(d, d);
  if (da2 <= r * r || db2 <= r * r) return {};
  const double t = dd > 0.0 ? -dot(pa, d) / dd : 0.0;
  const Plane near{pa.x + t * d.x, pa.y + t * d.y};
  const bool cuts = t > 0.0 && t < 1.0 && dot(near, near) < r * r;
  const bool has_side = surface.quadrant_axis >= 0;
  if (!cuts && !has_side) return {};
  if (!cuts) {
    const bool a_on = is_on_wrap_side(surface, a), b_on = is_on_wrap_side(surface, b);
    const bool passes_on_side = is_on_wrap_side(surface, {near.x, near.y, a.z + t * (b.z - a.z)});
    if ((a_on && b_on) || ((a_on || b_on) && passes_on_side)) return {};
  }
  const Tangents of_a = calc_tangents(pa, da2, r), of_b = calc_tangents(pb, db2, r);
  const int turn = has_side ? choose_turn(surface, a, b, of_a, of_b) : (cross(pa, pb) >= 0.0 ? 0 : 1);
  const Plane c0 = of_a.at[turn], c1 = of_b.at[1 - turn];
  double arc = std::atan2(turn == 0 ? cross(c0, c1) : -cross(c0, c1), dot(c0, c1));
  if (arc < -kArcRounding) arc += 2.0 * std::numbers::pi;
  arc = std::max(arc, 0.0);

  const double climb = (b.z - a.z) / (of_a.reach + r * arc + of_b.reach);
  const double z0 = a.z + climb * of_a.reach, z1 = b.z - climb * of_b.reach;
  const double half = surface.half_length;
  if (half > 0.0 && std::abs(z0) > half && std::abs(z1) > half) return {};
  return {cuts ? WrapAction::kMandatory : WrapAction::kWrapped,
          {c0.x, c0.y, z0},
          {c1.x, c1.y, z1},
          r * arc * std::sqrt(1.0 + climb * climb)};
}

}  // namespace lumbarun
