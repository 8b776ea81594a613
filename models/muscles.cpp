#include "models/muscles.h"

#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

std::string get_side_name(const std::string& right, bool is_left) {
  return is_left ? get_left_name(right) : right;
}

PathPointDescription describe_point(const Model& model, const SkeletonTables& skeleton,
                                    const PersonParameters& person, const PathPointRow& row, bool is_left) {
  const double scale = calc_length_scale(skeleton.get_body(row.body), person);
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

bool crosses_lumbar_level(const Model& model, const MusclePathSet& paths, int muscle) {
  const MusclePath& path = paths.muscles[muscle];
  for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
    const std::string& name = model.link(paths.arm_coordinate[k]).coordinate;
    if (name.starts_with("T12_") || (name.size() > 3 && name[0] == 'L' && name[2] == '_')) return true;
  }
  return false;
}

}  // namespace

RunnerMuscles build_muscles(const Model& model, const SkeletonTables& skeleton, const MuscleTables& tables,
                            const PersonParameters& person) {
  RunnerMuscles built;
  std::vector<MusclePathDescription> descriptions;
  for (const bool is_left : {false, true}) {
    for (const MuscleRow& row : tables) {
      MusclePathDescription& path = descriptions.emplace_back();
      path.name = get_side_name(row.muscle.name, is_left);
      for (const PathPointRow& point : row.points) {
        path.points.push_back(describe_point(model, skeleton, person, point, is_left));
      }
      Muscle& muscle = built.muscles.emplace_back(row.muscle);
      muscle.name = path.name;
      muscle.side = is_left ? BodySide::kLeft : BodySide::kRight;
    }
  }
  built.paths = compile_muscle_paths(model, descriptions);

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
    muscle.max_isometric_force *= person.mass_kg / kMuscleReferenceMass / ratio;
    muscle.is_trunk = crosses_lumbar_level(model, built.paths, m);
  }
  return built;
}

}  // namespace lumbarun
