#include "viz/skeleton/shoe.h"

#include <vtkFloatArray.h>
#include <vtkNew.h>
#include <vtkPointData.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kHeelEnd = -0.034;  // back of the shoe, m along x
constexpr double kToeEnd = 0.262;
constexpr double kFootBottom = -0.028;  // the foot's own sole, m along y
constexpr int kStations = 64;
constexpr int kSides = 40;

// Piecewise linear table, then smoothed by its caller's dense sampling.
double look_up(const std::vector<std::pair<double, double>>& table, double x) {
  for (std::size_t i = 0; i + 1 < table.size(); ++i) {
    if (x > table[i + 1].first) continue;
    const double t = (x - table[i].first) / (table[i + 1].first - table[i].first);
    const double s = t * t * (3 - 2 * t);
    return (1 - s) * table[i].second + s * table[i + 1].second;
  }
  return table.back().second;
}

// The footprint: round at both ends, narrow at the arch, wide at the ball; its middle bends towards the big
// toe.
double calc_half_width(double x) {
  const double heel = std::clamp((x - kHeelEnd) / 0.030, 0.0, 1.0);
  const double toe = std::clamp((kToeEnd - x) / 0.055, 0.0, 1.0);
  const double round = std::sqrt(heel * (2 - heel)) * std::sqrt(toe * (2 - toe));
  return round * look_up({{-0.04, 0.034}, {0.02, 0.036}, {0.09, 0.035}, {0.17, 0.048}, {0.27, 0.046}}, x);
}

double calc_middle(double x) {
  return look_up({{-0.04, -0.004}, {0.03, -0.004}, {0.10, 0.004}, {0.17, -0.002}, {0.27, -0.014}}, x);
}

double calc_upper_height(double x) {
  return look_up({{-0.04, 0.052},
                  {-0.02, 0.060},
                  {0.03, 0.046},
                  {0.075, 0.056},
                  {0.10, 0.048},
                  {0.17, 0.012},
                  {0.22, 0.000},
                  {0.27, -0.010}},
                 x);
}

// Toe spring and heel bevel lift the ends of the sole.
double calc_sole_lift(double x) {
  return look_up({{-0.04, 0.010}, {0.00, 0.0}, {0.19, 0.0}, {0.27, 0.016}}, x);
}

std::vector<Vector3d> build_section(double x, double low, double high, double half_width, double power) {
  std::vector<Vector3d> ring;
  const double middle = 0.5 * (low + high);
  const double half_height = 0.5 * (high - low);
  const auto bend = [power](double value) {
    return std::copysign(std::pow(std::abs(value), 2 / power), value);
  };
  for (int s = 0; s < kSides; ++s) {
    const double angle = 2 * std::numbers::pi * s / kSides;
    ring.emplace_back(x, middle + half_height * bend(std::sin(angle)),
                      calc_middle(x) + half_width * bend(std::cos(angle)));
  }
  return ring;
}

double get_station(int i) {
  // Stations crowd at the round ends.
  const double t = 0.5 - 0.5 * std::cos(std::numbers::pi * (i + 0.5) / kStations);
  return kHeelEnd + (kToeEnd - kHeelEnd) * t;
}

Mesh build_slab(double low, double high, double overhang) {
  std::vector<std::vector<Vector3d>> rings;
  for (int i = 0; i < kStations; ++i) {
    const double x = get_station(i);
    const double lift = calc_sole_lift(x);
    rings.push_back(build_section(x, low + lift, high + 0.35 * lift, calc_half_width(x) + overhang, 5.0));
  }
  return build_loft(rings);
}

Mesh build_upper() {
  std::vector<std::vector<Vector3d>> rings;
  for (int i = 0; i < kStations; ++i) {
    const double x = get_station(i);
    const double half_width = 0.93 * calc_half_width(x);
    const double low = kFootBottom - 0.006;
    const double full = calc_upper_height(x);
    const double high = low + (full - low) * std::pow(std::min(half_width / 0.034, 1.0), 0.6);
    std::vector<Vector3d> ring = build_section(x, low, std::max(high, low + 0.004), half_width, 2.6);
    // Towards the top the upper closes around the foot.
    for (Vector3d& p : ring) {
      const double rise = std::clamp((p.y() - low) / 0.085, 0.0, 1.0);
      p.z() = calc_middle(x) + (p.z() - calc_middle(x)) * (1 - 0.28 * rise);
    }
    rings.push_back(std::move(ring));
  }
  return build_loft(rings);
}

Mesh finish(const Mesh& mesh, double scale, Side side) {
  Mesh result = scaled(side == Side::kRight ? mesh : mirrored(mesh), scale);
  add_open_shade(result);
  return result;
}

}  // namespace

double calc_toe_weight(double x, double joint_x) {
  constexpr double kReach = 0.03;
  const double t = std::clamp((x - joint_x + kReach) / (2 * kReach), 0.0, 1.0);
  return t * t * (3 - 2 * t);
}

ShoeModel build_shoe(double sole_depth, double scale, Side side) {
  constexpr double kOutsoleThickness = 0.005;
  const double bottom = -sole_depth;
  const double tread = std::min(bottom + kOutsoleThickness, kFootBottom - 0.002);
  ShoeModel shoe;
  shoe.upper = finish(build_upper(), scale, side);
  shoe.midsole = finish(build_slab(tread, kFootBottom + 0.002, 0.003), scale, side);
  shoe.outsole = finish(build_slab(bottom, tread + 0.001, 0.0015), scale, side);
  shoe.bottom = scale * bottom;
  shoe.top = scale * kFootBottom;
  shoe.scale = scale;
  return shoe;
}

namespace {

// Moves and turns each point with heel and toes, and lifts what would be below the ground.
Mesh bend(const Mesh& mesh, const ShoeModel& shoe, const ShoePose& pose) {
  const Vector3d joint = pose.heel.to_body(pose.toes.p);
  const auto place = [&](const Vector3d& p, double w) -> Vector3d {
    return (1 - w) * pose.heel.to_world(p) + w * pose.toes.to_world(p - joint);
  };
  vtkNew<vtkPoints> points;
  vtkNew<vtkFloatArray> normals;
  const vtkIdType count = mesh->GetNumberOfPoints();
  points->SetNumberOfPoints(count);
  normals->SetNumberOfComponents(3);
  normals->SetName("Normals");
  normals->SetNumberOfTuples(count);
  vtkDataArray* straight = mesh->GetPointData()->GetNormals();
  for (vtkIdType i = 0; i < count; ++i) {
    const Vector3d p(mesh->GetPoint(i));
    const Vector3d n(straight->GetTuple3(i));
    const double w = calc_toe_weight(p.x(), joint.x());
    Vector3d q = place(p, w);
    const double lift = shoe.scale * calc_sole_lift(p.x() / shoe.scale);
    const Vector3d foot_point = place({p.x(), shoe.bottom + lift, p.z()}, w);
    const double depth = std::max(0.0, -pose.ground.calc_height(foot_point));
    const double share = std::clamp((shoe.top - p.y()) / (shoe.top - shoe.bottom - 0.005), 0.0, 1.0);
    q += share * depth * pose.ground.normal;
    const Vector3d m = ((1 - w) * (pose.heel.R * n) + w * (pose.toes.R * n)).normalized();
    points->SetPoint(i, q.data());
    normals->SetTuple3(i, m.x(), m.y(), m.z());
  }
  Mesh bent = Mesh::New();
  bent->ShallowCopy(mesh);
  bent->SetPoints(points);
  bent->GetPointData()->SetNormals(normals);
  return bent;
}

}  // namespace

Shoe calc_shoe(const ShoeModel& shoe, const ShoePose& pose) {
  return {bend(shoe.upper, shoe, pose), bend(shoe.midsole, shoe, pose), bend(shoe.outsole, shoe, pose)};
}

ShoePose calc_shoe_pose(const RunFrame& frame, Side side, const GroundPlane& ground) {
  return {frame.calc_pose("calcn", side), frame.calc_pose("toes", side), ground};
}

double calc_sole_depth(const RunRecord& record) {
  const GroundPlane ground = calc_ground_plane(record);
  const double threshold = 0.03 * calc_body_weight(record);
  constexpr double kFlat = 0.9986;  // cosine of 3 degrees
  constexpr double kThinnest = 0.036;
  constexpr double kThickest = 0.085;
  double depth = 0;
  for (std::size_t i = 0; i < record.time.size(); ++i) {
    if (!has_poses(record, i)) continue;
    const RunFrame frame(record, i);
    const auto force = frame.find_ground_force(Side::kRight);
    const Pose heel = frame.calc_pose("calcn", Side::kRight);
    if (!force || force->dot(ground.normal) < threshold || heel.R.col(1).dot(ground.normal) < kFlat) continue;
    depth = std::max(depth, ground.calc_height(heel.p));
  }
  if (depth == 0)
    depth = ground.calc_height(
        RunFrame(record, find_mid_stance_sample(record)).calc_pose("calcn", Side::kRight).p);
  return std::clamp(depth, kThinnest, kThickest);
}

}  // namespace lumbarun::viz
