#include "viz/skeleton/shoe.h"

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

}  // namespace

Shoe build_shoe(double sole_depth) {
  constexpr double kOutsoleThickness = 0.005;
  const double bottom = -sole_depth;
  const double tread = std::min(bottom + kOutsoleThickness, kFootBottom - 0.002);
  return {build_upper(), build_slab(tread, kFootBottom + 0.002, 0.003),
          build_slab(bottom, tread + 0.001, 0.0015)};
}

}  // namespace lumbarun::viz
