// The muscles as tabulated under models/runner/: muscles.csv, path_points.csv, moving_points.csv, wrap_surfaces.csv
// and wraps.csv (columns and sources: models/runner/SOURCES.md). Fascicles are tabulated on the right; the left ones are their
// mirror images.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "models/skeleton_tables.h"
#include "sim/tissue/muscle.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

struct PathPointRow {
  PathPointKind kind = PathPointKind::kFixed;
  std::string body;
  Vector3<double> p_B;  // m at the body's reference height
  std::string body_2;   // shared
  double weight_2 = 0.0;
  std::string coordinate;                     // conditional, moving
  double low = 0.0, high = 0.0, width = 0.0;  // rad, conditional
  std::vector<double> knots;                  // rad, moving
  std::vector<Vector3<double>> knot_points;   // m at the body's reference height, moving
};

struct WrapSurfaceRow {
  std::string name;
  WrapKind kind = WrapKind::kCylinder;
  std::string body;
  Transform<double> X_BS;  // m at the body's reference height
  Vector3<double> radii;   // m at the body's reference height
  double length = 0.0;     // m at the body's reference height; 0: endless
  int side_axis = -1;      // like WrapSurfaceDescription
  double side_sign = 1.0;
};

struct WrapRow {
  WrapSurfaceRow surface;
  int first_point = 0, last_point = 0;
};

struct MuscleRow {
  Muscle muscle;                       // right fascicle, lengths on the reference path; no force yet
  double reference_path_length = 0.0;  // m at q = 0 and the reference heights
  std::string substitute;              // what stands in for a wrapping surface, "none" otherwise
  std::vector<PathPointRow> points;
  std::vector<WrapRow> wraps;
};

using MuscleTables = std::vector<MuscleRow>;

// Throws BadInput with every mistake of every table; with `errors` they are added there.
MuscleTables read_muscle_tables(const std::filesystem::path& folder, const SkeletonTables& skeleton);
MuscleTables read_muscle_tables(const std::filesystem::path& folder, const SkeletonTables& skeleton,
                                TableErrors& errors);

struct RunnerTables {
  SkeletonTables skeleton;
  MuscleTables muscles;
};
// Both. Throws BadInput with every mistake of every table.
RunnerTables read_runner_tables(const std::filesystem::path& folder);

}  // namespace lumbarun
