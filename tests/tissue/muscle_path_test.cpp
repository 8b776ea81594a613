#include "sim/tissue/muscle_path.h"

#include <gtest/gtest.h>

#include "sim/core/lanes.h"
#include "sim/tape/tape.h"
#include "tests/tissue/path_rig.h"

namespace lumbarun {
namespace {

struct Evaluated {
  Data<double> data;
  MusclePathData<double> out;
};

Evaluated evaluate_paths(const test::PathRig& rig, const std::vector<double>& q,
                         const std::vector<double>& u) {
  Evaluated result{Data<double>(rig.model), MusclePathData<double>(rig.paths)};
  update_positions(rig.model, result.data, q.data());
  update_muscle_paths(rig.paths, rig.model, result.data, q.data(), u.data(), result.out);
  return result;
}

TEST(MusclePath, MomentArmIsMinusTheLengthGradient) {
  const test::PathRig rig = test::make_path_rig();
  std::mt19937 random(11);
  for (int trial = 0; trial < 40; ++trial) {
    const auto q = test::random_values(rig.model.coordinate_count(), 0.7, random);
    const auto u = test::random_values(rig.model.coordinate_count(), 3.0, random);
    const Evaluated at = evaluate_paths(rig, q, u);
    const auto expected = test::difference_arms(rig.model, rig.paths, q);
    for (int m = 0; m < rig.paths.muscle_count(); ++m) {
      double velocity = 0.0;
      for (int j = 0; j < rig.model.coordinate_count(); ++j) {
        EXPECT_NEAR(get_moment_arm(rig.paths, at.out, MuscleIndex(m), CoordinateIndex(j)), expected[m][j],
                    1e-9)
            << rig.paths.muscles[m].name << " about " << rig.model.links()[j].coordinate;
        velocity -= expected[m][j] * u[j];
      }
      EXPECT_NEAR(at.out.velocity[m], velocity, 1e-8);
    }
  }
}

TEST(MusclePath, TensionOnTheLinksDoesTheWorkOfTheMomentArms) {
  const test::PathRig rig = test::make_path_rig();
  std::mt19937 random(12);
  const int n = rig.model.coordinate_count();
  const std::vector<double> rest(n, 0.0);
  for (int m = 0; m < rig.paths.muscle_count(); ++m) {
    const auto q = test::random_values(n, 0.7, random);
    Evaluated at = evaluate_paths(rig, q, rest);
    const auto tau_of = [&](double tension) {
      return test::calc_torques_under_tension(rig, q, at.out, m, tension, at.data);
    };
    const auto with = tau_of(137.0), without = tau_of(0.0);
    for (int j = 0; j < n; ++j) {
      // Inverse dynamics asks for what the muscle does not supply.
      EXPECT_NEAR(without[j] - with[j],
                  137.0 * get_moment_arm(rig.paths, at.out, MuscleIndex(m), CoordinateIndex(j)), 1e-10)
          << rig.paths.muscles[m].name << " about " << rig.model.links()[j].coordinate;
    }
  }
}

TEST(MusclePath, ConditionalPointIsTheViaPointInsideAndAStraightLineOutside) {
  const test::PathRig rig = test::make_path_rig();
  const int flexion = rig.model.get_coordinate("flexion");
  std::vector<double> q(rig.model.coordinate_count(), 0.0);
  const MusclePath& via = rig.paths.muscles[1];
  for (const double angle : {-1.0, 1.0}) {
    q[flexion] = angle;
    const Evaluated at = evaluate_paths(rig, q, q);
    const auto* p = &at.out.point[via.first_point];
    const double straight = to_eigen(p[2] - p[0]).norm();
    if (angle > 0.0) {
      EXPECT_NEAR(at.out.length[1], straight, 1e-14);
    } else {
      EXPECT_GT(at.out.length[1], straight + 1e-3);
      EXPECT_NEAR(
          to_eigen(p[1] - (at.data.link[4].p_WL + at.data.link[4].R_WL * Vector3<double>{0.12, -0.2, 0.12}))
              .norm(),
          0.0, 1e-14);
    }
  }
}

// The third difference of the length stays bounded (of order h³) through both ends of the blend: C².
TEST(MusclePath, BlendIsTwiceContinuouslyDifferentiable) {
  const test::PathRig rig = test::make_path_rig();
  const int flexion = rig.model.get_coordinate("flexion");
  std::vector<double> q(rig.model.coordinate_count(), 0.05);
  const auto second_derivative = [&](double angle) {
    constexpr double h = 1e-4;
    const auto arm = [&](double a) {
      q[flexion] = a;
      const Evaluated at = evaluate_paths(rig, q, q);
      return get_moment_arm(rig.paths, at.out, MuscleIndex(1), CoordinateIndex(flexion));
    };
    return (arm(angle + h) - arm(angle - h)) / (2.0 * h);
  };
  for (const double knot : {0.3 - 0.25, 0.3 + 0.25}) {
    EXPECT_NEAR(second_derivative(knot - 2e-3), second_derivative(knot + 2e-3), 1e-3) << knot;
  }
}

TEST(MusclePath, LanesGiveTheNumbersOfDouble) {
  const test::PathRig rig = test::make_path_rig();
  const int n = rig.model.coordinate_count();
  std::mt19937 random(13);
  std::vector<std::vector<double>> q, u;
  std::vector<Lanes8> lanes_q(n), lanes_u(n);
  for (int lane = 0; lane < 8; ++lane) {
    q.push_back(test::random_values(n, 0.7, random));
    u.push_back(test::random_values(n, 2.0, random));
    for (int j = 0; j < n; ++j) lanes_q[j].lane[lane] = q[lane][j], lanes_u[j].lane[lane] = u[lane][j];
  }
  Data<Lanes8> data(rig.model);
  MusclePathData<Lanes8> out(rig.paths);
  update_positions(rig.model, data, lanes_q.data());
  update_muscle_paths(rig.paths, rig.model, data, lanes_q.data(), lanes_u.data(), out);
  for (int lane = 0; lane < 8; ++lane) {
    const Evaluated at = evaluate_paths(rig, q[lane], u[lane]);
    for (int m = 0; m < rig.paths.muscle_count(); ++m) {
      EXPECT_NEAR(out.length[m].lane[lane], at.out.length[m], 1e-14);
      EXPECT_NEAR(out.velocity[m].lane[lane], at.out.velocity[m], 1e-13);
    }
    for (size_t k = 0; k < at.out.moment_arm.size(); ++k) {
      EXPECT_NEAR(out.moment_arm[k].lane[lane], at.out.moment_arm[k], 1e-14);
    }
  }
}

TEST(MusclePath, TapeOfTheLengthHasTheMomentArmsAsJacobian) {
  const test::PathRig rig = test::make_path_rig();
  const int n = rig.model.coordinate_count(), muscles = rig.paths.muscle_count();
  const tape::Tape recorded = tape::Tape::record(n, [&](std::span<const tape::Var> q) {
    Data<tape::Var> data(rig.model);
    MusclePathData<tape::Var> out(rig.paths);
    const std::vector<tape::Var> rest(n);
    update_positions(rig.model, data, q.data());
    update_muscle_paths(rig.paths, rig.model, data, q.data(), rest.data(), out);
    return out.length;
  });
  tape::TapeEvaluator evaluator(recorded);
  std::mt19937 random(14);
  const auto q = test::random_values(n, 0.7, random);
  const Evaluated at = evaluate_paths(rig, q, q);
  std::vector<double> length(muscles), jacobian(muscles * n);
  evaluator.update_partials(q.data(), length.data());
  evaluator.calc_jacobian(jacobian.data());
  for (int m = 0; m < muscles; ++m) {
    EXPECT_NEAR(length[m], at.out.length[m], 1e-14);
    for (int j = 0; j < n; ++j) {
      EXPECT_NEAR(jacobian[m * n + j], -get_moment_arm(rig.paths, at.out, MuscleIndex(m), CoordinateIndex(j)),
                  1e-13);
    }
  }
}

TEST(MusclePath, RefusesPathsThatCannotBe) {
  const test::PathRig rig = test::make_path_rig();
  const PathPointDescription end = test::fixed_point(rig.model.get_body("root"), {0.1, 0.0, 0.0});
  PathPointDescription conditional = end;
  conditional.kind = PathPointKind::kConditional;
  EXPECT_THROW(compile_muscle_paths(rig.model, {{"single", {end}}}), BadInput);
  EXPECT_THROW(compile_muscle_paths(rig.model, {{"loose end", {end, conditional}}}), BadInput);
}

TEST(PathFunctions, SlopesAreDerivatives) {
  const PathFunction window = make_path_window(-0.4, 0.8, 0.5);
  const PathFunction spline = make_path_spline({-1.0, -0.3, 0.1, 0.9, 1.4}, {0.3, -0.2, 0.5, 0.4, 1.1});
  for (const PathFunction& f : {window, spline}) {
    for (double x = -1.73; x < 2.0; x += 0.137) {
      constexpr double h = 1e-6;
      const auto low = f.value->calc(x - h), at = f.value->calc(x), high = f.value->calc(x + h);
      EXPECT_NEAR((high.value - low.value) / (2.0 * h), at.first, 2e-8);
      EXPECT_NEAR((high.first - low.first) / (2.0 * h), at.second, 2e-6);
      EXPECT_EQ(f.slope->calc(x).value, at.first);
      EXPECT_EQ(f.slope->calc(x).first, at.second);
      EXPECT_NEAR((f.slope->calc(x + h).first - f.slope->calc(x - h).first) / (2.0 * h),
                  f.slope->calc(x).second, 2e-5);
    }
  }
  EXPECT_EQ(window.value->calc(0.2).value, 1.0);
  EXPECT_EQ(window.value->calc(1.2).value, 0.0);
  EXPECT_EQ(spline.value->calc(0.1).value, 0.5);
}

}  // namespace
}  // namespace lumbarun
