#include "sim/forward/linearisation.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/forward/sample_gait.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/integrate.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

// m ẍ + c ẋ = u with c/m = 1e5 1/s, the stiffness of friction, and a unit mass beside it without any.
TEST(ExactDiscretisation, StiffDamperAndFreeMassAreExact) {
  LinearSystem system{Eigen::MatrixXd::Zero(4, 4), Eigen::MatrixXd::Zero(4, 2)};
  const double rate = 1e5, h = 0.002;
  system.A(0, 2) = system.A(1, 3) = 1.0;
  system.A(2, 2) = -rate;
  system.B(2, 0) = 4.0;
  system.B(3, 1) = 0.5;
  const LinearSystem d = calc_exact_discretisation(system, h);
  const double decay = std::exp(-rate * h);
  EXPECT_NEAR(d.A(2, 2), decay, 1e-12);
  EXPECT_NEAR(d.A(0, 2), (1.0 - decay) / rate, 1e-9 / rate);
  EXPECT_NEAR(d.B(0, 0), 4.0 * (h - (1.0 - decay) / rate) / rate, 1e-9 * h / rate);
  EXPECT_NEAR(d.A(1, 3), h, 1e-15);
  EXPECT_NEAR(d.B(1, 1), 0.25 * h * h, 1e-15);
  EXPECT_NEAR(d.B(3, 1), 0.5 * h, 1e-15);
}

TEST(ExactDiscretisation, AgreesWithIntegration) {
  oracles::Random random(21);
  const int n = 5;
  LinearSystem system{Eigen::MatrixXd(n, n), Eigen::MatrixXd(n, 2)};
  for (double& a : system.A.reshaped()) a = random.uniform(-30.0, 30.0);
  system.A.row(2) *= 100.0;  // unequal units
  system.A.col(2) /= 100.0;
  for (double& b : system.B.reshaped()) b = random.uniform(-3.0, 3.0);
  const Eigen::Vector2d u(0.7, -1.1);
  std::vector<double> x0 = random.values(n, 1.0);
  const auto rate = [&](const std::vector<double>& x, std::vector<double>& dx) {
    Eigen::Map<Eigen::VectorXd>(dx.data(), n) =
        system.A * Eigen::Map<const Eigen::VectorXd>(x.data(), n) + system.B * u;
  };
  const double time = 0.03;
  const std::vector<double> x = oracles::integrate_rk4(rate, x0, time / 4000, 4000);
  const LinearSystem d = calc_exact_discretisation(system, time);
  const Eigen::VectorXd exact = d.A * Eigen::Map<Eigen::VectorXd>(x0.data(), n) + d.B * u;
  const Eigen::VectorXd integrated = Eigen::Map<const Eigen::VectorXd>(x.data(), n);
  EXPECT_LT((exact - integrated).norm(), 1e-9 * integrated.norm());
}

// Columns of A and B against differences of the forward dynamics, in stance and in flight.
TEST(Lineariser, MatchesDifferencesOfTheForwardDynamics) {
  const Runner runner = test::build_sample_runner();
  const TorquePlan plan(runner, test::build_sample_motion(runner, 0.010));
  const int n = runner.model.coordinate_count();
  Lineariser lineariser(runner);
  RunnerData<double> data(runner);
  Eigen::VectorXd row(3 * n);
  for (const double time : {0.03, 0.12, 0.31}) {
    plan.calc_row(time, row);
    const LinearSystem system = lineariser.calc(row);
    EXPECT_EQ((system.A.topRows(n) - Eigen::MatrixXd::Identity(2 * n, 2 * n).bottomRows(n)).norm(), 0.0);
    for (int column = 0; column < 3 * n; ++column) {
      if (column >= 2 * n && column < 2 * n + kRootCoordinateCount) continue;  // no actuators
      const auto acceleration = [&](double x) {
        Eigen::VectorXd z = row, a(n);
        z[column] = x;
        calc_accelerations(runner, data, z.data(), z.data() + n, z.data() + 2 * n, a.data());
        return a;
      };
      const Eigen::VectorXd slope = oracles::calc_richardson_derivative(acceleration, row[column], 2e-5);
      const Eigen::VectorXd ours =
          column < 2 * n ? Eigen::VectorXd(system.A.bottomRows(n).col(column))
                         : Eigen::VectorXd(system.B.bottomRows(n).col(column - 2 * n - kRootCoordinateCount));
      const double scale = system.A.bottomRows(n).cwiseAbs().maxCoeff();
      EXPECT_LT((ours - slope).cwiseAbs().maxCoeff(), 1e-5 * slope.cwiseAbs().maxCoeff() + 1e-9 * scale)
          << runner.model.links()[column % n].coordinate << " at " << time;
    }
  }
}

}  // namespace
}  // namespace lumbarun
