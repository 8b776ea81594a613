#include <array>
#include <cmath>
#include <numbers>

#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"
#include "viz/skeleton/vertebra.h"

namespace lumbarun::viz {
namespace {

// Centers of the discs from T12/L1 up to the skull, in the thorax frame, m: kyphosis, then the neck.
std::vector<Vector3d> build_spine_line() {
  return calc_smooth_line({kReferenceThoraxBase,
                           {-0.030, 0.190, 0},
                           {-0.044, 0.265, 0},
                           {-0.040, 0.340, 0},
                           {-0.020, 0.405, 0},
                           {0.000, 0.455, 0},
                           {0.004, 0.500, 0},
                           {0.000, 0.540, 0}},
                          32);
}

// Point at a share of the line's length.
Vector3d get_point_at(const std::vector<Vector3d>& line, double share) {
  const double index = share * static_cast<double>(line.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(index), line.size() - 2);
  const double t = index - static_cast<double>(low);
  return (1 - t) * line[low] + t * line[low + 1];
}

constexpr double kUpperDisc = 0.006;  // height, m
constexpr int kThoracic = 12;
constexpr int kCervical = 7;
// Share of the spine line that is thoracic.
constexpr double kThoracicShare = 4.0 / 7.0;

// Disc number i: 0 is T12/L1, 12 is C7/T1, 19 lies below the skull.
Vector3d get_disc(const std::vector<Vector3d>& line, int i) {
  const double share = i <= kThoracic ? kThoracicShare * i / kThoracic
                                      : kThoracicShare + (1 - kThoracicShare) * (i - kThoracic) / kCervical;
  return get_point_at(line, share);
}

double calc_pitch_deg(const Vector3d& up) { return std::atan2(-up.x(), up.y()) * 180.0 / std::numbers::pi; }

Mesh moved(const Mesh& mesh, const Vector3d& origin, const Vector3d& up) {
  return posed(mesh, build_turn(Vector3d::UnitZ(), calc_pitch_deg(up)), origin);
}

// Vertebra number i: 0 is T12, 11 is T1, 18 is C1. Sizes above T12 are estimates.
Mesh build_upper_vertebra(const std::vector<Vector3d>& line, int i, double disc_below,
                          double lower_tilt_deg) {
  const Vector3d low = get_disc(line, i);
  const Vector3d rise = get_disc(line, i + 1) - low;
  const double share = static_cast<double>(i) / kThoracic;
  VertebraShape shape;
  shape.sizes = scaled(get_vertebra_sizes("T12"), i < kThoracic ? 1.0 - 0.32 * share : 0.58);
  shape.top = {0, rise.norm(), 0};
  shape.disc_below = disc_below;
  shape.disc_above = kUpperDisc;
  shape.lower_tilt_deg = lower_tilt_deg;
  shape.spinous_drop = i == 0 ? 0.35 : i < kThoracic ? 0.9 : 0.4;
  return moved(build_vertebra(shape), low, rise);
}

// A rib from its vertebra round the side to its front end: half an ellipse that falls towards the front.
struct RibShape {
  double half_width;  // m
  double front_x;     // m
  double drop;        // from the vertebra to the front end, m
  double reach;       // share of the way to the front: 1 ends at the cartilage
};

constexpr std::array<RibShape, 12> kRibs = {{
    // T1 ... T12
    {0.062, 0.040, 0.040, 0.92},
    {0.088, 0.058, 0.058, 0.90},
    {0.105, 0.072, 0.074, 0.88},
    {0.117, 0.083, 0.088, 0.86},
    {0.125, 0.091, 0.100, 0.85},
    {0.131, 0.096, 0.112, 0.84},
    {0.134, 0.097, 0.122, 0.82},
    {0.135, 0.094, 0.126, 0.78},
    {0.134, 0.088, 0.124, 0.73},
    {0.130, 0.080, 0.116, 0.67},
    {0.122, 0.070, 0.095, 0.52},
    {0.105, 0.060, 0.060, 0.36},
}};

Vector3d calc_rib_point(const RibShape& rib, const Vector3d& root, double share) {
  const double angle = std::numbers::pi * share;
  const double depth = rib.front_x - root.x() + 0.020;
  // The rib first sweeps backwards to its angle, then forwards.
  const double x =
      root.x() - 0.020 + depth * 0.5 * (1 - std::cos(angle)) - 0.014 * std::sin(angle) * (1 - share);
  const double z = 0.016 * (1 - share) + rib.half_width * std::pow(std::sin(angle), 0.80);
  return {x, root.y() + 0.006 - rib.drop * std::pow(share, 1.15), z};
}

Vector3d calc_sternum_point(double share) {
  return Vector3d(0.042, 0.352, 0) + share * Vector3d(0.050, -0.150, 0);
}

std::vector<Mesh> build_ribs(const std::vector<Vector3d>& line) {
  std::vector<Mesh> meshes;
  Vector3d margin = calc_sternum_point(1.0);
  for (int i = 0; i < 12; ++i) {
    const RibShape& rib = kRibs[static_cast<std::size_t>(i)];
    const Vector3d root = 0.5 * (get_disc(line, kThoracic - 1 - i) + get_disc(line, kThoracic - i));
    TubeShape bone;
    constexpr int kSteps = 40;
    for (int s = 0; s <= kSteps; ++s) {
      const double share = rib.reach * s / kSteps;
      bone.points.push_back(calc_rib_point(rib, root, share));
      bone.radii.push_back(0.0034 * (i < 10 || s < kSteps - 6 ? 1.0 : 0.4 + 0.1 * (kSteps - s)));
    }
    bone.flatness = 1.75;
    meshes.push_back(build_tube(bone));
    if (i >= 10) continue;
    TubeShape cartilage;
    const Vector3d from = bone.points.back();
    const Vector3d before = bone.points[kSteps - 4];
    const Vector3d to =
        i < 7 ? Vector3d(calc_sternum_point(0.10 + 0.85 * i / 6.0) + Vector3d(0, 0, 0.012)) : margin;
    const Vector3d bend = from + 0.45 * (to - from).norm() * (from - before).normalized();
    cartilage.points = calc_smooth_line({from, 0.55 * bend + 0.45 * (0.5 * (from + to)), to}, 8);
    cartilage.radii.assign(cartilage.points.size(), 0.0036);
    cartilage.flatness = 1.5;
    meshes.push_back(build_tube(cartilage));
    if (i >= 6) margin = 0.45 * from + 0.55 * to;
  }
  return meshes;
}

Mesh build_sternum() {
  Solid solid;
  solid.add_plate({0.040, 0.358, 0.020}, {0.040, 0.358, -0.020}, {0.056, 0.308, 0.0}, 0.0065, 0.010);
  solid.add_plate({0.054, 0.316, 0.012}, {0.054, 0.316, -0.012}, {0.091, 0.205, 0.0}, 0.0060, 0.010);
  solid.add_plate({0.088, 0.222, 0.012}, {0.088, 0.222, -0.012}, {0.070, 0.275, 0.0}, 0.0060, 0.010);
  solid.add_cone({0.091, 0.205, 0}, 0.006, {0.093, 0.182, 0}, 0.003, 0.006);
  return solid.build_mesh(0.0028);
}

Mesh build_right_shoulder_girdle() {
  Solid solid;
  const std::vector<Vector3d> clavicle = calc_smooth_line(
      {{0.044, 0.366, 0.020}, {0.052, 0.378, 0.070}, {0.022, 0.396, 0.125}, {-0.008, 0.402, 0.165}}, 6);
  solid.add_chain(clavicle, std::vector<double>(clavicle.size(), 0.0062), 0.004);
  const Vector3d glenoid(-0.012, 0.368, 0.146);
  const Vector3d top_corner(-0.088, 0.390, 0.070);
  const Vector3d low_corner(-0.108, 0.250, 0.098);
  const Vector3d acromion(-0.014, 0.404, 0.172);
  solid.add_plate(glenoid, top_corner, low_corner, 0.0028, 0.006);
  solid.add_cone(glenoid + Vector3d(-0.010, 0, -0.004), 0.011, glenoid, 0.015, 0.008);
  solid.add_chain({glenoid, low_corner, top_corner}, {0.006, 0.005, 0.004}, 0.006);
  solid.add_chain({{-0.108, 0.358, 0.078}, {-0.078, 0.382, 0.130}, acromion}, {0.004, 0.006, 0.007}, 0.008);
  solid.add_plate({-0.108, 0.358, 0.078}, {-0.078, 0.382, 0.130}, {-0.066, 0.365, 0.116}, 0.003, 0.006);
  solid.add_chain({glenoid + Vector3d(-0.004, 0.018, -0.010), {0.022, 0.388, 0.132}}, {0.006, 0.005}, 0.006);
  return solid.build_mesh(0.0026);
}

}  // namespace

Mesh build_last_thoracic_vertebra(double disc_height, double lower_tilt_deg) {
  return build_upper_vertebra(build_spine_line(), 0, disc_height, lower_tilt_deg);
}

double calc_last_thoracic_pitch_deg() {
  const std::vector<Vector3d> line = build_spine_line();
  return calc_pitch_deg(get_disc(line, 1) - get_disc(line, 0));
}

Mesh build_rib_cage() {
  const std::vector<Vector3d> line = build_spine_line();
  std::vector<Mesh> meshes = build_ribs(line);
  meshes.push_back(build_right_shoulder_girdle());
  const std::size_t paired = meshes.size();
  for (std::size_t i = 0; i < paired; ++i) meshes.push_back(mirrored(meshes[i]));
  for (int i = 1; i < kThoracic + kCervical; ++i)
    meshes.push_back(build_upper_vertebra(line, i, kUpperDisc, 0));
  meshes.push_back(build_sternum());
  return join(meshes);
}

}  // namespace lumbarun::viz
