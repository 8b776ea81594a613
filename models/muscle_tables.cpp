#include "models/muscle_tables.h"

#include "models/table.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

struct KnownNames {
  std::vector<std::string> bodies, coordinates, muscles;
};

MuscleTables read_muscles(const std::filesystem::path& path, TableErrors& errors) {
  const Table table = Table::read(
      path,
      {"muscle", "group", "pcsa_cm2", "optimal_fiber_length_m", "tendon_slack_length_m", "pennation_rad",
       "max_velocity_lopt_per_s", "tendon", "reference_path_length_m", "substitute"},
      errors);
  MuscleTables muscles;
  for (int row = 0; row < table.row_count(); ++row) {
    MuscleRow read;
    read.muscle.name = table.get_text(row, "muscle");
    read.muscle.group = table.get_text(row, "group");
    read.muscle.side = BodySide::kRight;
    read.muscle.pcsa = kSquareMetrePerSquareCentimetre * table.read_positive(row, "pcsa_cm2", errors);
    read.muscle.optimal_fiber_length = table.read_positive(row, "optimal_fiber_length_m", errors);
    read.muscle.tendon_slack_length = table.read_positive(row, "tendon_slack_length_m", errors);
    read.muscle.pennation = table.read_number(row, "pennation_rad", errors);
    if (read.muscle.pennation < 0.0 || read.muscle.pennation > 1.2) {
      table.report(row, "pennation_rad", "must lie within 0 ... 1.2 rad", errors);
    }
    read.muscle.max_velocity = table.read_positive(row, "max_velocity_lopt_per_s", errors);
    read.muscle.tendon =
        static_cast<TendonKind>(table.read_choice(row, "tendon", {"rigid", "elastic"}, errors));
    read.reference_path_length = table.read_positive(row, "reference_path_length_m", errors);
    read.substitute = table.get_text(row, "substitute");
    muscles.push_back(std::move(read));
  }
  return muscles;
}

PathPointRow read_point(const Table& table, int row, const KnownNames& known, TableErrors& errors) {
  PathPointRow point;
  point.kind = static_cast<PathPointKind>(
      table.read_choice(row, "kind", {"fixed", "shared", "moving", "conditional"}, errors));
  table.read_choice(row, "body", known.bodies, errors);
  point.body = table.get_text(row, "body");
  point.p_B = {table.read_number(row, "x_m", errors), table.read_number(row, "y_m", errors),
               table.read_number(row, "z_m", errors)};
  if (point.kind == PathPointKind::kShared) {
    table.read_choice(row, "body_2", known.bodies, errors);
    point.body_2 = table.get_text(row, "body_2");
    point.weight_2 = table.read_positive(row, "weight_2_1", errors);
    if (point.weight_2 >= 1.0) table.report(row, "weight_2_1", "must be below 1", errors);
  }
  if (point.kind == PathPointKind::kConditional || point.kind == PathPointKind::kMoving) {
    table.read_choice(row, "coordinate", known.coordinates, errors);
    point.coordinate = table.get_text(row, "coordinate");
  }
  if (point.kind == PathPointKind::kConditional) {
    point.low = table.read_number(row, "low_rad", errors);
    point.high = table.read_number(row, "high_rad", errors);
    point.width = table.read_positive(row, "blend_width_rad", errors);
    if (point.high - point.low < point.width) {
      table.report(row, "blend_width_rad", "is wider than the range from low_rad to high_rad", errors);
    }
  }
  return point;
}

void read_points(const std::filesystem::path& path, const KnownNames& known, MuscleTables& muscles,
                 TableErrors& errors) {
  const Table table = Table::read(path,
                                  {"muscle", "index", "kind", "body", "x_m", "y_m", "z_m", "body_2",
                                   "weight_2_1", "coordinate", "low_rad", "high_rad", "blend_width_rad"},
                                  errors);
  if (muscles.empty()) return;
  for (int row = 0; row < table.row_count(); ++row) {
    MuscleRow& muscle = muscles[table.read_choice(row, "muscle", known.muscles, errors)];
    if (table.read_number(row, "index", errors) != static_cast<double>(muscle.points.size())) {
      table.report(row, "index", fmt::format("expected {}", muscle.points.size()), errors);
    }
    muscle.points.push_back(read_point(table, row, known, errors));
  }
}

void read_curves(const std::filesystem::path& path, const KnownNames& known, MuscleTables& muscles,
                 TableErrors& errors) {
  const Table table = Table::read(path, {"muscle", "index", "angle_rad", "x_m", "y_m", "z_m"}, errors);
  if (muscles.empty()) return;
  for (int row = 0; row < table.row_count(); ++row) {
    MuscleRow& muscle = muscles[table.read_choice(row, "muscle", known.muscles, errors)];
    const double index = table.read_number(row, "index", errors);
    if (index < 0.0 || index >= static_cast<double>(muscle.points.size()) ||
        muscle.points[static_cast<size_t>(index)].kind != PathPointKind::kMoving) {
      table.report(row, "index", "is not a moving point of this muscle", errors);
      continue;
    }
    PathPointRow& point = muscle.points[static_cast<size_t>(index)];
    const double angle = table.read_number(row, "angle_rad", errors);
    if (!point.knots.empty() && angle <= point.knots.back())
      table.report(row, "angle_rad", "must increase", errors);
    point.knots.push_back(angle);
    point.knot_points.push_back({table.read_number(row, "x_m", errors), table.read_number(row, "y_m", errors),
                                 table.read_number(row, "z_m", errors)});
  }
}

std::vector<WrapSurfaceRow> read_surfaces(const std::filesystem::path& path, const KnownNames& known,
                                          TableErrors& errors) {
  const Table table =
      Table::read(path,
                  {"surface", "kind", "body", "x_m", "y_m", "z_m", "turn_x_rad", "turn_y_rad", "turn_z_rad",
                   "radius_x_m", "radius_y_m", "radius_z_m", "length_m", "side"},
                  errors);
  std::vector<WrapSurfaceRow> surfaces;
  for (int row = 0; row < table.row_count(); ++row) {
    const auto number = [&](const char* column) { return table.read_number(row, column, errors); };
    WrapSurfaceRow& surface = surfaces.emplace_back();
    surface.name = table.get_text(row, "surface");
    surface.kind =
        static_cast<WrapKind>(table.read_choice(row, "kind", {"sphere", "cylinder", "ellipsoid"}, errors));
    table.read_choice(row, "body", known.bodies, errors);
    surface.body = table.get_text(row, "body");
    surface.X_BS = {rotation_from_body_xyz(number("turn_x_rad"), number("turn_y_rad"), number("turn_z_rad")),
                    {number("x_m"), number("y_m"), number("z_m")}};
    surface.radii.x = table.read_positive(row, "radius_x_m", errors);
    if (surface.kind == WrapKind::kEllipsoid) {
      surface.radii.y = table.read_positive(row, "radius_y_m", errors);
      surface.radii.z = table.read_positive(row, "radius_z_m", errors);
    }
    surface.length = number("length_m");
    if (surface.length < 0.0) table.report(row, "length_m", "must not be negative", errors);
    const int side = table.read_choice(row, "side", {"all", "x", "y", "z", "-x", "-y", "-z"}, errors);
    surface.side_axis = side == 0 ? -1 : (side - 1) % 3;
    surface.side_sign = side > 3 ? -1.0 : 1.0;
  }
  return surfaces;
}

void read_wraps(const std::filesystem::path& path, const KnownNames& known,
                const std::vector<WrapSurfaceRow>& surfaces, MuscleTables& muscles, TableErrors& errors) {
  const Table table = Table::read(path, {"muscle", "surface", "first_index", "last_index"}, errors);
  if (muscles.empty() || surfaces.empty()) return;
  std::vector<std::string> names;
  for (const WrapSurfaceRow& surface : surfaces) names.push_back(surface.name);
  for (int row = 0; row < table.row_count(); ++row) {
    MuscleRow& muscle = muscles[table.read_choice(row, "muscle", known.muscles, errors)];
    const WrapSurfaceRow& surface = surfaces[table.read_choice(row, "surface", names, errors)];
    const double first = table.read_number(row, "first_index", errors);
    const double last = table.read_number(row, "last_index", errors);
    if (first < 0.0 || first >= last || last >= static_cast<double>(muscle.points.size())) {
      table.report(row, "last_index",
                   fmt::format("'{}' has points 0 ... {}, the wrap needs first_index < last_index among them",
                               muscle.muscle.name, static_cast<int>(muscle.points.size()) - 1),
                   errors);
    }
    muscle.wraps.push_back({surface, static_cast<int>(first), static_cast<int>(last)});
  }
}

}  // namespace

MuscleTables read_muscle_tables(const std::filesystem::path& folder, const SkeletonTables& skeleton) {
  TableErrors errors;
  MuscleTables muscles = read_muscle_tables(folder, skeleton, errors);
  errors.throw_if_any();
  return muscles;
}

RunnerTables read_runner_tables(const std::filesystem::path& folder) {
  TableErrors errors;
  RunnerTables tables;
  tables.skeleton = read_skeleton_tables(folder, errors);
  tables.muscles = read_muscle_tables(folder, tables.skeleton, errors);
  errors.throw_if_any();
  return tables;
}

MuscleTables read_muscle_tables(const std::filesystem::path& folder, const SkeletonTables& skeleton,
                                TableErrors& errors) {
  MuscleTables muscles = read_muscles(folder / "muscles.csv", errors);
  KnownNames known;
  for (const JointRow& joint : skeleton.joints) {
    known.bodies.push_back(joint.child);
    for (const JointAxis& axis : joint.axes) known.coordinates.push_back(axis.coordinate);
  }
  for (const MuscleRow& row : muscles) known.muscles.push_back(row.muscle.name);
  read_points(folder / "path_points.csv", known, muscles, errors);
  read_curves(folder / "moving_points.csv", known, muscles, errors);
  const std::vector<WrapSurfaceRow> surfaces = read_surfaces(folder / "wrap_surfaces.csv", known, errors);
  read_wraps(folder / "wraps.csv", known, surfaces, muscles, errors);
  for (const MuscleRow& row : muscles) {
    if (row.points.size() < 2) {
      errors.add(fmt::format("{}: muscle '{}' has {} points, it needs at least 2",
                             (folder / "path_points.csv").string(), row.muscle.name, row.points.size()));
    }
    for (const PathPointRow& point : row.points) {
      if (point.kind == PathPointKind::kMoving && point.knots.size() < 3) {
        errors.add(fmt::format("{}: a moving point of '{}' has {} knots, it needs at least 3",
                               (folder / "moving_points.csv").string(), row.muscle.name, point.knots.size()));
      }
    }
  }
  return muscles;
}

}  // namespace lumbarun
