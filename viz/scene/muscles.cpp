#include "viz/scene/muscles.h"

#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/core/contracts.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// 60 N/cm² (Rajagopal et al. 2016).
constexpr double kSpecificTension = 600e3;  // Pa
constexpr double kSlimmest = 0.0022;        // m
constexpr double kThickest = 0.0215;        // m

double calc_belly_radius(double max_force, double thickness) {
  return std::clamp(thickness * std::sqrt(max_force / kSpecificTension / std::numbers::pi), kSlimmest,
                    kThickest);
}

// Cuts the corners of a path (Chaikin 1974), keeping its ends.
std::vector<Vector3d> round_corners(const std::vector<Vector3d>& path) {
  if (path.size() < 3) return path;
  std::vector<Vector3d> round = {path.front()};
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (i > 0) round.push_back(0.75 * path[i] + 0.25 * path[i + 1]);
    if (i + 2 < path.size()) round.push_back(0.25 * path[i] + 0.75 * path[i + 1]);
  }
  round.push_back(path.back());
  return round;
}

// Equal pieces of about 12 mm, so that the belly tapers evenly.
std::vector<Vector3d> resample(const std::vector<Vector3d>& path) {
  std::vector<double> length = {0};
  for (std::size_t i = 1; i < path.size(); ++i)
    length.push_back(length.back() + (path[i] - path[i - 1]).norm());
  const int pieces = std::clamp(static_cast<int>(length.back() / 0.012), 8, 40);
  std::vector<Vector3d> points;
  std::size_t segment = 0;
  for (int i = 0; i <= pieces; ++i) {
    const double wanted = length.back() * i / pieces;
    while (segment + 2 < path.size() && length[segment + 1] < wanted) ++segment;
    const double piece = std::max(length[segment + 1] - length[segment], 1e-9);
    const double t = std::clamp((wanted - length[segment]) / piece, 0.0, 1.0);
    points.push_back((1 - t) * path[segment] + t * path[segment + 1]);
  }
  return points;
}

Mesh build_muscle(const std::vector<Vector3d>& path, double radius, double activation) {
  TubeShape shape;
  shape.points = resample(round_corners(round_corners(path)));
  for (std::size_t i = 0; i < shape.points.size(); ++i) {
    const double s = static_cast<double>(i) / static_cast<double>(shape.points.size() - 1);
    const double belly = std::pow(std::sin(std::numbers::pi * s), 1.2);
    shape.radii.push_back(std::max(0.0016, radius * (0.22 + 0.78 * belly)));
  }
  shape.sides = radius > 0.006 ? 16 : 10;
  Mesh mesh = build_tube(shape);
  vtkNew<vtkDoubleArray> scalars;
  scalars->SetName("activation");
  scalars->SetNumberOfTuples(mesh->GetNumberOfPoints());
  scalars->Fill(activation);
  mesh->GetPointData()->SetScalars(scalars);
  return mesh;
}

}  // namespace

Mesh build_muscles(const RunFrame& frame, const MuscleOptions& options) {
  const RunRecord& record = frame.get_record();
  const MuscleRecord& muscles = record.muscles;
  const std::size_t count = record.names.muscles.size();
  LUMBARUN_THROW_UNLESS(count > 0 && muscles.path_row_size.size() == count && !muscles.path_point.empty(),
                        "group /muscles has no paths (row_size, path_point)");
  const std::size_t stations = muscles.path_point.size() / record.time.size() / 3;
  const double* station = &muscles.path_point[frame.get_sample() * stations * 3];
  std::vector<Mesh> meshes;
  for (std::size_t m = 0; m < count; ++m) {
    std::vector<Vector3d> path;
    for (int i = 0; i < muscles.path_row_size[m]; ++i, station += 3) path.emplace_back(station);
    const double activation = muscles.activation[frame.get_sample() * count + m];
    const bool is_shown =
        std::isfinite(activation) && std::all_of(path.begin(), path.end(), [&](const Vector3d& p) {
          return p.allFinite() && !((p - options.center).norm() > options.reach);
        });
    if (path.size() < 2 || !is_shown) continue;
    const double force = muscles.max_isometric_force.empty() ? 300.0 : muscles.max_isometric_force[m];
    meshes.push_back(build_muscle(path, calc_belly_radius(force, options.thickness), activation));
  }
  return join(meshes);
}

}  // namespace lumbarun::viz
