// How long does sharing one sample among 332 muscles in 30 rows take, cold and from the sample before, and
// how does that compare with accelerated projected gradient on the same problem (stopped at the far looser
// 1e-6 in activation)?
//   arguments: exponent p; demand in percent of a feasible moment.
// Goal: cold at most 0.3 ms, warm at most 0.1 ms on one core.
#include <benchmark/benchmark.h>

#include "sim/sharing/sharing_solver.h"
#include "tests/sharing/projected_gradient.h"
#include "tests/sharing/random_problem.h"

namespace lumbarun {
namespace {

constexpr unsigned kSamples = 64;

struct Recording {
  explicit Recording(const benchmark::State& state)
      : setup(build_test_setup({static_cast<int>(state.range(0)), 0.01}, 1)) {
    samples.push_back(build_test_sample(2, 0.01 * static_cast<double>(state.range(1))));
    for (unsigned k = 1; k < kSamples; ++k) samples.push_back(build_next_sample(samples.back(), k));
  }
  SharingSetup setup;
  std::vector<SharingSample> samples;
};

void run_solver(benchmark::State& state, bool warm) {
  const Recording recording(state);
  SharingOptions options;
  options.warm_start = warm;
  SharingSolver solver(recording.setup, options);
  SharingSolution solution;
  solver.solve(recording.samples.back(), solution);
  double iterations = 0.0, solves = 0.0;
  for (auto _ : state) {
    for (const SharingSample& sample : recording.samples) {
      iterations += solver.solve(sample, solution).iterations;
      solves += 1.0;
    }
  }
  state.counters["iterations"] = iterations / solves;
  state.counters["per_sample"] =
      benchmark::Counter(solves, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void sharing_cold(benchmark::State& state) { run_solver(state, false); }
void sharing_warm(benchmark::State& state) { run_solver(state, true); }

void projected_gradient_cold(benchmark::State& state) {
  const Recording recording(state);
  double iterations = 0.0, solves = 0.0;
  for (auto _ : state) {
    const PrimalProblem problem(recording.setup, recording.samples.front());
    const ProjectedGradientAnswer answer = solve_by_projected_gradient(problem, 1e-6, 100000);
    benchmark::DoNotOptimize(answer.activation.data());
    iterations += answer.iterations;
    solves += 1.0;
  }
  state.counters["iterations"] = iterations / solves;
  state.counters["per_sample"] =
      benchmark::Counter(solves, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK(sharing_cold)->ArgsProduct({{2, 3}, {100, 500}});
BENCHMARK(sharing_warm)->ArgsProduct({{2, 3}, {100, 500}});
BENCHMARK(projected_gradient_cold)->ArgsProduct({{2, 3}, {100}})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lumbarun
