// The templated kernels of muscle_path.h.
#pragma once

#include <array>
#include <cmath>

#include "sim/core/lanes.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

namespace internal {

// Scratch of one muscle.
template <class T>
struct PathWork {
  std::array<Vector3<T>, kMaxPathPoints> p;      // points in W
  std::array<Vector3<T>, kMaxPathPoints> g;      // ∂L/∂p
  std::array<Vector3<T>, kMaxPathPoints> p_2;    // shared: the point on its second link
  std::array<Vector3<T>, kMaxPathPoints> slope;  // ∂p/∂coordinate at fixed links, in W
  std::array<T, kMaxPathPoints> window;          // conditional
  std::array<SpatialForce<T>, kMaxPathLinks> wrench;
  std::array<T, kMaxPathArms> function_gradient;
  std::array<Transform<T>, kMaxPathWraps> X_WS;
  std::array<StopPlace<T>, kMaxPathStops> stop;
};

template <class T>
Vector3<T> place(const Data<T>& data, CoordinateIndex link, const Vector3<T>& p_L) {
  if (!link.is_valid()) return p_L;
  return data.link[link].p_WL + data.link[link].R_WL * p_L;
}

template <class T>
void place_point(const MusclePathSet& paths, const MusclePath& muscle, int i, const Data<T>& data, const T* q,
                 PathWork<T>& work) {
  const PathPoint& point = paths.points[muscle.first_point + i];
  const CoordinateIndex link = paths.links[muscle.first_link + point.slot];
  switch (point.kind) {
    case PathPointKind::kFixed:
    case PathPointKind::kConditional:
      work.p[i] = place(data, link, point.p_L.template cast<T>());
      break;
    case PathPointKind::kShared: {
      const T w(point.share);
      work.slope[i] = place(data, link, point.p_L.template cast<T>());
      work.p_2[i] = place(data, paths.links[muscle.first_link + point.slot_2], point.p_L2.template cast<T>());
      work.p[i] = work.slope[i] * (T(1.0) - w) + work.p_2[i] * w;
      break;
    }
    case PathPointKind::kMoving: {
      const T& angle = q[paths.arm_coordinate[muscle.first_arm + point.arm]];
      const PathFunction* of = &paths.functions[point.function];
      const Vector3<T> p_L = {evaluate(of[0].value, angle), evaluate(of[1].value, angle),
                              evaluate(of[2].value, angle)};
      const Vector3<T> dp_L = {evaluate(of[0].slope, angle), evaluate(of[1].slope, angle),
                               evaluate(of[2].slope, angle)};
      work.p[i] = place(data, link, p_L);
      work.slope[i] = link.is_valid() ? data.link[link].R_WL * dp_L : dp_L;
      break;
    }
  }
}

// Pulls a conditional point from its via place to the line of its neighbours as its window closes.
template <class T>
void blend_point(const MusclePathSet& paths, const MusclePath& muscle, int i, const T* q, PathWork<T>& work) {
  const PathPoint& point = paths.points[muscle.first_point + i];
  const T& angle = q[paths.arm_coordinate[muscle.first_arm + point.arm]];
  const Vector3<T> line = work.p[i - 1] + (work.p[i + 1] - work.p[i - 1]) * T(point.share);
  const Vector3<T> offset = work.p[i] - line;
  const PathFunction& window = paths.functions[point.function];
  work.window[i] = evaluate(window.value, angle);
  work.slope[i] = offset * evaluate(window.slope, angle);
  work.p_2[i] = work.p[i];
  work.p[i] = line + offset * work.window[i];
}

template <class T>
void add_to_link(PathWork<T>& work, int slot, const Vector3<T>& p, const Vector3<T>& g) {
  work.wrench[slot] += {cross(p, g), g};
}

// Contacts are found lane by lane in double: the way around a surface is a choice, and their places are all that the
// length and its gradient need.
// Returns how many of them are approximate.
inline int place_stops(const MusclePathSet& paths, const MusclePath& muscle, PathWork<double>& work) {
  return settle_path_wraps(paths, muscle, work.p.data(), work.X_WS.data(), work.stop.data()) ? 0 : 1;
}

inline Vector3<double> get_lane(const Vector3<Lanes8>& v, int i) {
  return {v.x.lane[i], v.y.lane[i], v.z.lane[i]};
}
inline void set_lane(Vector3<Lanes8>& to, int i, const Vector3<double>& v) {
  to.x.lane[i] = v.x, to.y.lane[i] = v.y, to.z.lane[i] = v.z;
}

inline int place_stops(const MusclePathSet& paths, const MusclePath& muscle, PathWork<Lanes8>& work) {
  PathWork<double> one;
  int approximate = 0;
  for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
    for (int i = 0; i < muscle.point_count; ++i) one.p[i] = get_lane(work.p[i], lane);
    for (int w = 0; w < muscle.wrap_count; ++w) {
      for (int c = 0; c < 3; ++c)
        one.X_WS[w].rotation.column[c] = get_lane(work.X_WS[w].rotation.column[c], lane);
      one.X_WS[w].translation = get_lane(work.X_WS[w].translation, lane);
    }
    approximate += place_stops(paths, muscle, one);
    for (int k = 0; k < muscle.stop_count; ++k) {
      set_lane(work.stop[k].c0, lane, one.stop[k].c0);
      set_lane(work.stop[k].c1, lane, one.stop[k].c1);
      work.stop[k].length.lane[lane] = one.stop[k].length;
    }
  }
  return approximate;
}

template <class T>
int place_stops(const MusclePathSet&, const MusclePath& muscle, PathWork<T>&) {
  LUMBARUN_DEMAND(muscle.wrap_count == 0);
  return 0;
}

template <class T>
int place_wraps(const MusclePathSet& paths, const MusclePath& muscle, const Data<T>& data,
                PathWork<T>& work) {
  for (int w = 0; w < muscle.wrap_count; ++w) {
    const WrapSurface& surface = paths.surfaces[paths.wraps[muscle.first_wrap + w].surface];
    const Transform<T> X_LS = surface.X_LS.template cast<T>();
    work.X_WS[w] = X_LS;
    if (!surface.link.is_valid()) continue;
    const LinkState<T>& link = data.link[surface.link];
    work.X_WS[w] = Transform<T>{link.R_WL, link.p_WL} * X_LS;
  }
  return place_stops(paths, muscle, work);
}

template <class T>
void distribute_gradients(const MusclePathSet& paths, const MusclePath& muscle, PathWork<T>& work) {
  for (int i = 0; i < muscle.point_count; ++i) {
    const PathPoint& point = paths.points[muscle.first_point + i];
    if (point.kind != PathPointKind::kConditional) continue;
    work.function_gradient[point.arm] += dot(work.g[i], work.slope[i]);
    const Vector3<T> on_line = work.g[i] * (T(1.0) - work.window[i]);
    add_to_link(work, point.slot, work.p_2[i], work.g[i] * work.window[i]);
    work.g[i - 1] += on_line * T(1.0 - point.share);
    work.g[i + 1] += on_line * T(point.share);
  }
  for (int i = 0; i < muscle.point_count; ++i) {
    const PathPoint& point = paths.points[muscle.first_point + i];
    if (point.kind == PathPointKind::kShared) {
      add_to_link(work, point.slot, work.slope[i], work.g[i] * T(1.0 - point.share));
      add_to_link(work, point.slot_2, work.p_2[i], work.g[i] * T(point.share));
    } else if (point.kind != PathPointKind::kConditional) {
      add_to_link(work, point.slot, work.p[i], work.g[i]);
      if (point.kind == PathPointKind::kMoving)
        work.function_gradient[point.arm] += dot(work.g[i], work.slope[i]);
    }
  }
}

// Length of the path; adds its gradients by the points to work.g and those by the contacts to work.wrench.
template <class T>
T add_straight_parts(const MusclePathSet& paths, const MusclePath& muscle, PathWork<T>& work) {
  using std::sqrt;
  T length(0.0);
  int k = 0;
  for (int i = 0; i + 1 < muscle.point_count; ++i) {
    Vector3<T> from = work.p[i];
    int from_slot = -1;  // of the stop left behind; -1: point i
    const auto lead_to = [&](const Vector3<T>& to) {
      const Vector3<T> d = to - from;
      const T distance = sqrt(dot(d, d));
      const Vector3<T> unit = d * (T(1.0) / distance);
      length += distance;
      if (from_slot < 0) {
        work.g[i] -= unit;
      } else {
        add_to_link(work, from_slot, from, -unit);
      }
      return unit;
    };
    for (; k < muscle.stop_count && paths.stops[muscle.first_stop + k].segment == i; ++k) {
      const StopPlace<T>& stop = work.stop[k];
      const int slot = paths.wraps[muscle.first_wrap + paths.stops[muscle.first_stop + k].wrap].slot;
      add_to_link(work, slot, stop.c0, lead_to(stop.c0));
      length += stop.length;
      from = stop.c1;
      from_slot = slot;
    }
    work.g[i + 1] += lead_to(work.p[i + 1]);
  }
  return length;
}

// The wrench on all links of the muscle downstream of a hinge, about the W origin.
template <class T>
SpatialForce<T> sum_wrenches(const MusclePath& muscle, std::uint32_t slots, const PathWork<T>& work) {
  SpatialForce<T> sum;
  for (int slot = 0; slot < muscle.link_count; ++slot) {
    if ((slots >> slot & 1u) != 0) sum += work.wrench[slot];
  }
  return sum;
}

template <class T>
T calc_length_gradient(const Link& link, const LinkState<T>& state, const SpatialForce<T>& downstream) {
  return link.kind == JointKind::kHinge
             ? dot(state.axis, downstream.moment - cross(state.p_WL, downstream.force))
             : dot(state.axis, downstream.force);
}

}  // namespace internal

template <class T>
void update_muscle_paths(const MusclePathSet& paths, const Model& model, const Data<T>& data, const T* q,
                         const T* u, MusclePathData<T>& out) {
  internal::PathWork<T> work;
  out.approximate_count = 0;
  for (int m = 0; m < paths.muscle_count(); ++m) {
    const MusclePath& muscle = paths.muscles[m];
    const int n = muscle.point_count;
    for (int i = 0; i < n; ++i) internal::place_point(paths, muscle, i, data, q, work);
    for (int i = 1; i + 1 < n; ++i) {
      if (paths.points[muscle.first_point + i].kind == PathPointKind::kConditional) {
        internal::blend_point(paths, muscle, i, q, work);
      }
    }
    for (int i = 0; i < n; ++i) work.g[i] = {};
    for (int s = 0; s < muscle.link_count; ++s) work.wrench[s] = {};
    for (int k = 0; k < muscle.arm_count; ++k) work.function_gradient[k] = T(0.0);

    if (muscle.wrap_count > 0) out.approximate_count += internal::place_wraps(paths, muscle, data, work);
    const T length = internal::add_straight_parts(paths, muscle, work);
    internal::distribute_gradients(paths, muscle, work);

    T velocity(0.0);
    std::uint32_t slots = 0;
    SpatialForce<T> downstream;
    for (int k = 0; k < muscle.arm_count; ++k) {
      const CoordinateIndex j = paths.arm_coordinate[muscle.first_arm + k];
      // The hinges of one joint stand one after the other and carry the same links.
      if (const std::uint32_t now = paths.arm_links[muscle.first_arm + k]; now != slots) {
        slots = now;
        downstream = internal::sum_wrenches(muscle, slots, work);
      }
      const T gradient =
          work.function_gradient[k] + internal::calc_length_gradient(model.link(j), data.link[j], downstream);
      velocity += gradient * u[j];
      out.moment_arm[muscle.first_arm + k] = -gradient;
      out.function_gradient[muscle.first_arm + k] = work.function_gradient[k];
    }
    out.length[m] = length;
    out.velocity[m] = velocity;
    for (int i = 0; i < n; ++i) out.point[muscle.first_point + i] = work.p[i];
    for (int k = 0; k < muscle.stop_count; ++k) out.stop[muscle.first_stop + k] = work.stop[k];
    for (int s = 0; s < muscle.link_count; ++s) out.gradient[muscle.first_link + s] = work.wrench[s];
  }
}

template <class T, class Add>
void visit_unit_tension(const MusclePathSet& paths, const Model& model, const Data<T>& data,
                        const MusclePathData<T>& out, MuscleIndex index, const Add& add) {
  const MusclePath& muscle = paths.muscles[index];
  for (int s = 0; s < muscle.link_count; ++s) {
    const CoordinateIndex link = paths.links[muscle.first_link + s];
    const SpatialForce<T>& gradient = out.gradient[muscle.first_link + s];
    if (link.is_valid()) add(link, SpatialForce<T>{-gradient.moment, -gradient.force});
  }
  for (int k = muscle.first_arm; k < muscle.first_arm + muscle.arm_count; ++k) {
    const CoordinateIndex j = paths.arm_coordinate[k];
    const Vector3<T> couple = data.link[j].axis * -out.function_gradient[k];
    add(j, SpatialForce<T>{couple, {}});
    if (const CoordinateIndex parent = model.link(j).parent; parent.is_valid())
      add(parent, SpatialForce<T>{-couple, {}});
  }
}

template <class T>
void apply_muscle_tension(const MusclePathSet& paths, const Model& model, const MusclePathData<T>& out,
                          MuscleIndex index, const T& tension, Data<T>& data) {
  visit_unit_tension(paths, model, data, out, index,
                     [&](CoordinateIndex link, const SpatialForce<T>& about_origin) {
                       const SpatialForce<T> about_link = shifted(about_origin, data.link[link].p_WL);
                       data.applied[link] += {about_link.moment * tension, about_link.force * tension};
                     });
}

}  // namespace lumbarun
