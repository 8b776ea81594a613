#include "sim/tissue/drawn_path.h"

#include <cmath>

namespace lumbarun {

namespace {

double distance(const Vector3<double>& a, const Vector3<double>& b) {
  const Vector3<double> d = b - a;
  return std::sqrt(dot(d, d));
}

// Onto the surface along the ray from its centre (sphere, ellipsoid) or axis (cylinder).
Vector3<double> move_onto(const WrapSurface& surface, const Vector3<double>& p) {
  if (surface.kind == WrapKind::kCylinder) {
    const double factor = surface.radii.x / std::hypot(p.x, p.y);
    return {p.x * factor, p.y * factor, p.z};
  }
  const Vector3<double> r = surface.kind == WrapKind::kSphere
                                ? Vector3<double>{surface.radii.x, surface.radii.x, surface.radii.x}
                                : surface.radii;
  return p * (1.0 / std::hypot(p.x / r.x, p.y / r.y, p.z / r.z));
}

}  // namespace

void calc_drawn_points(const MusclePathSet& paths, const Data<double>& data,
                       const MusclePathData<double>& lengths, MuscleIndex index, Vector3<double>* points) {
  const MusclePath& muscle = paths.muscles[index];
  const auto draw_stop = [&](int k, const Vector3<double>& before, const Vector3<double>& after) {
    const StopPlace<double>& place = lengths.stop[muscle.first_stop + k];
    const WrapSurface& surface =
        paths.surfaces[paths.wraps[muscle.first_wrap + paths.stops[muscle.first_stop + k].wrap].surface];
    Transform<double> X_WS = surface.X_LS;
    if (surface.link.is_valid())
      X_WS = Transform<double>{data.link[surface.link].R_WL, data.link[surface.link].p_WL} * X_WS;
    const Transform<double> X_SW = X_WS.inverse();
    const Vector3<double> t0 = (place.c0 - before) * (place.length / distance(before, place.c0));
    const Vector3<double> t1 = (after - place.c1) * (place.length / distance(place.c1, after));
    for (int i = 0; i < kDrawnStopPoints; ++i) {
      const double u = static_cast<double>(i) / (kDrawnStopPoints - 1), v = 1.0 - u;
      const Vector3<double> p = place.c0 * (v * v * (1.0 + 2.0 * u)) + t0 * (u * v * v) +
                                place.c1 * (u * u * (1.0 + 2.0 * v)) - t1 * (u * u * v);
      *points++ = place.length > 0.0 ? X_WS * move_onto(surface, X_SW * p) : place.c0;
    }
  };
  int k = 0;
  for (int i = 0; i < muscle.point_count; ++i) {
    Vector3<double> before = lengths.point[muscle.first_point + i];
    *points++ = before;
    for (; k < muscle.stop_count && paths.stops[muscle.first_stop + k].segment == i; ++k) {
      const int next = k + 1;
      const bool is_last = next == muscle.stop_count || paths.stops[muscle.first_stop + next].segment != i;
      draw_stop(
          k, before,
          is_last ? lengths.point[muscle.first_point + i + 1] : lengths.stop[muscle.first_stop + next].c0);
      before = lengths.stop[muscle.first_stop + k].c1;
    }
  }
}

}  // namespace lumbarun
