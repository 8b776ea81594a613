#include "models/attachment_noise.h"

#include <cmath>
#include <map>
#include <numbers>

#include "sim/statistics/random_source.h"

namespace lumbarun {
namespace {

// Standard normal, Box & Muller 1958.
double draw_normal(RandomSource& random) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - random.draw_uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * random.draw_uniform());
}

Vector3<double> draw_displacement(double sd_m, RandomSource& random) {
  const double x = draw_normal(random), y = draw_normal(random), z = draw_normal(random);
  return Vector3<double>{x, y, z} * sd_m;
}

void displace(const Vector3<double>& by, PathPointRow& point) {
  point.p_B = point.p_B + by;
  for (Vector3<double>& p : point.knot_points) p = p + by;
}

}  // namespace

MuscleTables add_attachment_noise(MuscleTables tables, double sd_m, std::uint64_t seed) {
  if (sd_m == 0.0) return tables;
  RandomSource random(seed);
  for (MuscleRow& row : tables) {
    std::map<std::string, Vector3<double>> by_body;
    for (PathPointRow& point : row.points) {
      if (!by_body.contains(point.body)) by_body[point.body] = draw_displacement(sd_m, random);
      displace(by_body[point.body], point);
    }
  }
  return tables;
}

}  // namespace lumbarun
