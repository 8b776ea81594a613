#include "sim/interop/osim_model.h"

#include <algorithm>
#include <map>
#include <set>

#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"
#include "sim/interop/joint_chain.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kGateTolerance = 1e-5;  // rad or m, OpenSim's
constexpr int kMaxGates = 6;             // conditional points of one muscle

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

  OsimMusclePath build_variants(const OsimMuscle& muscle, const std::vector<PathPointDescription>& points) {
    OsimMusclePath path;
    path.name = muscle.name;
    for (const OsimPathPoint& point : muscle.points) {
      if (point.kind == OsimPathPointKind::kConditional)
        path.gates.push_back({coordinate_index_.at(point.coordinate), point.low, point.high});
    }
    LUMBARUN_THROW_UNLESS(path.gates.size() <= kMaxGates,
                          "{}:{}: muscle '{}' has {} conditional points, at most {}", description_.file,
                          muscle.line, muscle.name, path.gates.size(), kMaxGates);
    for (unsigned open = 0; open < (1u << path.gates.size()); ++open) {
      const MusclePathDescription variant = build_variant(muscle, points, open);
      path.variants.push_back(compile_muscle_paths(model_.tree, {variant}));
    }
    return path;
  }

  static MusclePathDescription build_variant(const OsimMuscle& muscle,
                                             const std::vector<PathPointDescription>& points, unsigned open) {
    MusclePathDescription variant;
    variant.name = muscle.name;
    int gate = 0;
    for (size_t i = 0; i < points.size(); ++i) {
      const bool is_gated = muscle.points[i].kind == OsimPathPointKind::kConditional;
      const bool is_active = !is_gated || (open >> gate & 1u) != 0;
      if (is_gated) ++gate;
      if (is_active) variant.points.push_back(points[i]);
    }
    return variant;
  }

  const OsimDescription& description_;
  OsimBuildOptions options_;
  OsimModel model_;
  std::vector<CoordinateDrive> links_;
  std::map<std::string, BodyIndex> bodies_;
  std::map<std::string, int> coordinate_index_;
  std::set<std::string> circular_;
  std::vector<std::string> errors_;
};

template <class Items>
int find_by_name(const Items& items, const std::string& name, const char* kind) {
  std::vector<std::string> known;
  for (size_t i = 0; i < items.size(); ++i) {
    if (items[i].name == name) return static_cast<int>(i);
    known.push_back(items[i].name);
  }
  throw BadInput(
      fmt::format("unknown {} '{}'; the nearest known one is '{}'", kind, name, nearest_name(name, known)));
}

}  // namespace

int OsimModel::get_coordinate(const std::string& name) const {
  return find_by_name(coordinates, name, "coordinate");
}
int OsimModel::get_muscle(const std::string& name) const { return find_by_name(muscles, name, "muscle"); }

std::vector<double> OsimModel::default_q() const {
  std::vector<double> q;
  for (const OsimCoordinate& coordinate : coordinates) q.push_back(coordinate.default_value);
  return q;
}

OsimModel build_osim_model(const OsimDescription& description, const OsimBuildOptions& options) {
  return OsimBuilder(description, options).build();
}

OsimModelData::OsimModelData(const OsimModel& model)
    : map(model.map),
      link_speed(model.tree.coordinate_count(), 0.0),
      tree(model.tree),
      variant(model.muscle_count(), 0),
      length(model.muscle_count(), 0.0),
      velocity(model.muscle_count(), 0.0),
      moment_arm(static_cast<size_t>(model.muscle_count()) * model.coordinate_count(), 0.0) {
  for (const OsimMusclePath& muscle : model.muscles) {
    auto& variants = path.emplace_back();
    for (const MusclePathSet& set : muscle.variants) variants.emplace_back(set);
  }
}

void update_osim_pose(const OsimModel& model, std::span<const double> q, std::span<const double> u,
                      OsimModelData& data) {
  LUMBARUN_DEMAND(u.size() == q.size());
  update_coordinate_map(model.map, q, data.map);
  for (size_t i = 0; i < data.link_speed.size(); ++i) {
    data.link_speed[i] = 0.0;
    for (const CoordinateSlope& slope : data.map.link_slope[i])
      data.link_speed[i] += slope.value * u[slope.coordinate];
  }
  update_positions(model.tree, data.tree, data.map.link.data());
  update_velocities(model.tree, data.tree, data.link_speed.data());
}

void update_osim_muscles(const OsimModel& model, OsimModelData& data) {
  std::fill(data.moment_arm.begin(), data.moment_arm.end(), 0.0);
  for (int m = 0; m < model.muscle_count(); ++m) {
    const OsimMusclePath& muscle = model.muscles[m];
    int open = 0;
    for (size_t i = 0; i < muscle.gates.size(); ++i) {
      const OsimPathGate& gate = muscle.gates[i];
      const double q = data.map.q[gate.coordinate];
      if (q >= gate.low - kGateTolerance && q <= gate.high + kGateTolerance) open |= 1 << i;
    }
    const MusclePathSet& set = muscle.variants[open];
    MusclePathData<double>& out = data.path[m][open];
    update_muscle_paths(set, model.tree, data.tree, data.map.link.data(), data.link_speed.data(), out);
    data.variant[m] = open;
    data.length[m] = out.length[0];
    data.velocity[m] = out.velocity[0];
    double* arms = data.moment_arm.data() + static_cast<size_t>(m) * model.coordinate_count();
    for (size_t k = 0; k < set.arm_coordinate.size(); ++k) {
      for (const CoordinateSlope& slope : data.map.link_slope[set.arm_coordinate[k]])
        arms[slope.coordinate] += out.moment_arm[k] * slope.value;
    }
  }
}

}  // namespace lumbarun
