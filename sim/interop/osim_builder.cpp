// From the description of a model file to the tree: joints to chains, couplers to the map, muscles to path variants.
#include <algorithm>
#include <map>
#include <set>

#include "sim/core/contracts.h"
#include "sim/interop/joint_chain.h"
#include "sim/interop/osim_model.h"

namespace lumbarun {

namespace {

constexpr unsigned kMaxGates = 6;  // conditional points of one muscle: 64 variants

class OsimBuilder {
 public:
  OsimBuilder(const OsimDescription& description, const OsimBuildOptions& options)
      : description_(description), options_(options) {}

  OsimModel build() {
    model_.tree.gravity = -description_.gravity.y;
    bodies_[kOsimGround] = model_.tree.add_body(kOsimGround, {}, {}, {}, {}, {});
    collect_coordinates();
    add_bodies();
    throw_if_errors();
    if (options_.use_wraps) add_surfaces();
    add_muscles();
    throw_if_errors();
    model_.map = CoordinateMap(build_couplers(), links_);
    return std::move(model_);
  }

 private:
  template <class... Arguments>
  void add_error(int line, fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    errors_.push_back(fmt::format("{}:{}: {}", description_.file, line,
                                  fmt::format(text, std::forward<Arguments>(arguments)...)));
  }
  void throw_if_errors() const { LUMBARUN_THROW_UNLESS(errors_.empty(), "{}", fmt::join(errors_, "\n")); }

  void collect_coordinates() {
    for (const OsimJoint& joint : description_.joints) {
      for (const OsimCoordinate& coordinate : joint.coordinates) {
        coordinate_index_[coordinate.name] = model_.coordinate_count();
        model_.coordinates.push_back(coordinate);
      }
    }
  }

  void add_bodies() {
    std::map<std::string, const OsimJoint*> joint_of;
    for (const OsimJoint& joint : description_.joints) {
      const auto [it, is_new] = joint_of.emplace(joint.child, &joint);
      if (!is_new)
        add_error(joint.line,
                  "joint '{}': body '{}' is already the child of joint '{}' (line {}); closed loops cannot "
                  "be built",
                  joint.name, joint.child, it->second->name, it->second->line);
    }
    for (const auto& [child, joint] : joint_of) {
      if (child == kOsimGround) add_error(joint->line, "joint '{}': ground cannot be a child", joint->name);
    }
    for (const OsimBody& body : description_.bodies) {
      if (!joint_of.contains(body.name))
        add_error(body.line, "body '{}' is the child of no joint", body.name);
    }
    std::map<std::string, const OsimBody*> body_of;
    for (const OsimBody& body : description_.bodies) body_of[body.name] = &body;
    for (const OsimBody& body : description_.bodies) add_body(body.name, joint_of, body_of, 0);
    for (const OsimBody& body : description_.bodies)
      model_.bodies.push_back(bodies_.contains(body.name) ? bodies_[body.name] : BodyIndex());
  }

  // Parents first. False when the body hangs on nothing that is built.
  bool add_body(const std::string& name, const std::map<std::string, const OsimJoint*>& joint_of,
                const std::map<std::string, const OsimBody*>& body_of, int depth) {
    if (bodies_.contains(name)) return true;
    const auto found = joint_of.find(name);
    if (found == joint_of.end() || body_of.find(name) == body_of.end()) return false;
    const OsimJoint& joint = *found->second;
    if (depth > static_cast<int>(joint_of.size())) {
      if (circular_.insert(joint.child).second)
        add_error(joint.line, "joint '{}': the parents of body '{}' go in a circle ('{}' -> '{}' …)",
                  joint.name, name, name, joint.parent);
      return false;
    }
    if (circular_.contains(name) || !add_body(joint.parent, joint_of, body_of, depth + 1)) return false;
    std::vector<int> coordinates;
    for (const OsimCoordinate& coordinate : joint.coordinates)
      coordinates.push_back(coordinate_index_.at(coordinate.name));
    bodies_[name] =
        add_joint_chain(model_.tree, links_, name, joint.name, bodies_.at(joint.parent), joint.X_PF,
                        build_joint_steps(joint, coordinates), joint.X_CM, body_of.at(name)->inertia);
    return true;
  }

  std::vector<std::optional<CoordinateDrive>> build_couplers() {
    std::vector<std::optional<CoordinateDrive>> couplers(model_.coordinates.size());
    for (const OsimCoupler& coupler : description_.couplers) {
      CoordinateDrive drive;
      for (const std::string& name : coupler.independent)
        drive.arguments.push_back(coordinate_index_.at(name));
      drive.function = make_coordinate_function(coupler.function, static_cast<int>(drive.arguments.size()));
      std::optional<CoordinateDrive>& target = couplers[coordinate_index_.at(coupler.dependent)];
      if (target) add_error(coupler.line, "a second coupler of coordinate '{}'", coupler.dependent);
      target = drive;
    }
    if (const int i = CoordinateMap::find_cycle(couplers); i >= 0)
      add_error(model_.coordinates[i].line, "the couplers of coordinate '{}' go in a circle",
                model_.coordinates[i].name);
    throw_if_errors();
    return couplers;
  }

  void add_muscles() {
    std::vector<std::vector<PathPointDescription>> points;
    for (const OsimMuscle& muscle : description_.muscles) points.push_back(build_points(muscle));
    throw_if_errors();
    for (size_t i = 0; i < description_.muscles.size(); ++i)
      model_.muscles.push_back(build_variants(description_.muscles[i], points[i]));
  }

  // A moving point becomes a frame on slides: the tree must be complete before paths are compiled.
  std::vector<PathPointDescription> build_points(const OsimMuscle& muscle) {
    std::vector<PathPointDescription> points;
    if (muscle.points.size() > kMaxPathPoints)
      add_error(muscle.line, "muscle '{}' has {} path points, at most {} can be built", muscle.name,
                muscle.points.size(), kMaxPathPoints);
    for (const OsimPathPoint& from : muscle.points) {
      PathPointDescription point;
      point.body = bodies_.at(from.body);
      point.p_B = from.p_B;
      if (from.kind == OsimPathPointKind::kMoving) {
        point.body = add_moving_frame(fmt::format("{}/{}", muscle.name, points.size()), from);
        point.p_B = {};
      }
      points.push_back(point);
    }
    return points;
  }

  BodyIndex add_moving_frame(const std::string& name, const OsimPathPoint& point) {
    std::vector<JointStep> steps;
    const Vector3<double> axes[] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};
    for (int k = 0; k < 3; ++k) {
      JointStep step{JointKind::kSlide, std::string(1, "xyz"[k]), axes[k], {}};
      if (!point.drivers[k].empty()) step.drive.arguments = {coordinate_index_.at(point.drivers[k])};
      step.drive.function =
          make_coordinate_function(point.xyz[k], static_cast<int>(step.drive.arguments.size()));
      steps.push_back(step);
    }
    return add_joint_chain(model_.tree, links_, name, name, bodies_.at(point.body), point.X_BF, steps, {},
                           {});
  }

  void add_surfaces() {
    for (const OsimWrapObject& object : description_.wrap_objects) {
      if (object.kind == OsimWrapKind::kTorus) continue;  // the reader has warned
      const WrapKind kind = object.kind == OsimWrapKind::kSphere     ? WrapKind::kSphere
                            : object.kind == OsimWrapKind::kCylinder ? WrapKind::kCylinder
                                                                     : WrapKind::kEllipsoid;
      surfaces_[object.name] = WrapSurfaceDescription{
          object.name,     kind,          bodies_.at(object.body), object.X_BS,
          object.radii,    object.length, object.quadrant_axis,    object.quadrant_sign,
          object.is_active};
    }
  }

  OsimMusclePath build_variants(const OsimMuscle& muscle, const std::vector<PathPointDescription>& points) {
    OsimMusclePath path;
    path.name = muscle.name;
    for (const OsimPathPoint& point : muscle.points) {
      if (point.kind == OsimPathPointKind::kConditional)
        path.gates.push_back({coordinate_index_.at(point.coordinate), point.low, point.high});
    }
    if (path.gates.size() > kMaxGates) {
      add_error(muscle.line, "muscle '{}' has {} conditional points, at most {} can be built", muscle.name,
                path.gates.size(), kMaxGates);
      return path;
    }
    try {
      for (unsigned open = 0; open < (1u << path.gates.size()); ++open) {
        std::vector<WrapSurfaceDescription> surfaces;
        const MusclePathDescription variant = build_variant(muscle, points, open, surfaces);
        path.variants.push_back(compile_muscle_paths(model_.tree, {variant}, surfaces));
      }
    } catch (const BadInput& error) {
      add_error(muscle.line, "{}", error.what());
    }
    return path;
  }

  // The muscle with those conditional points whose bit in `open` is set, and the surfaces it wraps over.
  MusclePathDescription build_variant(const OsimMuscle& muscle,
                                      const std::vector<PathPointDescription>& points, unsigned open,
                                      std::vector<WrapSurfaceDescription>& surfaces) const {
    MusclePathDescription variant;
    variant.name = muscle.name;
    std::vector<int> active;  // active points, as numbered in the file
    int gate = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      const bool is_gated = muscle.points[i].kind == OsimPathPointKind::kConditional;
      const bool is_active = !is_gated || (open >> gate & 1u) != 0;
      if (is_gated) ++gate;
      if (!is_active) continue;
      variant.points.push_back(points[i]);
      active.push_back(static_cast<int>(i));
    }
    add_wraps(muscle, active, variant, surfaces);
    return variant;
  }

  // A range counts the file's points; the first and the last active point inside it bound the wrap. A range without an
  // active point ends the list, as in OpenSim.
  void add_wraps(const OsimMuscle& muscle, const std::vector<int>& active, MusclePathDescription& variant,
                 std::vector<WrapSurfaceDescription>& surfaces) const {
    for (const OsimPathWrap& wrap : muscle.wraps) {
      const auto surface = surfaces_.find(wrap.wrap_object);
      if (surface == surfaces_.end()) continue;
      const int last = wrap.last_point < 0 ? static_cast<int>(muscle.points.size()) - 1 : wrap.last_point;
      const auto begin = std::lower_bound(active.begin(), active.end(), std::max(wrap.first_point, 0));
      const auto end = std::upper_bound(active.begin(), active.end(), last);
      if (begin >= end) return;
      surfaces.push_back(surface->second);
      variant.wraps.push_back({static_cast<int>(surfaces.size()) - 1,
                               wrap.first_point < 0 ? -1 : static_cast<int>(begin - active.begin()),
                               wrap.last_point < 0 ? -1 : static_cast<int>(end - active.begin()) - 1});
    }
  }

  const OsimDescription& description_;
  OsimBuildOptions options_;
  OsimModel model_;
  std::vector<CoordinateDrive> links_;
  std::map<std::string, BodyIndex> bodies_;
  std::map<std::string, WrapSurfaceDescription> surfaces_;
  std::map<std::string, int> coordinate_index_;
  std::set<std::string> circular_;
  std::vector<std::string> errors_;
};

}  // namespace

OsimModel build_osim_model(const OsimDescription& description, const OsimBuildOptions& options) {
  return OsimBuilder(description, options).build();
}

}  // namespace lumbarun
