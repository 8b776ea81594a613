#include "scenarios/record_plan.h"

#include <fmt/format.h>

namespace lumbarun {
namespace {

constexpr int kResidualSamplesPerKnot = 4;

void append(const Vector3<double>& v, std::vector<double>& out) { out.insert(out.end(), {v.x, v.y, v.z}); }

NamedValue scalar(const char* name, const char* unit, const char* long_name, double value) {
  return {name, unit, long_name, ValueAxis::kScalar, {value}, false};
}

// Coordinates that the plan locks are stored as zero.
void write_knots(const Runner& runner, const Model& recorded, const PeriodicMotion& motion,
                 PlanRecord& record) {
  const std::vector<int> place = find_planned_coordinates(runner.model, recorded);
  RunnerData<double> data(runner);
  for (int k = 0; k < motion.knot_count(); ++k) {
    const MotionState s = motion.at_knot(k);
    record.knot_time.push_back(k * motion.knot_spacing());
    const size_t first = record.q.size();
    record.q.resize(first + recorded.coordinate_count(), 0.0);
    for (size_t i = 0; i < place.size(); ++i) record.q[first + place[i]] = s.q[static_cast<Eigen::Index>(i)];
    update_external_forces(runner, data, s.q.data(), s.v.data());
    for (int foot = 0; foot < kFootCount; ++foot)
      append(calc_foot_force(runner, data, foot), record.ground_force);
  }
}

void write_residual(const Runner& runner, const PeriodicMotion& motion, PlanRecord& record) {
  RunnerData<double> data(runner);
  Eigen::VectorXd tau(motion.coordinate_count());
  const int samples = kResidualSamplesPerKnot * motion.knot_count();
  for (int k = 0; k < samples; ++k) {
    const double t = motion.period() * (k + 0.5) / samples;
    const MotionState s = motion.at_time(t);
    calc_actuator_torques(runner, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    record.residual_time.push_back(t);
    append({tau[0], tau[1], tau[2]}, record.root_residual_force);
    append({tau[3], tau[4], tau[5]}, record.root_residual_moment);
  }
}

std::string describe_path(const GaitPlan& plan) {
  std::string text;
  for (const PlanStage& stage : plan.stages) {
    text += fmt::format("{}{} ({} knots): {} in {} iterations, objective {:.6g}, violation {:.1e}",
                        text.empty() ? "" : "; ", stage.name, stage.knots, stage.solver.reason,
                        stage.solver.iterations, stage.solver.objective, stage.solver.constraint_violation);
  }
  return text;
}

double get_weight(const CostWeights& weights, const std::string& term) {
  if (term == "tracking") return weights.tracking;
  if (term == "effort") return weights.effort;
  if (term == "acceleration") return weights.acceleration;
  return weights.landing_normal;
}

}  // namespace

void write_plan(const Runner& runner, const Model& recorded, const GaitRequest& request, const GaitPlan& plan,
                RunRecord& record) {
  PlanRecord& out = record.plan;
  write_knots(runner, recorded, plan.motion, out);
  write_residual(runner, plan.motion, out);
  for (const CostShare& cost : plan.costs) {
    out.cost_terms.push_back({cost.name, get_weight(request.weights, cost.name), cost.value, cost.share});
  }
  int iterations = 0;
  for (const PlanStage& stage : plan.stages) iterations += stage.solver.iterations;
  const BetweenKnots& between = plan.between_knots;
  out.numbers = {
      scalar("cadence", "1/s", "steps per second, both feet", request.cadence),
      scalar("full_stride", "1", "1: two planned steps that repeat as they are; 0: one step, mirrored",
             request.is_full_stride ? 1.0 : 0.0),
      scalar("step_time", "s", "half the planned stride", plan.step_time()),
      scalar("iterations", "1", "solver iterations over all stages", iterations),
      scalar("objective", "1", "cost at the end", plan.stages.back().solver.objective),
      scalar("residual_force_rms", "N", "root force balance between knots, RMS", between.force_rms),
      scalar("residual_force_max", "N", "root force balance between knots, largest", between.force_max),
      scalar("residual_moment_rms", "N m", "root moment balance between knots, RMS", between.moment_rms),
      scalar("residual_moment_max", "N m", "root moment balance between knots, largest", between.moment_max),
      scalar("ground_force_tracking_weight", "1", "weight of cost terms on ground force: there are none",
             0.0),
      scalar("landing_forward_weight", "1", "weight of the fore-aft part of the landing term",
             request.weights.landing_forward)};
  out.texts = {{"status", plan.is_converged ? "converged" : plan.failure},
               {"solve_path", describe_path(plan)}};
}

void write_forward_summary(const ForwardResult& forward, RunRecord& record) {
  const ForwardSummary& s = forward.summary;
  const auto add = [&](const char* name, const char* unit, const char* long_name, double value) {
    record.metrics.push_back(scalar(name, unit, long_name, value));
  };
  add("forward_strides", "1", "full strides simulated upright", s.strides);
  add("forward_feedback_share", "1", "RMS of feedback over RMS of total actuator torque, reported stride",
      s.feedback_share);
  add("forward_largest_deviation", "rad", "largest deviation of a joint angle from the plan",
      s.max_joint_deviation);
  add("forward_height_deviation", "m", "largest deviation of the pelvis height from the plan",
      s.max_height_deviation);
  add("forward_net_impulse_share", "1",
      "net fore-aft impulse of the reported stride over its braking impulse; undefined without braking",
      s.net_forward_impulse);
  record.metrics.back().may_be_undefined = true;
  add("forward_ledger_closure", "1", "largest energy imbalance of a stride over its positive actuator work",
      s.ledger_closure);
  add("forward_steps", "1", "accepted integration steps", static_cast<double>(s.steps));
  add("forward_largest_multiplier", "1",
      "largest Floquet multiplier per step besides progress along the path", s.largest_multiplier);
  add("forward_feedback_torque", "N m", "torque that the feedback's gains count like the tolerated deviation",
      s.feedback_torque);
}

}  // namespace lumbarun
