#include "sim/sharing/sharing_solver.h"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "sim/core/errors.h"
#include "sim/core/units.h"
#include "tests/sharing/projected_gradient.h"
#include "tests/sharing/random_problem.h"

namespace lumbarun {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct SmallProblem {
  SharingSetup setup;
  SharingSample sample;
};

SmallProblem build_small(int rows, int muscles, SharingObjective objective, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::normal_distribution<double> normal(0.0, 1.0);
  SmallProblem p;
  p.setup.objective = objective;
  p.setup.weight.resize(muscles);
  for (double& w : p.setup.weight) w = 0.5 + uniform(random);
  for (int k = 0; k < rows; ++k)
    p.setup.reserves.push_back(build_torque_reserve("q", 2.0 + 3.0 * uniform(random)));
  p.sample.moment_arm_m.resize(rows, muscles);
  for (Index i = 0; i < p.sample.moment_arm_m.size(); ++i)
    p.sample.moment_arm_m.data()[i] = 0.04 * normal(random);
  p.sample.capacity_N.resize(muscles);
  for (double& c : p.sample.capacity_N) c = 200.0 + 800.0 * uniform(random);
  p.sample.passive_force_N.resize(muscles);
  for (double& f : p.sample.passive_force_N) f = 40.0 * uniform(random);
  p.sample.lower.resize(muscles);
  for (double& l : p.sample.lower) l = 0.2 * uniform(random);
  p.sample.upper = p.sample.lower.array() + 0.3 + 0.5 * uniform(random);
  p.sample.net_moment_nm.resize(rows);
  for (double& m : p.sample.net_moment_nm) m = 35.0 * normal(random);
  return p;
}

// Every subset of muscles free, at its lower or at its upper bound (p = 2): solve the free ones, keep the
// best point that lies within the bounds.
VectorXd solve_by_enumeration(const PrimalProblem& p) {
  const Index n = p.weight.size();
  double best = kInfinity;
  VectorXd best_activation;
  for (int code = 0; code < static_cast<int>(std::pow(3, n)); ++code) {
    std::vector<Index> free;
    VectorXd a(n);
    for (Index i = 0, rest = code; i < n; ++i, rest /= 3) {
      a[i] = rest % 3 == 0 ? p.lower[i] : rest % 3 == 1 ? p.upper[i] : 0.0;
      if (rest % 3 == 2) free.push_back(i);
    }
    if (!free.empty()) {
      const MatrixXd m = p.matrix(Eigen::all, free);
      MatrixXd normal = m.transpose() * m;
      normal.diagonal() += (1.0 + p.objective.epsilon) * p.weight(free);
      a(free) = normal.fullPivLu().solve(m.transpose() * (p.demand - p.matrix * a)).eval();
    }
    if ((a.array() < p.lower.array() - 1e-12).any() || (a.array() > p.upper.array() + 1e-12).any()) continue;
    const double value = p.calc_objective(a);
    if (value < best) {
      best = value;
      best_activation = a;
    }
  }
  return best_activation;
}

TEST(SharingSolver, SmallQuadraticProblemsMatchEveryBoundSet) {
  int lower = 0, upper = 0, free = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    const int rows = 1 + static_cast<int>(seed % 2), muscles = 3 + static_cast<int>(seed % 3);
    const SmallProblem p = build_small(rows, muscles, {2, 0.01}, seed);
    SharingSolver solver(p.setup);
    SharingSolution solution;
    const SharingSummary summary = solver.solve(p.sample, solution);
    ASSERT_EQ(summary.stop, SharingStop::converged) << seed;
    const PrimalProblem primal(p.setup, p.sample);
    const VectorXd expected = solve_by_enumeration(primal);
    ASSERT_LT((solution.activation - expected).lpNorm<Eigen::Infinity>(), 1e-9) << seed;
    EXPECT_NEAR(summary.objective, primal.calc_objective(expected), 1e-9 * summary.objective);
    lower += summary.active_lower;
    upper += summary.active_upper;
    free += muscles - summary.active_lower - summary.active_upper;
  }
  EXPECT_GT(lower, 20);  // the sets are really mixed
  EXPECT_GT(upper, 20);
  EXPECT_GT(free, 20);
}

// Cubic cost, three muscles, one row: a grid over the box that zooms in on its best point.
TEST(SharingSolver, SmallCubicProblemsMatchAGrid) {
  for (unsigned seed = 1; seed <= 8; ++seed) {
    const SmallProblem p = build_small(1, 3, {3, 0.05}, seed);
    const PrimalProblem primal(p.setup, p.sample);
    VectorXd center = 0.5 * (p.sample.lower + p.sample.upper), half = 0.5 * (p.sample.upper - p.sample.lower);
    for (int zoom = 0; zoom < 60; ++zoom) {
      VectorXd best = center;
      double best_value = primal.calc_objective(center);
      VectorXd a(3);
      for (int code = 0; code < 1331; ++code) {
        const int place[3] = {code % 11, code / 11 % 11, code / 121};
        for (int i = 0; i < 3; ++i) a[i] = center[i] + half[i] * (place[i] - 5) / 5.0;
        a = a.cwiseMax(p.sample.lower).cwiseMin(p.sample.upper);
        const double value = primal.calc_objective(a);
        if (value < best_value) {
          best_value = value;
          best = a;
        }
      }
      center = best;
      half *= 0.7;
    }
    SharingSolver solver(p.setup);
    SharingSolution solution;
    ASSERT_TRUE(solver.solve(p.sample, solution).usable);
    EXPECT_LT((solution.activation - center).lpNorm<Eigen::Infinity>(), 1e-6) << seed;
  }
}

// Without bounds and with p = 2 the answer is the weighted ridge pseudo-inverse.
TEST(SharingSolver, UnboundedQuadraticCaseIsThePseudoInverse) {
  SharingSetup setup = build_test_setup({2, 0.3}, 5);
  SharingSample sample = build_test_sample(6);
  sample.lower.setConstant(-kInfinity);
  sample.upper.setConstant(kInfinity);
  SharingSolver solver(setup);
  SharingSolution solution;
  const SharingSummary summary = solver.solve(sample, solution);
  EXPECT_EQ(summary.stop, SharingStop::converged);
  EXPECT_EQ(summary.active_lower + summary.active_upper, 0);

  const MatrixXd b = sample.moment_arm_m * sample.capacity_N.asDiagonal();
  const VectorXd per_weight = (2.0 * 1.3 * setup.weight).cwiseInverse();
  MatrixXd system = b * per_weight.asDiagonal() * b.transpose();
  for (Index k = 0; k < system.rows(); ++k) {
    const double unit = setup.reserves[static_cast<std::size_t>(k)].unit_nm;
    system(k, k) += 0.5 * unit * unit;
  }
  const VectorXd demand = sample.net_moment_nm - sample.moment_arm_m * sample.passive_force_N;
  const VectorXd expected = per_weight.cwiseProduct(b.transpose() * system.fullPivLu().solve(demand));
  EXPECT_LT((solution.activation - expected).lpNorm<Eigen::Infinity>(), 1e-10);
}

// Everything the optimum must satisfy, from the definitions in sharing_problem.h.
void expect_optimal(const SharingSetup& setup, const SharingSample& sample, const SharingSolution& solution) {
  const VectorXd force = sample.capacity_N.cwiseProduct(solution.activation) + sample.passive_force_N;
  EXPECT_LT((force - solution.force_N).lpNorm<Eigen::Infinity>(), 1e-12 * force.maxCoeff());
  const VectorXd open = sample.moment_arm_m * force + solution.reserve_nm - sample.net_moment_nm;
  EXPECT_LT(open.lpNorm<Eigen::Infinity>(),
            1e-9 * std::max(1.0, sample.net_moment_nm.lpNorm<Eigen::Infinity>()));
  for (Index k = 0; k < setup.row_count(); ++k) {
    const double unit = setup.reserves[static_cast<std::size_t>(k)].unit_nm;
    EXPECT_NEAR(2.0 * solution.reserve_nm[k] / (unit * unit), solution.multiplier[k],
                1e-9 * (1.0 + std::abs(solution.multiplier[k])));
  }
  const VectorXd price =
      sample.capacity_N.cwiseProduct(sample.moment_arm_m.transpose() * solution.multiplier);
  const SharingObjective& o = setup.objective;
  for (Index i = 0; i < setup.muscle_count(); ++i) {
    const double a = solution.activation[i];
    ASSERT_GE(a, sample.lower[i]);
    ASSERT_LE(a, sample.upper[i]);
    const double marginal =
        setup.weight[i] * (o.exponent * std::pow(a, o.exponent - 1) + 2.0 * o.epsilon * a) - price[i];
    const double tolerance = 1e-9 * (1.0 + std::abs(price[i]));
    if (a > sample.lower[i]) {
      EXPECT_LT(marginal, tolerance) << i;
    }
    if (a < sample.upper[i]) {
      EXPECT_GT(marginal, -tolerance) << i;
    }
  }
}

class FullSize : public testing::TestWithParam<std::tuple<int, double>> {};

TEST_P(FullSize, MeetsTheConditionsOfOptimality) {
  const auto [exponent, demand] = GetParam();
  for (unsigned seed = 1; seed <= 5; ++seed) {
    const SharingSetup setup = build_test_setup({exponent, 0.01}, seed);
    SharingSolver solver(setup);
    SharingSample sample = build_test_sample(10 + seed, demand);
    SharingSolution solution;
    for (int step = 0; step < 3; ++step) {  // cold, then warm twice
      const SharingSummary summary = solver.solve(sample, solution);
      ASSERT_EQ(summary.stop, SharingStop::converged) << describe(summary.stop);
      EXPECT_EQ(summary.warm, step > 0);
      EXPECT_LE(summary.kkt_residual, 1e-10);
      expect_optimal(setup, sample, solution);
      sample = build_next_sample(sample, seed);
    }
  }
}

// From idle over feasible to hopeless.
INSTANTIATE_TEST_SUITE_P(Demands, FullSize,
                         testing::Combine(testing::Values(2, 3, 4),
                                          testing::Values(0.0, 0.1, 1.0, 5.0, 50.0, 1e6)));

TEST(SharingSolver, AgreesWithProjectedGradientAtFullSize) {
  for (int exponent : {2, 3}) {
    const SharingSetup setup = build_test_setup({exponent, 0.01}, 3);
    const SharingSample sample = build_test_sample(4, 1.0);
    SharingSolver solver(setup);
    SharingSolution solution;
    ASSERT_TRUE(solver.solve(sample, solution).usable);
    const auto answer = solve_by_projected_gradient(PrimalProblem(setup, sample), 1e-12, 200000);
    EXPECT_LT((answer.activation - solution.activation).lpNorm<Eigen::Infinity>(), 1e-5) << exponent;
  }
}

TEST(SharingSolver, WarmAndColdStartsGiveTheSameAnswerAndTheSameBits) {
  const SharingSetup setup = build_test_setup({3, 0.01}, 11);
  SharingSample sample = build_test_sample(12, 1.5);
  std::vector<SharingSample> samples;
  for (unsigned k = 0; k < 10; ++k) samples.push_back(sample = build_next_sample(sample, k));
  std::vector<SharingSolution> warm, again;
  SharingSolver solver(setup);
  const auto summaries = solver.solve_series(samples, warm);
  SharingSolver other(setup);
  other.solve_series(samples, again);
  for (std::size_t k = 0; k < samples.size(); ++k) {
    SharingSolver cold(setup);
    SharingSolution solution;
    cold.solve(samples[k], solution);
    EXPECT_LT((solution.activation - warm[k].activation).lpNorm<Eigen::Infinity>(), 1e-9);
    EXPECT_EQ(summaries[k].warm, k > 0);
    const std::size_t bytes = sizeof(double) * static_cast<std::size_t>(setup.muscle_count());
    EXPECT_EQ(std::memcmp(warm[k].activation.data(), again[k].activation.data(), bytes), 0);
  }
}

// λ is the price of a moment: dJ/dτ by central differences.
TEST(SharingSolver, MultiplierIsTheSlopeOfTheOptimum) {
  const SmallProblem p = build_small(2, 5, {3, 0.05}, 21);
  SharingSolver solver(p.setup);
  SharingSolution solution;
  solver.solve(p.sample, solution);
  const VectorXd price = solution.multiplier;
  for (Index k = 0; k < 2; ++k) {
    const double h = 1e-3;
    SharingSample more = p.sample, less = p.sample;
    more.net_moment_nm[k] += h;
    less.net_moment_nm[k] -= h;
    const double slope =
        (solver.solve(more, solution).objective - solver.solve(less, solution).objective) / (2.0 * h);
    EXPECT_NEAR(slope, price[k], 1e-6 * std::max(1.0, std::abs(price[k])));
  }
}

// One muscle of 100 N at 5 cm can give 5 N·m: of 12 N·m the reserve takes what is missing, and says so.
TEST(SharingSolver, ReservesTakeWhatStrengthCannot) {
  SharingSetup setup;
  setup.reserves = {build_disc_reserve("L4_L5_extension", 60.0)};
  setup.weight = VectorXd::Constant(1, 1e-3);
  SharingSample sample{VectorXd::Constant(1, 12.0),
                       MatrixXd::Constant(1, 1, 0.05),
                       VectorXd::Constant(1, 100.0),
                       VectorXd::Zero(1),
                       VectorXd::Zero(1),
                       VectorXd::Ones(1)};
  SharingSolver solver(setup);
  SharingSolution solution;
  const SharingSummary summary = solver.solve(sample, solution);
  EXPECT_EQ(summary.stop, SharingStop::converged);
  EXPECT_EQ(summary.active_upper, 1);
  EXPECT_DOUBLE_EQ(solution.activation[0], 1.0);
  EXPECT_NEAR(summary.largest_reserve_nm, 7.0, 1e-8);
  EXPECT_NEAR(*calc_reserve_rotation_deg(setup.reserves[0], summary.largest_reserve_nm),
              7.0 / 60.0 * kDegPerRad, 1e-8);
}

TEST(SharingSolver, MusclesThatCannotPullStayAtTheirFloor) {
  SmallProblem p = build_small(1, 3, {3, 0.01}, 2);
  p.sample.capacity_N[1] = 0.0;
  p.sample.moment_arm_m.col(2).setZero();
  p.sample.upper[0] = p.sample.lower[0];
  SharingSolver solver(p.setup);
  SharingSolution solution;
  EXPECT_TRUE(solver.solve(p.sample, solution).usable);
  EXPECT_EQ(solution.activation, p.sample.lower);
}

TEST(SharingSolver, RefusesWhatIsNotANumberOrOutOfRange) {
  const SmallProblem p = build_small(2, 4, {3, 0.01}, 3);
  SharingSolver solver(p.setup);
  SharingSolution solution;
  const auto refuses = [&](auto edit) {
    SharingSample bad = p.sample;
    edit(bad);
    EXPECT_THROW(solver.solve(bad, solution), BadInput);
  };
  refuses([](SharingSample& s) { s.net_moment_nm[1] = std::nan(""); });
  refuses([](SharingSample& s) { s.moment_arm_m(0, 2) = kInfinity; });
  refuses([](SharingSample& s) { s.capacity_N[0] = -1.0; });
  refuses([](SharingSample& s) { s.passive_force_N[3] = std::nan(""); });
  refuses([](SharingSample& s) { s.lower[0] = s.upper[0] + 0.1; });
  refuses([](SharingSample& s) { s.lower[0] = -0.1; });
  refuses([](SharingSample& s) { s.upper.conservativeResize(3); });
  EXPECT_TRUE(solver.solve(p.sample, solution).usable);

  const auto refuses_setup = [&](auto edit) {
    SharingSetup bad = p.setup;
    edit(bad);
    EXPECT_THROW(SharingSolver{bad}, BadInput);
  };
  refuses_setup([](SharingSetup& s) { s.objective.exponent = 5; });
  refuses_setup([](SharingSetup& s) { s.objective.epsilon = 0.0; });
  refuses_setup([](SharingSetup& s) { s.weight[0] = 0.0; });
  refuses_setup([](SharingSetup& s) { s.reserves[1].unit_nm = 0.0; });
  EXPECT_THROW(build_disc_reserve("L4_L5_extension", 0.0), BadInput);
}

// Stopped before it has converged, the answer is not a number, and the summary says why.
TEST(SharingSolver, AnUnusableAnswerIsNaN) {
  const SharingSetup setup = build_test_setup({3, 0.01}, 1);
  SharingOptions options;
  options.max_iterations = 1;
  SharingSolver solver(setup, options);
  SharingSolution solution;
  const SharingSummary summary = solver.solve(build_test_sample(2, 5.0), solution);
  EXPECT_EQ(summary.stop, SharingStop::iteration_limit);
  EXPECT_FALSE(summary.usable);
  EXPECT_TRUE(solution.activation.array().isNaN().all());
  EXPECT_TRUE(solution.reserve_nm.array().isNaN().all());
  EXPECT_TRUE(std::isnan(summary.objective));
}

TEST(VolumeWeights, AreVolumesWithMeanOne) {
  const VectorXd w =
      calc_volume_weights(Eigen::Vector3d(100.0, 200.0, 400.0), Eigen::Vector3d(0.1, 0.05, 0.1));
  EXPECT_LT((w - Eigen::Vector3d(0.5, 0.5, 2.0)).norm(), 1e-14);
  EXPECT_THROW(calc_volume_weights(VectorXd::Ones(2), Eigen::Vector2d(0.1, 0.0)), BadInput);
}

}  // namespace
}  // namespace lumbarun
