#include "sim/equilibrium/newton.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lumbarun {
namespace {

// Two circles: x² + y² = 25, (x − 6)² + y² = 13 cross at (4, ±3).
TEST(Newton, FindsWhereTwoCirclesCross) {
  const Equations circles = [](const Eigen::VectorXd& p) {
    return Eigen::VectorXd(
        Eigen::Vector2d(p[0] * p[0] + p[1] * p[1] - 25.0, (p[0] - 6.0) * (p[0] - 6.0) + p[1] * p[1] - 13.0));
  };
  Eigen::VectorXd p = Eigen::Vector2d(1.0, 0.5);
  const NewtonSummary found = solve_newton(circles, Eigen::Vector2d(1.0, 1.0), p);
  EXPECT_TRUE(found.is_converged);
  EXPECT_NEAR(p[0], 4.0, 1e-9);
  EXPECT_NEAR(p[1], 3.0, 1e-9);
}

// x²+1 has no root: it says so, with the residual it could not go below.
TEST(Newton, SaysWhenThereIsNoRoot) {
  const Equations parabola = [](const Eigen::VectorXd& x) {
    return Eigen::VectorXd(Eigen::VectorXd::Constant(1, x[0] * x[0] + 1.0));
  };
  Eigen::VectorXd x = Eigen::VectorXd::Constant(1, 0.7);
  const NewtonSummary found = solve_newton(parabola, Eigen::VectorXd::Ones(1), x);
  EXPECT_FALSE(found.is_converged);
  EXPECT_GE(found.largest_residual, 1.0);
  EXPECT_LT(found.largest_residual, 1.1);
}

// No step is longer than allowed: from 0 to 10 with steps of 1 takes at least ten.
TEST(Newton, StepsAreNoLongerThanAllowed) {
  const Equations line = [](const Eigen::VectorXd& x) { return Eigen::VectorXd(x.array() - 10.0); };
  Eigen::VectorXd x = Eigen::VectorXd::Zero(1);
  const NewtonSummary found = solve_newton(line, Eigen::VectorXd::Ones(1), x);
  EXPECT_TRUE(found.is_converged);
  EXPECT_GE(found.iterations, 10);
}

}  // namespace
}  // namespace lumbarun
