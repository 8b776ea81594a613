// A general tree with muscles of every kind of path point, for tests of the path kernels.
#pragma once

#include <random>

#include "sim/multibody/kinematics.h"
#include "sim/multibody/rnea.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun::test {

struct PathRig {
  Model model;
  MusclePathSet paths;
};

inline RigidInertia some_inertia(double mass) {
  Matrix3<double> inertia = Matrix3<double>::identity();
  return {mass, {0.01, -0.1, 0.02}, inertia * (0.01 * mass)};
}

inline PathPointDescription fixed_point(BodyIndex body, const Vector3<double>& p_B) {
  PathPointDescription point;
  point.body = body;
  point.p_B = p_B;
  return point;
}

inline PathRig make_path_rig() {
  PathRig rig;
  Model& m = rig.model;
  const Transform<double> none;
  const auto root = m.add_body("root", BodyIndex(), none,
                               {{"tx", JointKind::kSlide, Axis::kX, 1.0},
                                {"ty", JointKind::kSlide, Axis::kY, 1.0},
                                {"tz", JointKind::kSlide, Axis::kZ, -1.0},
                                {"yaw", JointKind::kHinge, Axis::kY, 1.0},
                                {"pitch", JointKind::kHinge, Axis::kZ, 1.0}},
                               none, some_inertia(5.0));
  const Transform<double> X_PF = {rotation_from_body_xyz(0.3, -0.2, 0.5), {0.05, -0.3, 0.1}};
  const Transform<double> X_CM = {rotation_from_body_xyz(-0.1, 0.4, 0.2), {0.02, 0.04, -0.01}};
  const auto thigh = m.add_body(
      "thigh", root, X_PF,
      {{"flexion", JointKind::kHinge, Axis::kZ, 1.0}, {"adduction", JointKind::kHinge, Axis::kX, -1.0}}, X_CM,
      some_inertia(3.0));
  const auto shank = m.add_body("shank", thigh, {rotation_from_body_xyz(0.1, 0.0, 0.0), {0.0, -0.4, 0.0}},
                                {{"knee", JointKind::kHinge, Axis::kZ, -1.0}}, none, some_inertia(2.0));
  const auto slider = m.add_body("slider", root, {rotation_from_body_xyz(0.0, 0.3, 0.0), {0.0, 0.3, 0.0}},
                                 {{"lift", JointKind::kSlide, Axis::kY, 1.0}}, none, some_inertia(1.0));
  PathPointDescription conditional = fixed_point(root, {0.12, -0.2, 0.12});
  conditional.kind = PathPointKind::kConditional;
  conditional.coordinate = m.get_coordinate("flexion");
  conditional.low = -1.6, conditional.high = 0.3, conditional.width = 0.5;
  PathPointDescription moving = fixed_point(thigh, {});
  moving.kind = PathPointKind::kMoving;
  moving.coordinate = m.get_coordinate("knee");
  for (int i = -3; i <= 6; ++i) {
    const double a = 0.25 * i;
    moving.knots.push_back(a);
    moving.knot_points.push_back({0.05 * std::cos(a), -0.38 - 0.04 * std::sin(a), 0.01 * a});
  }
  PathPointDescription shared = fixed_point(root, {0.1, 0.1, 0.0});
  shared.kind = PathPointKind::kShared;
  shared.body_2 = slider, shared.weight_2 = 0.37;
  rig.paths = compile_muscle_paths(
      m,
      {{"straight", {fixed_point(root, {-0.1, 0.0, 0.1}), fixed_point(shank, {-0.03, -0.05, 0.02})}},
       {"via", {fixed_point(slider, {0.1, 0.1, 0.05}), conditional, fixed_point(thigh, {0.02, -0.1, 0.03})}},
       {"patella", {fixed_point(root, {0.08, -0.1, 0.1}), moving, fixed_point(shank, {0.04, -0.06, 0.0})}},
       {"sheath", {shared, fixed_point(slider, {0.05, 0.2, 0.1})}},
       {"world", {fixed_point(thigh, {0.03, -0.2, 0.0}), fixed_point(root, {0.2, 0.1, -0.1}), shared}}});
  return rig;
}

inline std::vector<double> random_values(int count, double range, std::mt19937& random) {
  std::uniform_real_distribution<double> uniform(-range, range);
  std::vector<double> values(count);
  for (double& value : values) value = uniform(random);
  return values;
}

inline std::vector<double> calc_lengths(const Model& model, const MusclePathSet& paths,
                                        const std::vector<double>& q) {
  Data<double> data(model);
  update_positions(model, data, q.data());
  MusclePathData<double> out(paths);
  const std::vector<double> rest(q.size(), 0.0);
  update_muscle_paths(paths, model, data, q.data(), rest.data(), out);
  return out.length;
}

// -∂L/∂q by central differences with one Richardson step: error of order h⁴.
inline std::vector<std::vector<double>> difference_arms(const Model& model, const MusclePathSet& paths,
                                                        const std::vector<double>& q) {
  std::vector<std::vector<double>> arms(paths.muscle_count(), std::vector<double>(q.size()));
  const auto central = [&](int j, double h) {
    std::vector<double> shifted = q;
    shifted[j] += h;
    std::vector<double> high = calc_lengths(model, paths, shifted);
    shifted[j] -= 2.0 * h;
    const std::vector<double> low = calc_lengths(model, paths, shifted);
    for (size_t m = 0; m < high.size(); ++m) high[m] = (high[m] - low[m]) / (2.0 * h);
    return high;
  };
  for (size_t j = 0; j < q.size(); ++j) {
    constexpr double kStep = 4e-4;
    const auto coarse = central(static_cast<int>(j), kStep), fine = central(static_cast<int>(j), 0.5 * kStep);
    for (size_t m = 0; m < coarse.size(); ++m) arms[m][j] = -(4.0 * fine[m] - coarse[m]) / 3.0;
  }
  return arms;
}

// Generalised forces that inverse dynamics asks for at rest under tension [N] in one muscle. `data`: at q, `out`: its paths.
inline std::vector<double> calc_torques_under_tension(const PathRig& rig, const std::vector<double>& q,
                                                      const MusclePathData<double>& out, int muscle,
                                                      double tension, Data<double>& data) {
  const std::vector<double> rest(q.size(), 0.0);
  data.clear_applied();
  apply_muscle_tension(rig.paths, rig.model, out, MuscleIndex(muscle), tension, data);
  rnea(rig.model, data, q.data(), rest.data(), rest.data());
  return data.tau;
}

}  // namespace lumbarun::test
