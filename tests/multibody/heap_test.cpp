// No heap in the hot loop: after construction the kernels and the tape's sweeps never allocate.
#include <gtest/gtest.h>

#include "sim/core/lanes.h"
#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/energy.h"
#include "sim/multibody/jacobian.h"
#include "sim/multibody/rnea.h"
#include "sim/tape/tape.h"
#include "tests/oracles/allocation_counter.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::count_allocations;

TEST(Heap, TheCounterCounts) {
  std::vector<double> x;
  EXPECT_EQ(count_allocations([&] { x.resize(10); }), 1);
  std::vector<Lanes8> y;
  EXPECT_EQ(count_allocations([&] { y.resize(10); }), 1);
}

template <class T>
long count_in_kernels() {
  const Model model = oracles::build_model(oracles::describe_runner_sized_tree(1));
  oracles::Random random(2);
  const oracles::TreeState state = oracles::build_random_state(model, random);
  const std::vector<T> q = oracles::cast_all<T>(state.q), v = oracles::cast_all<T>(state.v);
  const std::vector<T> a = oracles::cast_all<T>(state.a);
  const int n = model.coordinate_count();
  Data<T> data(model);
  ArticulatedWorkspace<T> articulated(model);
  CompositeWorkspace<T> composite(model);
  std::vector<T> a_out(n), M(n * n);
  std::vector<SpatialMotion<T>> body_column(n);
  std::vector<Vector3<T>> point_column(n);
  T energy(0.0);
  return count_allocations([&] {
    data.clear_applied();
    rnea(model, data, q.data(), v.data(), a.data());
    aba(model, data, articulated, v.data(), data.tau.data(), a_out.data());
    crba(model, data, composite, M.data());
    calc_body_jacobian(model, data, CoordinateIndex(n - 1), body_column.data());
    calc_point_jacobian(model, data, CoordinateIndex(n - 1), data.link[n - 1].p_WL, point_column.data());
    energy += calc_kinetic_energy(model, data) + calc_potential_energy(model, data);
    energy += calc_momentum(model, data).force.x;
  });
}

TEST(Heap, KernelsDoNotAllocate) {
  EXPECT_EQ(count_in_kernels<double>(), 0);
  EXPECT_EQ(count_in_kernels<Lanes8>(), 0);
}

TEST(Heap, TapeSweepsDoNotAllocate) {
  const Model model = oracles::build_random_tree(3, 6, oracles::Root::kFree);
  const int n = model.coordinate_count();
  const tape::Tape tape = tape::Tape::record(3 * n, [&](std::span<const tape::Var> x) {
    Data<tape::Var> data(model);
    return rnea(model, data, x.data(), x.data() + n, x.data() + 2 * n);
  });
  tape::TapeEvaluator evaluator(tape);
  std::vector<double> x(3 * n, 0.3), y(n), jacobian(3 * n * n), hessian(9 * n * n), weights(n, 0.7);
  EXPECT_EQ(count_allocations([&] {
              evaluator.update_partials(x.data(), y.data());
              evaluator.calc_jacobian(jacobian.data());
              evaluator.calc_hessian(weights.data(), hessian.data(), 2 * n);
            }),
            0);
}

}  // namespace
}  // namespace lumbarun
