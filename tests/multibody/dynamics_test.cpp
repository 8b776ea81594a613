// Inverse and forward dynamics and the mass matrix against each other and against Lagrange's equations.
#include <gtest/gtest.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>

#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/energy.h"
#include "sim/multibody/jacobian.h"
#include "sim/multibody/rnea.h"
#include "tests/oracles/dual.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Dual2;
using oracles::Random;
using oracles::Root;
using oracles::TreeState;

constexpr int kSeeds = 12;

Eigen::VectorXd calc_torque(const Model& model, const TreeState& state) {
  Data<double> data(model);
  oracles::set_applied(data, state);
  const auto& tau = rnea(model, data, state.q.data(), state.v.data(), state.a.data());
  return Eigen::Map<const Eigen::VectorXd>(tau.data(), tau.size());
}

Eigen::MatrixXd calc_mass_matrix(const Model& model, const std::vector<double>& q) {
  const int n = model.coordinate_count();
  Data<double> data(model);
  CompositeWorkspace<double> work(model);
  update_positions(model, data, q.data());
  Eigen::MatrixXd M = Eigen::MatrixXd::Constant(n, n, 99.0);
  crba(model, data, work, M.data());
  return M;
}

// Lagrange: tau_i = d/dt ∂T/∂v_i - ∂(T - U)/∂q_i - Q_i, with every derivative of the energies from dual
// numbers. The first direction is time (q' = v, v' = a), the second the coordinate i.
double calc_lagrange_torque(const Model& model, const TreeState& state, int i) {
  const std::vector<double> zero(state.q.size(), 0.0), unit = oracles::unit(state.q.size(), i);
  Data<Dual2> data(model);
  const auto energies = [&](const std::vector<Dual2>& q, const std::vector<Dual2>& v) {
    update_positions(model, data, q.data());
    update_velocities(model, data, v.data());
    return std::pair(calc_kinetic_energy(model, data), calc_potential_energy(model, data));
  };
  const auto along_v =
      energies(oracles::along(state.q, state.v, zero), oracles::along(state.v, state.a, unit));
  const auto along_q = energies(oracles::along(state.q, zero, unit), oracles::along(state.v, zero, zero));
  return along_v.first.slope.slope - along_q.first.slope.value + along_q.second.slope.value;
}

double calc_applied_torque(const Model& model, const TreeState& state, int i) {
  Data<double> data(model);
  update_positions(model, data, state.q.data());
  std::vector<SpatialMotion<double>> column(state.q.size());
  double torque = 0.0;
  for (int link = 0; link < model.coordinate_count(); ++link) {
    calc_body_jacobian(model, data, CoordinateIndex(link), column.data());
    torque += dot(column[i], state.applied[link]);
  }
  return torque;
}

TEST(InverseDynamics, MatchesLagrange) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Model model = oracles::build_random_tree(seed, 8, Root::kFixed);
    Random random(seed + 50);
    const TreeState state = oracles::build_random_state(model, random);
    const Eigen::VectorXd tau = calc_torque(model, state);
    for (int i = 0; i < model.coordinate_count(); ++i) {
      const double expected = calc_lagrange_torque(model, state, i) - calc_applied_torque(model, state, i);
      EXPECT_NEAR(tau[i], expected, 1e-12 * (1.0 + tau.cwiseAbs().maxCoeff()))
          << "seed " << seed << ", row " << i;
    }
  }
}

// A change of gravity on the model is seen by every kernel.
TEST(InverseDynamics, MatchesLagrangeOnTheMoon) {
  Model model = oracles::build_random_tree(77, 8, Root::kFree);
  model.gravity = 1.62;
  Random random(78);
  TreeState state = oracles::build_random_state(model, random);
  for (auto& F : state.applied) F = {};
  const Eigen::VectorXd tau = calc_torque(model, state);
  for (int i = 0; i < model.coordinate_count(); ++i) {
    EXPECT_NEAR(tau[i], calc_lagrange_torque(model, state, i), 1e-12 * (1.0 + tau.cwiseAbs().maxCoeff()));
  }
}

TEST(ForwardDynamics, UndoesInverseDynamics) {
  for (unsigned seed = 1; seed <= 2 * kSeeds; ++seed) {
    const Model model = oracles::build_random_tree(seed, 10, seed % 2 == 0 ? Root::kFixed : Root::kFree);
    Random random(seed + 90);
    const TreeState state = oracles::build_random_state(model, random);
    Data<double> data(model);
    ArticulatedWorkspace<double> work(model);
    oracles::set_applied(data, state);
    const std::vector<double> tau = rnea(model, data, state.q.data(), state.v.data(), state.a.data());
    std::vector<double> a(tau.size());
    aba(model, data, work, state.v.data(), tau.data(), a.data());
    const Eigen::MatrixXd M = calc_mass_matrix(model, state.q);
    const double condition = M.selfadjointView<Eigen::Lower>().eigenvalues().cwiseAbs().maxCoeff() /
                             M.selfadjointView<Eigen::Lower>().eigenvalues().cwiseAbs().minCoeff();
    for (size_t i = 0; i < a.size(); ++i)
      EXPECT_NEAR(a[i], state.a[i], 1e-14 * (1e3 + condition) * 20.0) << seed;
  }
}

// aba needs nothing but positions, rates and wrenches: what an earlier call left in Data must not matter.
TEST(ForwardDynamics, UsesTheRatesItIsGiven) {
  const Model model = oracles::build_random_tree(5, 8, Root::kFree);
  Random random(6);
  const TreeState state = oracles::build_random_state(model, random);
  const TreeState other = oracles::build_random_state(model, random);
  const std::vector<double> tau = random.values(model.coordinate_count(), 50.0);
  std::vector<double> a_clean(tau.size()), a_used(tau.size());
  Data<double> clean(model), used(model);
  ArticulatedWorkspace<double> work(model);
  rnea(model, used, other.q.data(), other.v.data(), other.a.data());
  for (Data<double>* data : {&clean, &used}) {
    oracles::set_applied(*data, state);
    update_positions(model, *data, state.q.data());
    aba(model, *data, work, state.v.data(), tau.data(), (data == &clean ? a_clean : a_used).data());
  }
  EXPECT_EQ(a_clean, a_used);
}

TEST(MassMatrix, IsTheDerivativeOfTheTorqueByTheAcceleration) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Model model = oracles::build_random_tree(seed, 10, Root::kFree);
    Random random(seed + 30);
    TreeState state = oracles::build_random_state(model, random);
    const Eigen::MatrixXd M = calc_mass_matrix(model, state.q);
    std::fill(state.a.begin(), state.a.end(), 0.0);
    const Eigen::VectorXd bias = calc_torque(model, state);
    for (int j = 0; j < model.coordinate_count(); ++j) {
      state.a[j] = 1.0;
      EXPECT_LT((calc_torque(model, state) - bias - M.col(j)).cwiseAbs().maxCoeff(),
                1e-13 * (bias.cwiseAbs().maxCoeff() + M.cwiseAbs().maxCoeff()));
      state.a[j] = 0.0;
    }
  }
}

TEST(MassMatrix, IsTheHessianOfTheKineticEnergy) {
  const Model model = oracles::build_random_tree(21, 8, Root::kFixed);
  Random random(22);
  const TreeState state = oracles::build_random_state(model, random);
  const Eigen::MatrixXd M = calc_mass_matrix(model, state.q);
  const size_t n = state.q.size();
  const std::vector<double> zero(n, 0.0);
  Data<Dual2> data(model);
  const std::vector<Dual2> q = oracles::along(state.q, zero, zero);
  update_positions(model, data, q.data());
  for (size_t i = 0; i < n; ++i) {
    for (size_t j = 0; j < n; ++j) {
      const std::vector<Dual2> v = oracles::along(state.v, oracles::unit(n, i), oracles::unit(n, j));
      update_velocities(model, data, v.data());
      EXPECT_NEAR(calc_kinetic_energy(model, data).slope.slope, M(i, j), 1e-13 * M.cwiseAbs().maxCoeff());
    }
  }
}

TEST(MassMatrix, IsSymmetricAndPositiveDefinite) {
  for (unsigned seed = 1; seed <= 2 * kSeeds; ++seed) {
    const Model model = oracles::build_random_tree(seed, 12, seed % 2 == 0 ? Root::kFixed : Root::kFree);
    Random random(seed);
    const Eigen::MatrixXd M = calc_mass_matrix(model, random.values(model.coordinate_count(), 1.1));
    EXPECT_EQ((M - M.transpose()).cwiseAbs().maxCoeff(), 0.0);
    EXPECT_EQ(M.llt().info(), Eigen::Success) << "seed " << seed;
  }
}

// Branches that share no link but the root do not feel each other's inertia.
TEST(MassMatrix, IsZeroBetweenSeparateBranches) {
  const Model model = oracles::build_random_tree(8, 12, Root::kFixed);
  Random random(9);
  const int n = model.coordinate_count();
  const Eigen::MatrixXd M = calc_mass_matrix(model, random.values(n, 1.1));
  int zeros = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      const CoordinateIndex a(i), b(j);
      if (model.is_on_path(a, b) || model.is_on_path(b, a)) continue;
      EXPECT_EQ(M(i, j), 0.0);
      ++zeros;
    }
  }
  EXPECT_GT(zeros, 10);
}

}  // namespace
}  // namespace lumbarun
