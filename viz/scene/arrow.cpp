#include "viz/scene/arrow.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace lumbarun::viz {

using Eigen::Vector3d;

Mesh build_arrow(const Vector3d& foot, const Vector3d& vector, double radius) {
  const double length = vector.norm();
  const double head = std::min(5.5 * radius, 0.4 * length);
  const Vector3d direction = vector / length;
  const std::vector<std::pair<double, double>> profile = {
      {0.0, 0.6 * radius},     {0.5 * (length - head), 0.8 * radius}, {length - head, radius},
      {length - head, radius}, {length - head, 2.4 * radius},         {length, 0.02 * radius}};
  std::vector<std::vector<Vector3d>> rings;
  const Vector3d across = direction.unitOrthogonal();
  for (const auto& [along, r] : profile) {
    std::vector<Vector3d> ring;
    for (int s = 0; s < 32; ++s) {
      const double angle = 2 * std::numbers::pi * s / 32;
      ring.push_back(foot + along * direction +
                     r * (std::cos(angle) * across + std::sin(angle) * direction.cross(across)));
    }
    rings.push_back(std::move(ring));
  }
  return build_loft(rings);
}

}  // namespace lumbarun::viz
