#include "models/muscles.h"

#include <algorithm>

#include "models/hip_flexors.h"
#include "sim/core/contracts.h"
#include "sim/core/nearest_name.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

std::string get_side_name(const std::string& right, bool is_left) {
  return is_left ? get_left_name(right) : right;
}

PathPointDescription describe_point(const Model& model, const SkeletonTables& skeleton,
                                    const PersonParameters& person, const PathPointRow& row, bool is_left) {
  const double scale = calc_length_scale(skeleton.get_body(row.body), person, is_left);
  const auto placed = [&](const Vector3<double>& p) { return (is_left ? mirrored(p) : p) * scale; };
  PathPointDescription point;
  point.kind = row.kind;
  point.body = model.get_body(get_side_name(row.body, is_left));
  point.p_B = placed(row.p_B);
  if (row.kind == PathPointKind::kShared) {
    point.body_2 = model.get_body(get_side_name(row.body_2, is_left));
    point.weight_2 = row.weight_2;
  }
  if (!row.coordinate.empty())
    point.coordinate = model.get_coordinate(get_side_name(row.coordinate, is_left));
  point.low = row.low;
  point.high = row.high;
  point.width = row.width;
  point.knots = row.knots;
  for (const Vector3<double>& p : row.knot_points) point.knot_points.push_back(placed(p));
  return point;
}

// The z axis of a left frame is the mirror image of -z of the right one.
WrapSurfaceDescription describe_surface(const Model& model, const SkeletonTables& skeleton,
                                        const PersonParameters& person, const WrapSurfaceRow& row,
                                        bool is_left) {
  const double scale = calc_length_scale(skeleton.get_body(row.body), person, is_left);
  WrapSurfaceDescription surface;
  surface.name = get_side_name(row.name, is_left);
  surface.kind = row.kind;
  surface.body = model.get_body(get_side_name(row.body, is_left));
  surface.X_BS = row.X_BS;
  if (is_left) surface.X_BS = {mirrored(row.X_BS.rotation), mirrored(row.X_BS.translation)};
  surface.X_BS.translation = surface.X_BS.translation * scale;
  surface.radii = row.radii * scale;
  surface.length = row.length * scale;
  surface.quadrant_axis = row.side_axis;
  surface.quadrant_sign = is_left && row.side_axis == 2 ? -row.side_sign : row.side_sign;
  return surface;
}

bool is_vertebra(const std::string& body) { return body.size() == 2 && body[0] == 'L'; }

bool crosses_lumbar_level(const Model& model, const MusclePathSet& paths, int muscle) {
  const MusclePath& path = paths.muscles[muscle];
  for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
    const std::string& name = model.link(paths.arm_coordinate[k]).coordinate;
    if (name.starts_with("T12_") || (name.size() > 3 && name[0] == 'L' && name[2] == '_')) return true;
  }
  return false;
}

void check_groups(const MuscleTables& tables, const std::map<std::string, double>& by_group) {
  std::vector<std::string> known;
  for (const MuscleRow& row : tables) known.push_back(row.muscle.group);
  for (const auto& [group, value] : by_group) {
    LUMBARUN_THROW_UNLESS(std::find(known.begin(), known.end(), group) != known.end(),
                          "no muscle belongs to group '{}'; the nearest known one is '{}'", group,
                          nearest_name(group, known));
  }
}

double get_or(const std::map<std::string, double>& by_group, const std::string& group, double otherwise) {
  const auto it = by_group.find(group);
  return it == by_group.end() ? otherwise : it->second;
}

// Area, force and floor of a muscle whose path is `ratio` times as long as the table's.
void set_strength(const PersonParameters& person, const MuscleParameters& parameters, double ratio,
                  Muscle& muscle) {
  muscle.pcsa *= calc_muscle_volume_scale(person) / ratio;
  muscle.max_isometric_force = muscle.pcsa / kSquareMetrePerSquareCentimetre *
                               parameters.specific_tension_n_cm2 * parameters.strength *
                               get_or(parameters.group_strength, muscle.group, 1.0) *
                               parameters.side_strength[muscle.side == BodySide::kLeft ? 1 : 0];
  muscle.min_activation =
      std::max(muscle.min_activation, get_or(parameters.group_min_activation, muscle.group, 0.0));
}

}  // namespace

double calc_muscle_volume_scale(const PersonParameters& person) {
  constexpr double kFemale = 30.6 / 38.4, kAgeOfDecline = 40.0, kDecline = 0.008;
  const double sex = person.sex == Sex::kFemale ? kFemale : 1.0;
  const double age = 1.0 - kDecline * std::max(0.0, person.age_years - kAgeOfDecline);
  return person.mass_kg / kMuscleReferenceMass * sex * age;
}

RunnerMuscles build_muscles(const Model& model, const SkeletonTables& skeleton, const MuscleTables& tables,
                            const PersonParameters& person, const MuscleParameters& parameters) {
  check_groups(tables, parameters.group_strength);
  check_groups(tables, parameters.group_min_activation);
  RunnerMuscles built;
  std::vector<MusclePathDescription> descriptions;
  std::vector<WrapSurfaceDescription> surfaces;
  for (const bool is_left : {false, true}) {
    for (const MuscleRow& row : tables) {
      MusclePathDescription& path = descriptions.emplace_back();
      path.name = get_side_name(row.muscle.name, is_left);
      for (const PathPointRow& point : row.points) {
        path.points.push_back(describe_point(model, skeleton, person, point, is_left));
        if (row.muscle.group == "psoas_major" && is_vertebra(point.body))
          path.points.back().p_B.x += parameters.psoas_shift_m;
      }
      for (const WrapRow& wrap : row.wraps) {
        path.wraps.push_back({static_cast<int>(surfaces.size()), wrap.first_point, wrap.last_point});
        surfaces.push_back(describe_surface(model, skeleton, person, wrap.surface, is_left));
      }
      Muscle& muscle = built.muscles.emplace_back(row.muscle);
      muscle.name = path.name;
      muscle.side = is_left ? BodySide::kLeft : BodySide::kRight;
    }
  }
  built.paths = compile_muscle_paths(model, descriptions, surfaces);

  const std::vector<double> standing(model.coordinate_count(), 0.0);
  Data<double> data(model);
  update_positions(model, data, standing.data());
  MusclePathData<double> lengths(built.paths);
  update_muscle_paths(built.paths, model, data, standing.data(), standing.data(), lengths);
  for (int m = 0; m < built.paths.muscle_count(); ++m) {
    Muscle& muscle = built.muscles[m];
    const double ratio = lengths.length[m] / tables[m % tables.size()].reference_path_length;
    muscle.optimal_fiber_length *= ratio;
    muscle.tendon_slack_length *= ratio;
    set_strength(person, parameters, ratio, muscle);
    muscle.is_trunk = crosses_lumbar_level(model, built.paths, m);
  }
  for (const BodySide side : {BodySide::kRight, BodySide::kLeft}) {
    shorten_hip_flexors(model, side, parameters.hip_flexor_tightness_deg[side == BodySide::kLeft ? 1 : 0],
                        built);
  }
  return built;
}

}  // namespace lumbarun
