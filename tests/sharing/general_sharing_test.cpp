// Sharing with stability and with measured activity, through the general solver, against closed forms and random search.
#include "sim/sharing/general_sharing.h"

#include <gtest/gtest.h>

#include <random>

#include "sim/planning/separable_solver.h"
#include "tests/sharing/pendulum_column.h"
#include "tests/sharing/random_problem.h"

namespace lumbarun {
namespace {

using test::PendulumColumn;

struct PendulumSharing {
  PendulumColumn pendulum;
  ColumnStiffness column = pendulum.build();
  SharingSetup setup;
  SharingSample sample;
  SharingSolution solution;

  explicit PendulumSharing(double moment, double capacity = 2500.0, double spring = 25.0) : pendulum(spring) {
    setup.reserves = {build_torque_reserve("tilt", 0.01)};
    setup.weight = Eigen::VectorXd::Ones(2);
    setup.objective = {2, 0.01};
    sample.net_moment_nm = Eigen::VectorXd::Constant(1, moment);
    sample.moment_arm_m.resize(1, 2);
    sample.moment_arm_m << -pendulum.slope(), pendulum.slope();
    sample.capacity_N = Eigen::VectorXd::Constant(2, capacity);
    sample.passive_force_N = Eigen::VectorXd::Constant(2, 15.0);
    sample.lower = Eigen::VectorXd::Constant(2, 0.01);
    sample.upper = Eigen::VectorXd::Ones(2);
    SharingSolver(setup).solve(sample, solution);
  }
  GeneralSummary solve() {
    return solve_general_sharing(setup, sample, {}, &column, solve_separable, solution);
  }
};

// Least co-contraction: the sum of tensions is what the load asks for, their difference what the moment asks for.
TEST(GeneralSharing, PendulumNeedsItsCriticalTension) {
  for (double moment : {0.0, 9.0, -21.0}) {
    PendulumSharing problem(moment);
    ASSERT_LT(problem.column.calc_total(problem.solution.force_N)(0, 0), 0.0);  // not stable by itself
    const GeneralSummary summary = problem.solve();
    ASSERT_TRUE(summary.usable) << summary.reason;
    const double sum =
        (StabilityOptions().margin_nm_rad - problem.pendulum.fixed()) / problem.pendulum.per_newton();
    const double difference = moment / problem.pendulum.slope();
    EXPECT_NEAR(problem.solution.force_N.sum(), sum, 1e-3 * sum);
    EXPECT_NEAR(problem.solution.force_N[1] - problem.solution.force_N[0], difference, 0.02);  // reserve
    EXPECT_GE(summary.smallest_stiffness_nm_rad, 0.0);
    EXPECT_LT(summary.smallest_stiffness_nm_rad, 0.2);
    EXPECT_NEAR(summary.missing_stiffness_nm_rad, 0.0, 1e-6);
    EXPECT_NEAR(problem.column.calc_critical_gain(problem.solution.force_N), problem.pendulum.gain, 0.02);
  }
}

TEST(GeneralSharing, TellsWhatWeakMusclesCannotHold) {
  PendulumSharing problem(0.0, 120.0);
  const GeneralSummary summary = problem.solve();
  ASSERT_TRUE(summary.usable) << summary.reason;
  const double most = problem.pendulum.fixed() + 2.0 * (120.0 + 15.0) * problem.pendulum.per_newton();
  ASSERT_LT(most, -1.0);
  EXPECT_NEAR(summary.smallest_stiffness_nm_rad, most, 1e-3);
  EXPECT_NEAR(summary.missing_stiffness_nm_rad, StabilityOptions().margin_nm_rad - most, 1e-3);
  EXPECT_NEAR(problem.solution.activation.minCoeff(), 1.0, 1e-6);
}

TEST(GeneralSharing, LeavesAStableColumnAlone) {
  PendulumSharing problem(0.0, 2500.0, 500.0);
  const Eigen::VectorXd before = problem.solution.activation;
  const GeneralSummary summary = problem.solve();
  EXPECT_EQ(summary.stability_rows, 0);
  EXPECT_EQ(problem.solution.activation, before);
  EXPECT_GT(summary.smallest_stiffness_nm_rad, 0.0);
}

// No row moves the muscles; two alike share a target: 2 (1 + ε) a² + W (a − e)² is least at a = W e / (W + 2 (1 + ε)).
TEST(GeneralSharing, FollowsATargetAsFarAsItPays) {
  SharingSetup setup;
  setup.reserves = {build_torque_reserve("q")};
  setup.weight = Eigen::VectorXd::Ones(3);
  setup.objective = {2, 0.01};
  SharingSample sample;
  sample.net_moment_nm = Eigen::VectorXd::Zero(1);
  sample.moment_arm_m = Eigen::MatrixXd::Zero(1, 3);
  sample.capacity_N = Eigen::VectorXd::Constant(3, 500.0);
  sample.passive_force_N = sample.lower = Eigen::VectorXd::Zero(3);
  sample.upper = Eigen::VectorXd::Ones(3);
  SharingSolution solution;
  SharingSolver(setup).solve(sample, solution);
  const double W = 8.0, e = 0.6;
  const auto summary =
      solve_general_sharing(setup, sample, {{{0, 1}, {0.5, 0.5}, e, W}}, nullptr, solve_separable, solution);
  ASSERT_TRUE(summary.usable);
  const double expected = W * e / (W + 2.0 * 1.01);
  EXPECT_NEAR(solution.activation[0], expected, 1e-6);
  EXPECT_NEAR(solution.activation[1], expected, 1e-6);
  EXPECT_NEAR(solution.activation[2], 0.0, 1e-4);  // an interior point, where cost and slope vanish together
}

// At full size: with no targets and no stability the general solver and the dual Newton method agree.
TEST(GeneralSharing, GeneralSolverAgreesWithTheDualMethod) {
  for (int exponent : {2, 3, 4}) {
    const SharingSetup setup = build_test_setup({exponent, 0.01}, 3);
    const SharingSample sample = build_test_sample(8, 1.0);
    SharingSolution dual, general;
    const SharingSummary expected = SharingSolver(setup).solve(sample, dual);
    general = dual;
    general.activation.setConstant(0.3);
    const ActivationTarget nothing{{0}, {1.0}, 0.0, 0.0};  // weighs nothing: lets the programme be solved
    const GeneralSummary summary =
        solve_general_sharing(setup, sample, {nothing}, nullptr, solve_separable, general);
    ASSERT_TRUE(summary.usable) << summary.reason;
    EXPECT_LT((general.activation - dual.activation).lpNorm<Eigen::Infinity>(), 1e-4) << exponent;
    SharingSummary found;
    SharingSolver(setup).update_summary(sample, general, found);
    EXPECT_NEAR(found.objective, expected.objective, 1e-6 * expected.objective);
  }
}

}  // namespace
}  // namespace lumbarun
