// How long does sharing one sample among 332 muscles in 30 rows take, cold and from the sample before, and
// how does that compare with accelerated projected gradient on the same problem (stopped at the far looser
// 1e-6 in activation)?
//   arguments: exponent p; demand in percent of a feasible moment.
// And the same on the runner himself: all his muscles over a stride of the norm, 1 ms apart, beside Ipopt (exact Hessian,
// tolerance 1e-9) on the same samples in the same run.
// Goal: cold at most 0.3 ms, warm at most 0.1 ms on one core.
#include <benchmark/benchmark.h>

#include "models/muscles.h"
#include "models/runner_builder.h"
#include "sim/planning/separable_solver.h"
#include "sim/sharing/gait_sharing.h"
#include "sim/sharing/general_sharing.h"
#include "sim/sharing/sharing_solver.h"
#include "tests/forward/sample_gait.h"
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

// Solves what was recorded, again and again.
template <class Problems>
void run_solver(benchmark::State& state, const Problems& recording, bool warm) {
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
  state.counters["muscles"] = static_cast<double>(recording.setup.muscle_count());
  state.counters["iterations"] = iterations / solves;
  state.counters["per_sample"] =
      benchmark::Counter(solves, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void sharing_cold(benchmark::State& state) { run_solver(state, Recording(state), false); }
void sharing_warm(benchmark::State& state) { run_solver(state, Recording(state), true); }

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

// The sharing problems of a run: rigid tendons, so that one sample is one problem.
struct RunnerRecording {
  explicit RunnerRecording(int exponent) {
    const std::string folder = LUMBARUN_SOURCE_DIR "/models/runner";
    const SkeletonTables tables = read_skeleton_tables(folder);
    const RunnerParameters parameters;
    const Runner runner = build_runner(tables, parameters);
    const RunnerMuscles muscles =
        build_muscles(runner.model, tables, read_muscle_tables(folder, tables), parameters.person);
    SharingSettings settings;
    settings.exponent = exponent;
    settings.elastic_tendons = false;
    GaitSharing sharing(runner, muscles.muscles, muscles.paths, settings);
    RunnerData<double> data(runner);
    std::vector<double> tau(static_cast<size_t>(runner.model.coordinate_count()));
    const PeriodicMotion motion = test::build_sample_motion(runner, 0.004);
    for (unsigned k = 0; k < kSamples; ++k) {
      const MotionState s = motion.at_time(0.05 + 0.001 * k);
      calc_actuator_torques(runner, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
      sharing.solve(data, s.q.data(), s.v.data(), tau.data());
      samples.push_back(sharing.sample());
    }
    setup = sharing.setup();
  }
  SharingSetup setup;
  std::vector<SharingSample> samples;
};

void runner_cold(benchmark::State& state) {
  run_solver(state, RunnerRecording(static_cast<int>(state.range(0))), false);
}
void runner_warm(benchmark::State& state) {
  run_solver(state, RunnerRecording(static_cast<int>(state.range(0))), true);
}

// Ipopt starts from an activation of 0.3 everywhere; worst difference from the dual method's answer as a counter.
void runner_ipopt(benchmark::State& state) {
  const RunnerRecording recording(static_cast<int>(state.range(0)));
  SharingSolver dual(recording.setup);
  const ActivationTarget nothing{{0}, {1.0}, 0.0, 0.0};
  SharingSolution solution, expected;
  double iterations = 0.0, solves = 0.0, difference = 0.0;
  for (auto _ : state) {
    for (unsigned k = 0; k < kSamples; k += 8) {
      state.PauseTiming();
      dual.solve(recording.samples[k], expected);
      solution = expected;
      solution.activation.setConstant(0.3);
      state.ResumeTiming();
      const GeneralSummary summary = solve_general_sharing(recording.setup, recording.samples[k], {nothing},
                                                           nullptr, solve_separable, solution);
      if (!summary.usable) state.SkipWithError(summary.reason.c_str());
      difference = std::max(difference, (solution.activation - expected.activation).cwiseAbs().maxCoeff());
      iterations += summary.iterations;
      solves += 1.0;
    }
  }
  state.counters["difference"] = difference;
  state.counters["iterations"] = iterations / solves;
  state.counters["per_sample"] =
      benchmark::Counter(solves, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK(runner_cold)->Arg(2)->Arg(3);
BENCHMARK(runner_warm)->Arg(2)->Arg(3);
BENCHMARK(runner_ipopt)->Arg(2)->Arg(3)->Unit(benchmark::kMillisecond);
BENCHMARK(sharing_cold)->ArgsProduct({{2, 3}, {100, 500}});
BENCHMARK(sharing_warm)->ArgsProduct({{2, 3}, {100, 500}});
BENCHMARK(projected_gradient_cold)->ArgsProduct({{2, 3}, {100}})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lumbarun
