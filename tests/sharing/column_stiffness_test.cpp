// Stability of columns against closed forms.
#include "sim/sharing/column_stiffness.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "tests/sharing/pendulum_column.h"

namespace lumbarun {
namespace {

using test::PendulumColumn;

TEST(ColumnStiffness, PendulumHasTheClosedForm) {
  const PendulumColumn p;
  const ColumnStiffness column = p.build();
  EXPECT_NEAR(column.fixed()(0, 0), p.fixed(), 1e-5);
  const Eigen::Vector2d tension(310.0, 170.0);
  EXPECT_NEAR(column.calc_total(tension)(0, 0), p.fixed() + 480.0 * p.per_newton(), 1e-4);
  const Eigen::VectorXd share = column.calc_muscle_share(Eigen::VectorXd::Ones(1));
  EXPECT_NEAR(share[0], p.per_newton(), 1e-8);
  EXPECT_NEAR(share[1], p.per_newton(), 1e-8);
}

// H = 0 at q = ((m g h − k)/ΣF − L″) L/L′².
TEST(ColumnStiffness, CriticalGainOfThePendulum) {
  const PendulumColumn p;
  const ColumnStiffness column = p.build();
  const Eigen::Vector2d tension(310.0, 170.0);
  const double expected = (-p.fixed() / tension.sum() - p.curvature()) * p.length() / (p.slope() * p.slope());
  ASSERT_GT(expected, 1.0);
  EXPECT_NEAR(column.calc_critical_gain(tension), expected, 1e-4 * expected);
  EXPECT_TRUE(std::isinf(column.calc_critical_gain(Eigen::Vector2d::Zero())));
  EXPECT_EQ(PendulumColumn(300.0).build().calc_critical_gain(tension), 0.0);  // the spring alone holds it
}

// Two rods on springs under a weight: H = [[k₁+k₂−(m₁h₁+m₂l)g … ]] in joint angles, dead weights at the mass centres.
TEST(ColumnStiffness, TwoRodsBuckleAsTheyShould) {
  Model model;
  const double l = 0.4, c1 = 0.25, c2 = 0.3, m1 = 3.0, m2 = 5.0, k1 = 40.0, k2 = 22.0;
  const BodyIndex lower = model.add_body("lower", BodyIndex(), {}, {{"a", JointKind::kHinge, Axis::kZ, 1.0}},
                                         {}, {m1, {0.0, c1, 0.0}, Matrix3<double>::identity() * 0.1});
  Transform<double> at_top;
  at_top.translation = {0.0, l, 0.0};
  model.add_body("upper", lower, at_top, {{"b", JointKind::kHinge, Axis::kZ, 1.0}}, {},
                 {m2, {0.0, c2, 0.0}, Matrix3<double>::identity() * 0.1});
  const MusclePathSet none = compile_muscle_paths(model, {});
  ColumnStiffness column(model, none, {CoordinateIndex(0), CoordinateIndex(1)}, 10.0);
  const double g = model.gravity;
  const std::vector<double> q = {0.0, 0.0};
  const std::vector<DeadWrench> weight = {{{}, {0.0, -m1 * g, 0.0}}, {{}, {0.0, -m2 * g, 0.0}}};
  column.update(q.data(), weight, [&](const double* x, double* tau) {
    tau[0] = -k1 * x[0];
    tau[1] = -k2 * x[1];
  });
  const Eigen::MatrixXd H = column.calc_total(Eigen::VectorXd(0));
  EXPECT_NEAR(H(0, 0), k1 - g * (m1 * c1 + m2 * (l + c2)), 1e-5);
  EXPECT_NEAR(H(0, 1), -g * m2 * c2, 1e-5);
  EXPECT_NEAR(H(1, 1), k2 - g * m2 * c2, 1e-5);
}

}  // namespace
}  // namespace lumbarun
