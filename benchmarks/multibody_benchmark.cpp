// What do the kernels cost on the runner's 46 coordinates, for one state, for eight in lanes, and for the
// derivatives that a planner needs at each knot? And how does inverse dynamics compare with Simbody's in the
// same run?
#include <benchmark/benchmark.h>

#include <chrono>

#include "models/skeleton.h"
#include "sim/core/lanes.h"
#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/rnea.h"
#include "sim/tape/tape.h"
#include "tests/oracles/random_tree.h"
#ifdef LUMBARUN_HAVE_SIMBODY
#include "tests/cross/simbody_links.h"
#endif

namespace lumbarun {
namespace {

const Model& get_runner() {
  static const Model runner =
      build_skeleton(read_skeleton_tables(std::string(LUMBARUN_SOURCE_DIR) + "/models/runner"), {}, 0.25);
  return runner;
}

template <class T>
struct Problem {
  Problem() : model(get_runner()), n(model.coordinate_count()), data(model), out(n * n) {
    oracles::Random random(1);
    const oracles::TreeState state = oracles::build_random_state(model, random);
    q = oracles::cast_all<T>(state.q);
    v = oracles::cast_all<T>(state.v);
    a = oracles::cast_all<T>(state.a);
    rnea(model, data, q.data(), v.data(), a.data());
  }
  const Model& model;
  int n;
  Data<T> data;
  std::vector<T> q, v, a, out;
};

template <class T>
void inverse_dynamics(benchmark::State& state) {
  Problem<T> p;
  for (auto _ : state) {
    benchmark::DoNotOptimize(rnea(p.model, p.data, p.q.data(), p.v.data(), p.a.data()).data());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(inverse_dynamics<double>);
BENCHMARK(inverse_dynamics<Lanes8>);

template <class T>
void forward_dynamics(benchmark::State& state) {
  Problem<T> p;
  ArticulatedWorkspace<T> work(p.model);
  for (auto _ : state) {
    update_positions(p.model, p.data, p.q.data());
    aba(p.model, p.data, work, p.v.data(), p.data.tau.data(), p.out.data());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(forward_dynamics<double>);
BENCHMARK(forward_dynamics<Lanes8>);

template <class T>
void mass_matrix(benchmark::State& state) {
  Problem<T> p;
  CompositeWorkspace<T> work(p.model);
  for (auto _ : state) {
    update_positions(p.model, p.data, p.q.data());
    crba(p.model, p.data, work, p.out.data());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(mass_matrix<double>);
BENCHMARK(mass_matrix<Lanes8>);

// Inverse dynamics on tape: inputs (q, v, a), outputs tau.
struct TapeProblem {
  TapeProblem()
      : n(get_runner().coordinate_count()),
        tape(tape::Tape::record(3 * n,
                                [&](std::span<const tape::Var> x) {
                                  Data<tape::Var> data(get_runner());
                                  return rnea(get_runner(), data, x.data(), x.data() + n, x.data() + 2 * n);
                                })),
        evaluator(tape),
        y(n),
        jacobian(3 * n * n),
        hessian(9 * n * n) {
    oracles::Random random(1);
    x = random.values(3 * n, 1.0);
    weights = random.values(n, 1.0);
    evaluator.update_partials(x.data(), y.data());
  }
  int n;
  tape::Tape tape;
  tape::TapeEvaluator evaluator;
  std::vector<double> x, y, weights, jacobian, hessian;
};

void tape_partials(benchmark::State& state) {
  TapeProblem p;
  for (auto _ : state) {
    p.evaluator.update_partials(p.x.data(), p.y.data());
    benchmark::ClobberMemory();
  }
  state.counters["operations"] = p.tape.op_count();
}
BENCHMARK(tape_partials);

void tape_jacobian(benchmark::State& state) {
  TapeProblem p;
  for (auto _ : state) {
    p.evaluator.calc_jacobian(p.jacobian.data());
    benchmark::ClobberMemory();
  }
}
BENCHMARK(tape_jacobian);

void tape_hessian(benchmark::State& state) {
  TapeProblem p;
  for (auto _ : state) {
    p.evaluator.calc_hessian(p.weights.data(), p.hessian.data(), 2 * p.n);
    benchmark::ClobberMemory();
  }
}
BENCHMARK(tape_hessian);

void tape_recording(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(TapeProblem().tape.op_count());
}
BENCHMARK(tape_recording);

#ifdef LUMBARUN_HAVE_SIMBODY
// Both engines from new positions to generalised forces, call by call in turn, so that a busy machine slows
// both.
void simbody_over_ours_inverse_dynamics(benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  Problem<double> p;
  crosscheck::SimbodyTree simbody(crosscheck::build_simbody_links(p.model), p.model.gravity);
  Clock::duration ours{}, theirs{};
  for (auto _ : state) {
    const auto start = Clock::now();
    benchmark::DoNotOptimize(rnea(p.model, p.data, p.q.data(), p.v.data(), p.a.data()).data());
    const auto middle = Clock::now();
    simbody.set_state(p.q, p.v);
    benchmark::DoNotOptimize(simbody.calc_inverse_dynamics(p.a).data());
    theirs += Clock::now() - middle;
    ours += middle - start;
  }
  state.counters["ratio"] = std::chrono::duration<double>(theirs) / std::chrono::duration<double>(ours);
}
BENCHMARK(simbody_over_ours_inverse_dynamics);
#endif

}  // namespace
}  // namespace lumbarun
