#include "sim/tissue/muscle_path.h"

#include <algorithm>

#include "sim/core/contracts.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kLineShareMargin =
    0.05;  // a blended point's place between its neighbours stays off their ends

class PathCompiler {
 public:
  PathCompiler(const Model& model, const std::vector<WrapSurfaceDescription>& surfaces)
      : model_(model), neutral_(model), surfaces_(surfaces) {
    const std::vector<double> q(model.coordinate_count(), 0.0);
    update_positions(model, neutral_, q.data());
    for (const WrapSurfaceDescription& surface : surfaces) set_.surfaces.push_back(compile_surface(surface));
  }

  void add(const MusclePathDescription& description) {
    check(description);
    MusclePath path;
    path.name = description.name;
    path.first_point = static_cast<int>(set_.points.size());
    path.point_count = static_cast<int>(description.points.size());
    path.first_link = static_cast<int>(set_.links.size());
    path.first_arm = static_cast<int>(set_.arm_coordinate.size());
    links_.clear();
    functions_of_.clear();
    for (size_t i = 0; i < description.points.size(); ++i)
      set_.points.push_back(compile_point(description, i));
    add_wraps(description, path);
    path.link_count = static_cast<int>(links_.size());
    add_arms(path);
    set_.links.insert(set_.links.end(), links_.begin(), links_.end());
    LUMBARUN_THROW_UNLESS(
        path.point_count <= kMaxPathPoints && path.link_count <= kMaxPathLinks &&
            path.arm_count <= kMaxPathArms,
        "muscle '{}' has {} points on {} links and crosses {} coordinates, at most {} on {} and {}",
        path.name, path.point_count, path.link_count, path.arm_count, kMaxPathPoints, kMaxPathLinks,
        kMaxPathArms);
    set_.muscles.push_back(path);
  }

  MusclePathSet take() { return std::move(set_); }

 private:
  static void check(const MusclePathDescription& description) {
    const auto& points = description.points;
    LUMBARUN_THROW_UNLESS(points.size() >= 2, "muscle '{}' has {} path points, it needs at least 2",
                          description.name, points.size());
    for (size_t i = 0; i < points.size(); ++i) {
      if (points[i].kind != PathPointKind::kConditional) continue;
      const bool has_neighbours = i > 0 && i + 1 < points.size() &&
                                  points[i - 1].kind != PathPointKind::kConditional &&
                                  points[i + 1].kind != PathPointKind::kConditional;
      LUMBARUN_THROW_UNLESS(has_neighbours,
                            "muscle '{}': conditional point {} must stand between two other points",
                            description.name, i);
    }
  }

  int slot_of(CoordinateIndex link) {
    const auto it = std::find(links_.begin(), links_.end(), link);
    if (it != links_.end()) return static_cast<int>(it - links_.begin());
    links_.push_back(link);
    return static_cast<int>(links_.size()) - 1;
  }

  Vector3<double> neutral_place(const PathPointDescription& point) const {
    return calc_body_pose(model_, neutral_, point.body) * point.p_B;
  }

  // Where V's foot falls on the line between its neighbours in standing.
  double line_share(const MusclePathDescription& description, size_t i) const {
    const Vector3<double> a = neutral_place(description.points[i - 1]);
    const Vector3<double> line = neutral_place(description.points[i + 1]) - a;
    const double share = dot(neutral_place(description.points[i]) - a, line) / dot(line, line);
    return std::clamp(share, kLineShareMargin, 1.0 - kLineShareMargin);
  }

  int add_function(PathFunction function) {
    set_.functions.push_back(std::move(function));
    return static_cast<int>(set_.functions.size()) - 1;
  }

  PathPoint compile_point(const MusclePathDescription& description, size_t i) {
    const PathPointDescription& from = description.points[i];
    const Body& body = model_.body(from.body);
    PathPoint point;
    point.kind = from.kind;
    point.slot = slot_of(body.link);
    point.p_L = body.X_LB * from.p_B;
    if (from.kind == PathPointKind::kShared) {
      const Body& second = model_.body(from.body_2);
      const Transform<double> X_WB2 = calc_body_pose(model_, neutral_, from.body_2);
      point.slot_2 = slot_of(second.link);
      point.p_L2 = second.X_LB * (X_WB2.inverse() * neutral_place(from));
      point.share = from.weight_2;
    } else if (from.kind == PathPointKind::kConditional) {
      point.share = line_share(description, i);
      point.function = add_function(make_path_window(from.low, from.high, from.width));
      functions_of_.emplace_back(set_.points.size(), from.coordinate);
    } else if (from.kind == PathPointKind::kMoving) {
      std::vector<double> x, y, z;
      for (const Vector3<double>& p_B : from.knot_points) {
        const Vector3<double> p_L = body.X_LB * p_B;
        x.push_back(p_L.x), y.push_back(p_L.y), z.push_back(p_L.z);
      }
      point.function = add_function(make_path_spline(from.knots, x));
      add_function(make_path_spline(from.knots, y));
      add_function(make_path_spline(from.knots, z));
      functions_of_.emplace_back(set_.points.size(), from.coordinate);
    }
    return point;
  }

  WrapSurface compile_surface(const WrapSurfaceDescription& from) const {
    const Vector3<double>& r = from.radii;
    const bool is_solid =
        r.x > 0.0 && (from.kind != WrapKind::kEllipsoid || (r.y > 0.0 && r.z > 0.0)) && from.length >= 0.0;
    LUMBARUN_THROW_UNLESS(is_solid,
                          "wrapping surface '{}': radii ({}, {}, {}) and length {} must be positive",
                          from.name, r.x, r.y, r.z, from.length);
    LUMBARUN_THROW_UNLESS(from.quadrant_axis >= -1 && from.quadrant_axis <= 2,
                          "wrapping surface '{}': quadrant axis {} must be -1 (all), 0, 1 or 2", from.name,
                          from.quadrant_axis);
    const Body& body = model_.body(from.body);
    return {from.name, from.kind,         body.link,          body.X_LB * from.X_BS,
            r,         0.5 * from.length, from.quadrant_axis, from.quadrant_sign};
  }

  // Share of the segment at which the surface stands beside it in standing; orders the surfaces of one segment.
  double place_along(const MusclePathDescription& description, int segment,
                     const WrapSurfaceDescription& surface) const {
    const Vector3<double> a = neutral_place(description.points[segment]);
    const Vector3<double> line = neutral_place(description.points[segment + 1]) - a;
    const Transform<double> X_WS = calc_body_pose(model_, neutral_, surface.body) * surface.X_BS;
    const Vector3<double> offset = X_WS.translation - a, axis = X_WS.rotation.column[2];
    const bool has_axis = surface.kind == WrapKind::kCylinder;
    const double along = has_axis ? dot(line, axis) : 0.0, offset_along = has_axis ? dot(offset, axis) : 0.0;
    const double across = dot(line, line) - along * along;
    return across > 0.0 ? (dot(offset, line) - offset_along * along) / across : 0.5;
  }

  void add_wraps(const MusclePathDescription& description, MusclePath& path) {
    struct Candidate {
      PathStop stop;
      double place;
    };
    std::vector<Candidate> candidates;
    path.first_wrap = static_cast<int>(set_.wraps.size());
    path.first_stop = static_cast<int>(set_.stops.size());
    for (const PathWrapDescription& wrap : description.wraps) {
      LUMBARUN_THROW_UNLESS(wrap.surface >= 0 && wrap.surface < static_cast<int>(surfaces_.size()),
                            "muscle '{}' wraps over surface {} of {}", description.name, wrap.surface,
                            surfaces_.size());
      const WrapSurfaceDescription& surface = surfaces_[wrap.surface];
      const int first = std::max(wrap.first_point, 0);
      const int last = wrap.last_point < 0 ? path.point_count - 1 : wrap.last_point;
      LUMBARUN_THROW_UNLESS(first < last && last < path.point_count,
                            "muscle '{}': the range of points {} ... {} over '{}' is not within 0 ... {}",
                            description.name, first, last, surface.name, path.point_count - 1);
      if (!surface.is_active) continue;
      for (int i = first; i < last; ++i)
        candidates.push_back({{path.wrap_count, i}, place_along(description, i, surface)});
      set_.wraps.push_back({wrap.surface, slot_of(model_.body(surface.body).link)});
      ++path.wrap_count;
    }
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
      return std::pair(a.stop.segment, a.place) < std::pair(b.stop.segment, b.place);
    });
    for (const Candidate& candidate : candidates) set_.stops.push_back(candidate.stop);
    path.stop_count = static_cast<int>(candidates.size());
    LUMBARUN_THROW_UNLESS(path.wrap_count <= kMaxPathWraps && path.stop_count <= kMaxPathStops,
                          "muscle '{}' has {} wraps on {} segments, at most {} on {} are possible", path.name,
                          path.wrap_count, path.stop_count, kMaxPathWraps, kMaxPathStops);
  }

  std::uint32_t downstream_links(CoordinateIndex j) const {
    std::uint32_t mask = 0;
    for (size_t s = 0; s < links_.size(); ++s) {
      if (links_[s].is_valid() && model_.is_on_path(j, links_[s])) mask |= 1u << s;
    }
    return mask;
  }

  void add_arms(MusclePath& path) {
    const std::uint32_t all = (1u << links_.size()) - 1u;
    for (int j = 0; j < model_.coordinate_count(); ++j) {
      const CoordinateIndex coordinate(j);
      const std::uint32_t mask = downstream_links(coordinate);
      const bool crosses = mask != 0 && mask != all;
      bool drives = false;
      for (const auto& [point, driver] : functions_of_) {
        if (driver != coordinate) continue;
        set_.points[point].arm = path.arm_count;
        drives = true;
      }
      if (!crosses && !drives) continue;
      set_.arm_coordinate.push_back(coordinate);
      set_.arm_links.push_back(crosses ? mask : 0u);
      ++path.arm_count;
    }
  }

  const Model& model_;
  Data<double> neutral_;
  const std::vector<WrapSurfaceDescription>& surfaces_;
  MusclePathSet set_;
  std::vector<CoordinateIndex> links_;                            // of the muscle in work
  std::vector<std::pair<size_t, CoordinateIndex>> functions_of_;  // its points with path functions
};

}  // namespace

MusclePathSet compile_muscle_paths(const Model& model, const std::vector<MusclePathDescription>& descriptions,
                                   const std::vector<WrapSurfaceDescription>& surfaces) {
  PathCompiler compiler(model, surfaces);
  for (const MusclePathDescription& description : descriptions) compiler.add(description);
  return compiler.take();
}

}  // namespace lumbarun
