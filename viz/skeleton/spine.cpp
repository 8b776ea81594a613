#include <algorithm>
#include <cmath>

#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"

namespace lumbarun::viz {
namespace {

// A short elliptical column with a waist between its endplates, along the line from `low` to `high`.
void add_vertebral_body(Solid& solid, const VertebraShape& shape, const Vector3d& low, const Vector3d& high) {
  const Vector3d axis = (high - low).normalized();
  const double half_height = 0.5 * (high - low).norm();
  const Vector3d middle = 0.5 * (low + high);
  const double a = shape.half_depth;
  const double b = shape.half_width;
  const Vector3d reach(a + half_height, half_height + a, b);
  solid.add(middle - reach, middle + reach, 0.0, [=](const Vector3d& p) {
    const Vector3d q = p - middle;
    const double along = q.dot(axis);
    const Vector3d across = q - along * axis;
    const double level = along / half_height;
    const double waist = 0.88 + 0.12 * std::min(level * level, 1.0);
    const double side = (std::hypot(across.x() / a, across.z() / b) - waist) * a;
    const double end = std::abs(along) - half_height;
    constexpr double kRim = 0.002;
    const double outside = std::hypot(std::max(side + kRim, 0.0), std::max(end + kRim, 0.0));
    return outside + std::min(std::max(side + kRim, end + kRim), 0.0) - kRim;
  });
}

}  // namespace

Mesh build_vertebra(const VertebraShape& shape) {
  const double h = shape.top.norm();
  const double s = shape.process_scale;
  const Vector3d up = shape.top / h;
  const Vector3d low = 0.5 * shape.disc_height * up;
  const Vector3d high = shape.top - 0.5 * shape.disc_height * up;
  const double back = -shape.half_depth;
  Solid solid;
  add_vertebral_body(solid, shape, low, high);
  solid.cut_ellipsoid({back - 0.004, 0.5 * h, 0}, {0.007, 0.04, 0.012}, 0.004);
  const double upper = 0.68 * h;
  const Vector3d spine_root(back - 0.024 * s, 0.42 * h, 0);
  const Vector3d spine_tip(back - 0.047 * s, 0.22 * h, 0);
  const Vector3d spine_low(back - 0.036 * s, 0.02 * h, 0);
  for (double side : {1.0, -1.0}) {
    const Vector3d pedicle(back + 0.002, upper, 0.68 * shape.half_width * side);
    const Vector3d pillar(back - 0.013 * s, 0.60 * h, 0.016 * side);
    solid.add_cone(pedicle, 0.0055, pillar, 0.0055, 0.004);
    solid.add_cone(pillar, 0.004, {back - 0.011 * s, 0.60 * h, (0.020 + 0.024 * s) * side}, 0.0028, 0.005);
    solid.add_cone(pillar, 0.005, {back - 0.012 * s, h + 0.001, 0.0165 * side}, 0.0045, 0.004);
    solid.add_cone(pillar, 0.005, {back - 0.018 * s, -0.001, 0.0135 * side}, 0.0045, 0.004);
    solid.add_plate(pillar, spine_root, {back - 0.019 * s, 0.25 * h, 0.011 * side}, 0.003, 0.005);
  }
  solid.add_plate(spine_root, spine_tip, spine_low, 0.0035, 0.006);
  solid.add_cone(spine_tip, 0.0045, spine_low, 0.004, 0.005);
  return solid.build_mesh(0.0016);
}

Mesh build_sacrum() {
  // Center line from the S1 endplate, seen from the side.
  const std::vector<Vector3d> line = {{-0.093, 0.046, 0},  {-0.112, 0.022, 0},  {-0.133, -0.004, 0},
                                      {-0.148, -0.034, 0}, {-0.151, -0.064, 0}, {-0.140, -0.092, 0},
                                      {-0.124, -0.108, 0}};
  Solid solid;
  VertebraShape first;
  first.half_width = 0.026;
  first.half_depth = 0.018;
  add_vertebral_body(solid, first, {-0.106, 0.030, 0}, {-0.0905, 0.0495, 0});
  solid.add_chain(line, {0.016, 0.015, 0.0125, 0.010, 0.008, 0.005, 0.003}, 0.012);
  for (double side : {1.0, -1.0}) {
    solid.add_plate({-0.100, 0.034, 0.018 * side}, {-0.104, 0.028, 0.047 * side},
                    {-0.140, -0.020, 0.036 * side}, 0.010, 0.012);
    solid.add_plate({-0.110, 0.020, 0.010 * side}, {-0.140, -0.020, 0.036 * side},
                    {-0.152, -0.060, 0.006 * side}, 0.007, 0.010);
    for (double t : {0.15, 0.40, 0.65}) {
      const Vector3d hole(-0.112 - 0.036 * t, 0.020 - 0.075 * t, (0.021 - 0.006 * t) * side);
      solid.cut_cone(hole + Vector3d(0.03, 0.012, 0), 0.0035, hole - Vector3d(0.03, 0.012, 0), 0.0035, 0.003);
    }
  }
  solid.add_chain({{-0.135, 0.030, 0}, {-0.155, 0.0, 0}, {-0.168, -0.035, 0}}, {0.005, 0.006, 0.004}, 0.010);
  return solid.build_mesh(0.0025);
}

}  // namespace lumbarun::viz
