// One source, three scalars: the kernels give the same numbers with double, eight lanes and the tape, and the
// same bytes when called again on used workspace.
#include <gtest/gtest.h>

#include <cstring>

#include "sim/core/lanes.h"
#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/energy.h"
#include "sim/multibody/rnea.h"
#include "sim/tape/tape.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;
using oracles::Root;
using oracles::TreeState;

// Everything the kernels compute from one state, flat: tau, a = aba(tau / 2), M, transmitted, energies,
// momentum, centre.
template <class T>
std::vector<T> calc_everything(const Model& model, Data<T>& data, const std::vector<T>& q,
                               const std::vector<T>& v, const std::vector<T>& a) {
  const int n = model.coordinate_count();
  ArticulatedWorkspace<T> articulated(model);
  CompositeWorkspace<T> composite(model);
  std::vector<T> out = rnea(model, data, q.data(), v.data(), a.data());
  std::vector<T> half, acceleration(n), M(n * n);
  for (const T& tau : out) half.push_back(tau * T(0.5));
  aba(model, data, articulated, v.data(), half.data(), acceleration.data());
  crba(model, data, composite, M.data());
  out.insert(out.end(), acceleration.begin(), acceleration.end());
  out.insert(out.end(), M.begin(), M.end());
  const auto append = [&](const Vector3<T>& x) { out.insert(out.end(), {x.x, x.y, x.z}); };
  for (const SpatialForce<T>& F : data.transmitted) append(F.moment), append(F.force);
  out.push_back(calc_kinetic_energy(model, data));
  out.push_back(calc_potential_energy(model, data));
  append(calc_momentum(model, data).moment);
  append(calc_mass_center(model, data).position);
  append(calc_mass_center(model, data).velocity);
  return out;
}

std::vector<double> calc_everything(const Model& model, const TreeState& state) {
  Data<double> data(model);
  oracles::set_applied(data, state);
  return calc_everything(model, data, state.q, state.v, state.a);
}

double largest(const std::vector<double>& x) {
  double result = 0.0;
  for (double value : x) result = std::max(result, std::abs(value));
  return result;
}

TEST(Scalars, EightStatesInEightLanes) {
  for (unsigned seed : {1U, 2U, 3U}) {
    const Model model = oracles::build_random_tree(seed, 9, Root::kFree);
    const int n = model.coordinate_count();
    Random random(seed + 5);
    Data<Lanes8> data(model);
    std::vector<TreeState> states;
    std::vector<Lanes8> q(n), v(n), a(n);
    for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
      states.push_back(oracles::build_random_state(model, random));
      for (int i = 0; i < n; ++i) {
        q[i].lane[lane] = states[lane].q[i];
        v[i].lane[lane] = states[lane].v[i];
        a[i].lane[lane] = states[lane].a[i];
        const SpatialForce<double>& F = states[lane].applied[i];
        Vector3<Lanes8>&moment = data.applied[i].moment, &force = data.applied[i].force;
        moment.x.lane[lane] = F.moment.x, moment.y.lane[lane] = F.moment.y, moment.z.lane[lane] = F.moment.z;
        force.x.lane[lane] = F.force.x, force.y.lane[lane] = F.force.y, force.z.lane[lane] = F.force.z;
      }
    }
    const std::vector<Lanes8> all = calc_everything(model, data, q, v, a);
    for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
      const std::vector<double> expected = calc_everything(model, states[lane]);
      ASSERT_EQ(expected.size(), all.size());
      for (size_t k = 0; k < all.size(); ++k) {
        EXPECT_NEAR(all[k].lane[lane], expected[k], 1e-13 * largest(expected))
            << "lane " << lane << ", number " << k;
      }
    }
  }
}

TEST(Scalars, TapeReplaysTheKernels) {
  for (unsigned seed : {4U, 5U, 6U}) {
    const Model model = oracles::build_random_tree(seed, 8, Root::kFixed);
    const int n = model.coordinate_count();
    Random random(seed + 5);
    const TreeState recorded = oracles::build_random_state(model, random);
    const tape::Tape tape = tape::Tape::record(3 * n, [&](std::span<const tape::Var> x) {
      const auto part = [&](int first) {
        return std::vector<tape::Var>(x.begin() + first, x.begin() + first + n);
      };
      Data<tape::Var> data(model);
      oracles::set_applied(data, recorded);
      return calc_everything(model, data, part(0), part(n), part(2 * n));
    });
    tape::TapeEvaluator evaluator(tape);
    std::vector<double> y(tape.output_count());
    for (int trial = 0; trial < 3; ++trial) {
      TreeState state = oracles::build_random_state(model, random);
      state.applied = recorded.applied;
      std::vector<double> x = state.q;
      x.insert(x.end(), state.v.begin(), state.v.end());
      x.insert(x.end(), state.a.begin(), state.a.end());
      evaluator.calc_values(x.data(), y.data());
      const std::vector<double> expected = calc_everything(model, state);
      for (size_t k = 0; k < y.size(); ++k) EXPECT_NEAR(y[k], expected[k], 1e-13 * largest(expected)) << k;
    }
  }
}

TEST(Scalars, SecondCallOnUsedWorkspaceGivesTheSameBytes) {
  const Model model = oracles::build_random_tree(9, 10, Root::kFree);
  Random random(10);
  const TreeState state = oracles::build_random_state(model, random),
                  other = oracles::build_random_state(model, random);
  Data<double> data(model);
  oracles::set_applied(data, state);
  const std::vector<double> first = calc_everything(model, data, state.q, state.v, state.a);
  oracles::set_applied(data, other);
  calc_everything(model, data, other.q, other.v, other.a);
  oracles::set_applied(data, state);
  const std::vector<double> second = calc_everything(model, data, state.q, state.v, state.a);
  EXPECT_EQ(std::memcmp(first.data(), second.data(), first.size() * sizeof(double)), 0);
}

TEST(Scalars, UsedWorkspacesGiveTheSameBytes) {
  const Model model = oracles::build_random_tree(19, 10, Root::kFree);
  const int n = model.coordinate_count();
  Random random(20);
  const TreeState state = oracles::build_random_state(model, random);
  Data<double> data(model);
  ArticulatedWorkspace<double> articulated(model);
  CompositeWorkspace<double> composite(model);
  std::vector<double> a_first(n), a_second(n, 5.0), M_first(n * n), M_second(n * n, 5.0);
  update_positions(model, data, state.q.data());
  aba(model, data, articulated, state.v.data(), state.a.data(), a_first.data());
  aba(model, data, articulated, state.v.data(), state.a.data(), a_second.data());
  crba(model, data, composite, M_first.data());
  crba(model, data, composite, M_second.data());
  EXPECT_EQ(a_first, a_second);
  EXPECT_EQ(M_first, M_second);
}

}  // namespace
}  // namespace lumbarun
