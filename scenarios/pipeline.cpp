#include "scenarios/pipeline.h"

#include "models/joint_strength.h"
#include "models/reference_motion.h"
#include "scenarios/posture_pipeline.h"
#include "scenarios/record_header.h"
#include "scenarios/record_loads.h"
#include "scenarios/record_metrics.h"
#include "scenarios/record_motion.h"
#include "scenarios/record_plan.h"
#include "scenarios/scenario_io.h"
#include "scenarios/scenario_model.h"
#include "scenarios/sharing_request.h"
#include "scenarios/stride_request.h"
#include "sim/core/contracts.h"
#include "sim/dynamics/symmetry.h"

namespace lumbarun {
namespace {

bool needs_full_stride(const Scenario& scenario, const ScenarioModel& built, const JointStrength& strength) {
  const bool is_even = is_symmetric(built.runner) && is_symmetric(strength, built.runner.mirror);
  LUMBARUN_THROW_UNLESS(
      is_even || scenario.plan.full_stride != "false",
      "plan.full_stride = false: left and right of this runner or ground differ, so one step "
      "cannot be mirrored; nearest: auto");
  return !is_even || scenario.plan.full_stride == "true";
}

GaitRequest build_request(const Scenario& scenario, const ScenarioModel& built) {
  GaitRequest request;
  const StrideRequest stride = build_stride_request(scenario, built.runner, built.norm);
  request.speed = stride.speed;
  request.cadence = stride.cadence;
  request.knots_per_step = scenario.plan.knots;
  request.weights.tracking *= scenario.plan.tracking_weight;
  request.weights.acceleration *= scenario.plan.acceleration_weight;
  request.weights.effort *= scenario.plan.effort_weight;
  request.weights.landing_normal *= scenario.plan.landing_weight;
  request.weights.landing_forward *= scenario.plan.landing_weight;
  request.strength = calc_joint_strength(built.runner, built.muscles);
  request.is_full_stride = needs_full_stride(scenario, built, request.strength);
  request.reference =
      build_reference_motion(built.runner, built.norm, stride.speed, stride.cadence, stride.shape);
  return request;
}

ForwardOptions build_forward_options(const Scenario& scenario) {
  ForwardOptions options;
  options.strides = scenario.simulate.strides;
  options.integration.tolerance = scenario.simulate.tolerance;
  options.sample_rate = scenario.output.sample_rate_hz;
  options.keep_all = scenario.output.keep_all;
  return options;
}

GaitPlan plan(const ScenarioModel& built, const GaitRequest& request, Progress& progress) {
  return plan_gait(built.runner, request, [&](const std::string& stage) { progress.update(stage); });
}

// From the simulated strides to loads and metrics; sets the record's status.
void write_results(const Scenario& scenario, const ScenarioModel& built, const GaitRequest& request,
                   const ForwardResult& forward, RunRecord& record, Progress& progress) {
  write_forward_summary(forward, record);
  if (!forward.last) {
    record.header.status = "failed: " + forward.failure;  // nothing to report
    return;
  }
  progress.begin_stage("share muscles, load discs");
  const std::vector<StrideSamples>& strides = forward.strides;
  const StrideSamples reported = strides.size() > 1 ? join_strides(strides) : *forward.last;
  const std::optional<EmgEnvelopes> emg = read_scenario_emg(scenario.sharing);
  const StrideLoads loads =
      analyze_stride(built.get_simulated_runner(), built.get_simulated_muscles().muscles,
                     built.get_simulated_muscles().paths,
                     {reported.time, reported.q, reported.u, reported.acceleration, emg ? &*emg : nullptr,
                      scenario.sharing.emg_weight, forward.last->duration, scenario.output.induced_split},
                     build_sharing_settings(scenario.sharing));
  write_motion(reported, loads, record);
  const std::string loads_status = write_loads(built, reported, loads, record);

  progress.begin_stage("metrics");
  write_metrics(built, request, strides.empty() ? std::vector{*forward.last} : strides, record);
  record.header.status = forward.is_upright ? loads_status : forward.failure;
}

// The plan for the habitual shoe and surface, simulated on those of the scenario.
RunRecord run_unadapted(const Scenario& scenario, const Scenario& habitual, const ScenarioModel& built,
                        Progress& progress) {
  RunRecord record;
  write_header(scenario, built, record);
  record.header.title += ", unadapted";

  progress.begin_stage("plan habitual gait");
  const ScenarioModel built_for = build_scenario_model(habitual);
  const GaitRequest request = build_request(habitual, built_for);
  const GaitPlan gait = plan(built_for, request, progress);
  write_plan(built_for.runner, built.get_simulated_runner().model, request, gait, record);
  record.header.status = "failed: " + gait.failure;
  if (!gait.is_converged) return record;

  progress.begin_stage("simulate unadapted");
  const ForwardResult forward = simulate_unadapted_gait(
      built_for.runner, built.get_simulated_runner(), gait, build_forward_options(scenario),
      [&](const std::string& event) { progress.update(event); });
  write_results(scenario, built, request, forward, record, progress);
  return record;
}

}  // namespace

RunRecord run_scenario(const Scenario& scenario, Progress& progress) {
  if (is_posture(scenario)) return run_posture(scenario, progress);
  progress.begin_stage("build model");
  const ScenarioModel built = build_scenario_model(scenario);
  read_scenario_emg(scenario.sharing);  // refuses a bad table before anything is computed
  RunRecord record;
  write_header(scenario, built, record);

  progress.begin_stage("plan gait");
  const GaitRequest request = build_request(scenario, built);
  const GaitPlan gait = plan(built, request, progress);
  write_plan(built.runner, built.get_simulated_runner().model, request, gait, record);
  record.header.status = "failed: " + gait.failure;

  if (gait.is_converged) {
    progress.begin_stage("simulate forward");
    const ForwardResult forward =
        simulate_gait(built.runner, built.get_simulated_runner(), gait, build_forward_options(scenario),
                      [&](const std::string& event) { progress.update(event); });
    write_results(scenario, built, request, forward, record, progress);
  }
  if (const auto habitual = build_habitual_scenario(scenario)) {
    record.unadapted.push_back(run_unadapted(scenario, *habitual, built, progress));
  }
  progress.finish();
  return record;
}

}  // namespace lumbarun
