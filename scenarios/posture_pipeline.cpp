#include "scenarios/posture_pipeline.h"

#include "scenarios/posture_request.h"
#include "scenarios/record_header.h"
#include "scenarios/record_loads.h"
#include "scenarios/record_metrics.h"
#include "scenarios/record_motion.h"
#include "scenarios/sharing_request.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

constexpr double kUnloaded = 1.0;  // N: a foot below it has no centre of pressure

// The posture as a recording of one instant, at rest.
StrideSamples build_sample(const Runner& runner, const Eigen::VectorXd& q) {
  StrideSamples sample;
  sample.time = {0.0};
  sample.q = q;
  sample.u = sample.acceleration = Eigen::VectorXd::Zero(q.size());
  RunnerData<double> data(runner);
  update_external_forces(runner, data, q.data(), sample.u.data());
  auto& feet = sample.feet.emplace_back();
  for (int foot = 0; foot < kFootCount; ++foot) {
    feet[foot] = {calc_foot_force(runner, data, foot),
                  calc_pressure_center(runner.contact, data.elements, foot, kUnloaded)};
  }
  return sample;
}

void write_support(const PostureKeys& keys, const EquilibriumSummary& found, RunRecord& record) {
  const auto add = [&](const char* name, const char* unit, const char* long_name, double value) {
    record.metrics.push_back({name, unit, long_name, ValueAxis::kScalar, {value}, false});
  };
  add("held_mass", "kg", "mass held in the hands", keys.load_kg);
  add("foot_force", "N", "force of the ground on both feet", found.foot_force);
  add("seat_force_ischium", "N", "force of the seat under the ischial tuberosities",
      found.ischium_force[0] + found.ischium_force[1]);
  add("seat_force_thigh", "N", "force of the seat under the thighs",
      found.thigh_force[0] + found.thigh_force[1]);
  add("root_residual", "1", "largest imbalance, in parts of weight or weight times 0.1 m",
      found.largest_root_residual);
}

}  // namespace

RunRecord run_posture(const Scenario& scenario, Progress& progress) {
  progress.begin_stage("build model");
  ScenarioModel built = build_scenario_model(scenario);
  RunRecord record;
  write_header(scenario, built, record);
  record.header.speed_m_s = 0.0;

  progress.begin_stage("find equilibrium");
  const EquilibriumRequest request = build_posture_request(scenario.posture, built.norm, built.runner);
  Eigen::VectorXd q;
  const EquilibriumSummary found = solve_equilibrium(request, built.runner, q);
  if (!found.is_converged) {
    record.header.status = "failed: " + found.failure;
    progress.finish();
    return record;
  }

  progress.begin_stage("share muscles, load discs");
  const StrideSamples sample = build_sample(built.runner, q);
  const StrideLoads loads = analyze_stride(built.runner, built.muscles.muscles, built.muscles.paths,
                                           {sample.time, sample.q, sample.u, sample.acceleration},
                                           build_sharing_settings(scenario.sharing));
  write_motion(sample, loads, record);
  record.header.status = write_loads(built, sample, loads, record);

  progress.begin_stage("metrics");
  write_support(scenario.posture, found, record);
  write_disc_metrics(built, record);
  progress.finish();
  return record;
}

}  // namespace lumbarun
