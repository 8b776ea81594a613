// Inverted pendulums held up by straight muscles, where stability has a closed form.
#pragma once

#include <cmath>
#include <vector>

#include "sim/sharing/column_stiffness.h"

namespace lumbarun::test {

// A rod of one hinge about Z at the world's origin, mass m at height h; muscles on both sides from the ground at ±e to the rod
// at (±d, H).
struct PendulumColumn {
  double mass = 40.0, height = 0.45, base = 0.06, width = 0.045, top = 0.32, gain = 7.0, spring;

  Model model;
  MusclePathSet paths;

  explicit PendulumColumn(double with_spring = 25.0) : spring(with_spring) {
    const BodyIndex ground = model.add_body("ground_frame", BodyIndex(), Transform<double>{}, {}, {}, {});
    const BodyIndex rod = model.add_body("rod", ground, {}, {{"tilt", JointKind::kHinge, Axis::kZ, 1.0}}, {},
                                         {mass, {0.0, height, 0.0}, Matrix3<double>::identity() * 0.3});
    std::vector<MusclePathDescription> muscles;
    for (double side : {1.0, -1.0}) {
      PathPointDescription from, to;
      from.body = ground;
      from.p_B = {side * base, 0.0, 0.0};
      to.body = rod;
      to.p_B = {side * width, top, 0.0};
      muscles.push_back({side > 0.0 ? "front" : "back", {from, to}});
    }
    paths = compile_muscle_paths(model, muscles);
  }

  // L² = d² + H² + e² − 2e(d cos θ − H sin θ) at θ = 0: length, −arm, second derivative.
  double length() const { return std::hypot(width - base, top); }
  double slope() const { return base * top / length(); }
  double curvature() const {
    return base * width / length() - std::pow(base * top, 2) / std::pow(length(), 3);
  }
  // Stiffness per newton of one muscle, and of the rest.
  double per_newton() const { return curvature() + gain * slope() * slope() / length(); }
  double fixed() const { return spring - mass * model.gravity * height; }

  ColumnStiffness build() const {
    ColumnStiffness column(model, paths, {CoordinateIndex(0)}, gain);
    const double upright = 0.0;
    const std::vector<DeadWrench> weight = {{{}, {0.0, -mass * model.gravity, 0.0}}};
    column.update(&upright, weight, [this](const double* q, double* tau) { tau[0] = -spring * q[0]; });
    return column;
  }
};

}  // namespace lumbarun::test
