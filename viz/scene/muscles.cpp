#include "viz/scene/muscles.h"

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
constexpr int kMostPieces = 22;

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

double calc_length(const std::vector<Vector3d>& path) {
  double length = 0;
  for (std::size_t i = 1; i < path.size(); ++i) length += (path[i] - path[i - 1]).norm();
  return length;
}

std::vector<int> calc_rings(const RunRecord& record, double piece) {
  const std::size_t count = record.names.muscles.size();
  const MuscleRecord& muscles = record.muscles;
  LUMBARUN_THROW_UNLESS(count > 0 && muscles.path_row_size.size() == count && !muscles.path_point.empty(),
                        "group /muscles has no paths (row_size, path_point)");
  std::vector<int> rings;
  for (std::size_t m = 0; m < count; ++m) {
    // A straight muscle needs few rings; its length is that of its first sample with a length.
    const double length = muscles.path_length.size() > m && std::isfinite(muscles.path_length[m])
                              ? muscles.path_length[m]
                              : 0.3;
    rings.push_back(std::clamp(static_cast<int>(length / piece), std::max(5, static_cast<int>(0.126 / piece)),
                               kMostPieces) +
                    1);
  }
  return rings;
}

}  // namespace

std::vector<Vector3d> calc_muscle_line(const std::vector<Vector3d>& path, int pieces) {
  const std::vector<Vector3d> line = round_corners(round_corners(path));
  const double length = calc_length(line);
  std::vector<Vector3d> points;
  std::size_t segment = 0;
  double start = 0;
  for (int i = 0; i <= pieces; ++i) {
    const double wanted = length * i / pieces;
    double piece = (line[segment + 1] - line[segment]).norm();
    while (segment + 2 < line.size() && start + piece < wanted) {
      start += piece;
      ++segment;
      piece = (line[segment + 1] - line[segment]).norm();
    }
    const double t = std::clamp((wanted - start) / std::max(piece, 1e-9), 0.0, 1.0);
    points.push_back((1 - t) * line[segment] + t * line[segment + 1]);
  }
  return points;
}

double calc_belly_radius(double max_force, double thickness) {
  return std::clamp(thickness * std::sqrt(max_force / kSpecificTension / std::numbers::pi), kSlimmest,
                    kThickest);
}

double get_flatness(const std::string& group) {
  if (group == "external_oblique" || group == "internal_oblique") return 2.4;
  if (group == "latissimus_dorsi") return 2.2;
  if (group == "rectus_abdominis" || group == "quadratus_lumborum") return 2.0;
  if (group == "iliacus" || group == "gluteus_medius" || group == "gluteus_minimus") return 1.6;
  return 1.0;
}

double calc_profile(double s) { return 0.22 + 0.78 * std::pow(std::sin(std::numbers::pi * s), 1.2); }

double calc_sheet_profile(double s) {
  constexpr double kRounded = 0.12;
  const double t = 1 - std::min(1.0, std::min(s, 1 - s) / kRounded);
  return (0.35 + 0.65 * calc_profile(s)) * std::sqrt(1 - t * t);
}

MuscleSurface::MuscleSurface(const RunRecord& record, const MuscleOptions& options)
    : record_(record),
      options_(options),
      rings_(calc_rings(record, options.piece)),
      surface_(rings_, options.sides) {
  for (int k = 0; k < options.sides; ++k) {
    const double angle = 2 * std::numbers::pi * k / options.sides;
    circle_.emplace_back(std::cos(angle), std::sin(angle));
  }
  const MuscleRecord& muscles = record.muscles;
  for (std::size_t m = 0; m < record.names.muscles.size(); ++m) {
    first_station_.push_back(stations_);
    stations_ += static_cast<std::size_t>(std::max(0, muscles.path_row_size[m]));
    const double force = muscles.max_isometric_force.empty() ? 300.0 : muscles.max_isometric_force[m];
    radius_.push_back(calc_belly_radius(force, options.thickness));
    flatness_.push_back(m < record.names.muscle_groups.size() ? get_flatness(record.names.muscle_groups[m])
                                                              : 1.0);
  }
  LUMBARUN_THROW_UNLESS(muscles.path_point.size() == record.time.size() * stations_ * 3,
                        "/muscles/path_point does not have the size that row_size tells");
}

std::vector<Vector3d> MuscleSurface::read_path(const RunFrame& frame, std::size_t muscle) const {
  const std::size_t first = frame.get_sample() * stations_ + first_station_[muscle];
  std::vector<Vector3d> path;
  for (int i = 0; i < record_.muscles.path_row_size[muscle]; ++i) {
    path.emplace_back(&record_.muscles.path_point[(first + static_cast<std::size_t>(i)) * 3]);
  }
  return path;
}

void MuscleSurface::update_muscle(std::size_t muscle, const std::vector<Vector3d>& path,
                                  const Vector3d& trunk, const Color& color) {
  const int pieces = rings_[muscle] - 1;
  const std::vector<Vector3d> line = calc_muscle_line(path, pieces);
  const double flat = std::sqrt(flatness_[muscle]);
  ring_points_.resize(line.size());
  Vector3d normal = (line.back() - line.front()).unitOrthogonal();
  for (std::size_t i = 0; i < line.size(); ++i) {
    const Vector3d tangent =
        (line[std::min(i + 1, line.size() - 1)] - line[i == 0 ? 0 : i - 1]).stableNormalized();
    // The thin direction of a sheet points away from the trunk's axis.
    Vector3d out = line[i] - trunk;
    out.y() = 0;
    if (flat > 1) normal = out;
    normal -= normal.dot(tangent) * tangent;
    if (normal.norm() < 1e-9) normal = tangent.unitOrthogonal();
    normal.normalize();
    const Vector3d across = normal.cross(tangent);
    const double s = static_cast<double>(i) / pieces;
    const double radius =
        std::max(0.0014, radius_[muscle] * (flat > 1 ? calc_sheet_profile(s) : calc_profile(s)));
    std::vector<Vector3d>& ring = ring_points_[i];
    ring.clear();
    for (const Eigen::Vector2d& corner : circle_)
      ring.push_back(line[i] + radius * (corner.x() / flat * normal + flat * corner.y() * across));
  }
  surface_.set_tube(muscle, ring_points_, color);
  points_.push_back(line[line.size() / 2]);
  points_.push_back(line[line.size() / 4]);
  points_.push_back(line[3 * line.size() / 4]);
}

void MuscleSurface::update(const RunFrame& frame, const Quantity& quantity,
                           vtkColorTransferFunction* colors) {
  points_.clear();
  const Vector3d trunk = frame.calc_pose("L3").p;
  for (std::size_t m = 0; m < radius_.size(); ++m) {
    const std::vector<Vector3d> path = read_path(frame, m);
    const double value = quantity.get(frame.get_sample(), m);
    const bool is_defined =
        path.size() > 1 && std::isfinite(value) &&
        std::all_of(path.begin(), path.end(), [](const Vector3d& p) { return p.allFinite(); });
    const bool is_near = std::any_of(path.begin(), path.end(),
                                     [&](const Vector3d& p) { return (p - trunk).norm() < options_.reach; });
    if (is_defined && is_near) {
      update_muscle(m, path, trunk, get_color(colors, value));
    } else {
      surface_.hide_tube(m);
    }
  }
  surface_.finish();
}

}  // namespace lumbarun::viz
