// What does it cost the forward simulation to carry the axial motion of discs?
// A closed-loop run through landing and mid-stance about the same plan (the measured norm put on the ground), with feedback; argument:
// levels that slide. Time of 6 levels over that of 0 is the ratio. Goal: at most 1.3.
#include <benchmark/benchmark.h>

#include "sim/forward/gait_feedback.h"
#include "sim/forward/gait_integrator.h"
#include "tests/forward/sample_gait.h"

namespace lumbarun {
namespace {

constexpr double kDuration = 0.15;  // s: landing and mid-stance

Runner build_sliding_runner(int levels) {
  RunnerParameters parameters;
  parameters.tissue.axial_levels = levels;
  return build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), parameters);
}

void forward_run(benchmark::State& state) {
  const Runner planned = test::build_sample_runner();
  const Runner runner = build_sliding_runner(static_cast<int>(state.range(0)));
  const PeriodicMotion motion = test::build_sample_motion(planned, 0.005);
  const TorquePlan plan(planned, motion);
  static const std::vector<Eigen::MatrixXd> gains = solve_gait_feedback(planned, plan, {}).lqr.gains;
  double steps = 0.0;
  for (auto _ : state) {
    GaitEquations equations(runner, GaitController(plan, gains, 600.0),
                            find_planned_coordinates(planned.model, runner.model));
    ForwardState x;
    equations.calc_planned_state(0.0, x);
    GaitIntegrator integrator(equations, {}, x, 0.0);
    while (integrator.time() < kDuration && integrator.advance()) {
    }
    steps = static_cast<double>(integrator.steps());
  }
  state.counters["steps"] = steps;
}

BENCHMARK(forward_run)->Arg(0)->Arg(6)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lumbarun
