#include "sim/forward/periodic_lqr.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;

Eigen::MatrixXd random_matrix(Random& random, int rows, int columns, double range) {
  Eigen::MatrixXd M(rows, columns);
  for (int j = 0; j < columns; ++j) {
    for (int i = 0; i < rows; ++i) M(i, j) = random.uniform(-range, range);
  }
  return M;
}

// Three states of which the first two swap sides and the third changes sign; two inputs that swap sides.
PeriodicSystem build_mirrored_system(int intervals) {
  Random random(5);
  PeriodicSystem system;
  system.partner = {1, 0, 2};
  system.sign = {1.0, 1.0, -1.0};
  system.spacing = 0.1;
  for (int k = 0; k < intervals; ++k) {
    system.A.push_back(Eigen::MatrixXd::Identity(3, 3) * 1.1 + random_matrix(random, 3, 3, 0.3));
    system.B.push_back(random_matrix(random, 3, 2, 1.0));
  }
  return system;
}

Eigen::MatrixXd mirror_of_states() {
  Eigen::MatrixXd S = Eigen::MatrixXd::Zero(3, 3);
  S(0, 1) = S(1, 0) = 1.0;
  S(2, 2) = -1.0;
  return S;
}

const Eigen::VectorXd kQ = Eigen::Vector3d(2.0, 2.0, 0.7);
const Eigen::VectorXd kR = Eigen::Vector2d(0.4, 0.4);

// Scalar algebraic Riccati equation p = q + a²p - (abp)²/(r + b²p), solved as a quadratic.
TEST(PeriodicLqr, SolvesTheScalarRiccatiEquation) {
  const double a = 1.3, b = 0.6, q = 0.9, r = 0.25;
  const double c = r * (1.0 - a * a) - b * b * q;
  const double p = (-c + std::sqrt(c * c + 4.0 * b * b * q * r)) / (2.0 * b * b);
  for (const double sign : {1.0, -1.0}) {
    PeriodicSystem system;
    system.partner = {0};
    system.sign = {sign};
    system.A.assign(3, Eigen::MatrixXd::Constant(1, 1, a));
    system.B.assign(3, Eigen::MatrixXd::Constant(1, 1, b));
    const PeriodicLqr lqr = solve_periodic_lqr(system, Eigen::VectorXd::Constant(1, q),
                                               Eigen::VectorXd::Constant(1, r), {100, 1e-14});
    EXPECT_TRUE(lqr.is_converged);
    EXPECT_NEAR(lqr.cost_to_go(0, 0), p, 1e-12 * p);
    const double gain = a * b * p / (r + b * b * p);
    for (const auto& K : lqr.gains) EXPECT_NEAR(K(0, 0), gain, 1e-12);
    const std::vector<double> multipliers = calc_floquet_multipliers(system, lqr.gains);
    EXPECT_NEAR(multipliers[0], std::pow(std::abs(a - b * gain), 3), 1e-12);
  }
}

// The cost-to-go is what the closed loop then pays, and other gains pay more.
TEST(PeriodicLqr, CostToGoIsThePriceOfTheClosedLoopAndTheLeast) {
  const PeriodicSystem system = build_mirrored_system(4);
  const PeriodicLqr lqr = solve_periodic_lqr(system, kQ, kR, {200, 1e-14});
  const Eigen::Vector3d x0(0.3, -0.8, 0.5);
  const auto pay = [&](const std::vector<Eigen::MatrixXd>& gains) {
    Eigen::VectorXd x = x0;
    double cost = 0.0;
    for (int period = 0; period < 100; ++period) {
      for (size_t k = 0; k < gains.size(); ++k) {
        const Eigen::VectorXd u = -gains[k] * x;
        cost += x.dot(kQ.asDiagonal() * x) + u.dot(kR.asDiagonal() * u);
        x = (system.A[k] * x + system.B[k] * u).eval();
      }
      x = (mirror_of_states() * x).eval();
    }
    return cost;
  };
  const double least = pay(lqr.gains);
  EXPECT_NEAR(x0.dot(lqr.cost_to_go * x0), least, 1e-11 * least);
  Random random(11);
  for (int trial = 0; trial < 8; ++trial) {
    auto gains = lqr.gains;
    for (auto& K : gains) K += random_matrix(random, 2, 3, 0.02);
    EXPECT_GT(pay(gains), least);
  }
}

// A mirrored half and the same system written out over the whole: the second half has the mirrored gains.
TEST(PeriodicLqr, MirroredPeriodEqualsTheUnfoldedOne) {
  const PeriodicSystem half = build_mirrored_system(3);
  const Eigen::MatrixXd S = mirror_of_states();
  PeriodicSystem whole = half;
  whole.partner = {0, 1, 2};
  whole.sign = {1.0, 1.0, 1.0};
  for (int k = 0; k < 3; ++k) {
    whole.A.push_back(S * half.A[k] * S);
    whole.B.push_back(S * half.B[k]);
  }
  const PeriodicLqr folded = solve_periodic_lqr(half, kQ, kR, {200, 1e-14});
  const PeriodicLqr unfolded = solve_periodic_lqr(whole, kQ, kR, {200, 1e-14});
  for (int k = 0; k < 3; ++k) {
    EXPECT_LT((unfolded.gains[k] - folded.gains[k]).norm(), 1e-11);
    EXPECT_LT((unfolded.gains[k + 3] - folded.gains[k] * S).norm(), 1e-11);
  }
  const auto m_half = calc_floquet_multipliers(half, folded.gains);
  const auto m_whole = calc_floquet_multipliers(whole, unfolded.gains);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(m_whole[i], m_half[i] * m_half[i], 1e-10);
}

}  // namespace
}  // namespace lumbarun
