// How long do values, partials, Jacobian and Hessian of the planner's node kernel take at one knot, and how
// does that compare with sweeps that visit every operation of the tape (Reference)? Setup is the time to
// build an evaluator. Goal: Jacobian at most 50 µs, Hessian at most 200 µs on one core.
#include <benchmark/benchmark.h>

#include "models/gait_norm.h"
#include "models/reference_motion.h"
#include "models/runner_builder.h"
#include "sim/planning/node_kernel.h"
#include "tests/oracles/reference_tape_evaluator.h"

namespace lumbarun {
namespace {

struct Knot {
  Knot() {
    const std::string models = LUMBARUN_SOURCE_DIR "/models";
    const Runner runner = build_runner(read_skeleton_tables(models + "/runner"), RunnerParameters{});
    tape = record_node_kernel(runner);
    constexpr double kSpeed = 3.5, kCadence = 2.857, kStance = 0.1;  // m/s, steps/s, s
    const MotionState state =
        build_reference_motion(runner.model, GaitNorm::read(models + "/gaits"), kSpeed, kCadence)(kStance);
    for (const auto* part : {&state.q, &state.v, &state.a}) x.insert(x.end(), part->begin(), part->end());
    y.resize(tape.output_count());
    weights.assign(tape.output_count(), 0.3);
    jacobian.resize(y.size() * x.size());
    hessian.resize(x.size() * x.size());
    curved_inputs = 2 * runner.model.coordinate_count();
  }
  tape::Tape tape;
  std::vector<double> x, y, weights, jacobian, hessian;
  int curved_inputs = 0;
};

Knot& get_knot() {
  static Knot knot;
  return knot;
}

template <class Evaluator>
void values(benchmark::State& state) {
  Knot& knot = get_knot();
  Evaluator evaluator(knot.tape);
  for (auto _ : state) evaluator.calc_values(knot.x.data(), knot.y.data());
}

template <class Evaluator>
void partials(benchmark::State& state) {
  Knot& knot = get_knot();
  Evaluator evaluator(knot.tape);
  for (auto _ : state) evaluator.update_partials(knot.x.data(), knot.y.data());
}

template <class Evaluator>
void jacobian(benchmark::State& state) {
  Knot& knot = get_knot();
  Evaluator evaluator(knot.tape);
  evaluator.update_partials(knot.x.data(), knot.y.data());
  for (auto _ : state) evaluator.calc_jacobian(knot.jacobian.data());
}

template <class Evaluator>
void hessian(benchmark::State& state) {
  Knot& knot = get_knot();
  Evaluator evaluator(knot.tape);
  evaluator.update_partials(knot.x.data(), knot.y.data());
  for (auto _ : state) evaluator.calc_hessian(knot.weights.data(), knot.hessian.data(), knot.curved_inputs);
}

void setup(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(tape::TapeEvaluator(get_knot().tape));
}

using Reference = oracles::ReferenceTapeEvaluator;
BENCHMARK(values<tape::TapeEvaluator>)->Unit(benchmark::kMicrosecond);
BENCHMARK(values<Reference>)->Unit(benchmark::kMicrosecond);
BENCHMARK(partials<tape::TapeEvaluator>)->Unit(benchmark::kMicrosecond);
BENCHMARK(partials<Reference>)->Unit(benchmark::kMicrosecond);
BENCHMARK(jacobian<tape::TapeEvaluator>)->Unit(benchmark::kMicrosecond);
BENCHMARK(jacobian<Reference>)->Unit(benchmark::kMicrosecond);
BENCHMARK(hessian<tape::TapeEvaluator>)->Unit(benchmark::kMicrosecond);
BENCHMARK(hessian<Reference>)->Unit(benchmark::kMicrosecond);
BENCHMARK(setup)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lumbarun
