#include "sim/forward/forward_simulation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/contracts.h"
#include "sim/core/units.h"
#include "sim/forward/gait_feedback.h"
#include "sim/forward/gait_integrator.h"
#include "sim/forward/ground_events.h"
#include "sim/forward/stride_metrics.h"

namespace lumbarun {

namespace {

constexpr double kLeadTime = 0.020;    // s of flight before the first right foot contact
constexpr double kPlanScan = 0.001;    // s between samples when the plan is searched for that contact
constexpr double kSpareStrides = 2.0;  // beyond the strides asked for, in time, before the run is given up

// What the plan says about the run to come.
struct PlannedRun {
  double start = 0.0;          // s of the plan: kLeadTime before right foot contact
  double pelvis_height = 0.0;  // m, mean over the plane
};

ForwardState calc_start_state(GaitEquations& equations, double t) {
  ForwardState x;
  equations.calc_planned_state(t, x);
  return x;
}

PlannedRun scan_plan(GaitEquations& equations, double threshold) {
  GaitController& controller = equations.controller();
  const double stride = controller.plan().stride_time();
  const int count = static_cast<int>(std::ceil(stride / kPlanScan));
  const GroundPlane& plane = equations.runner().contact.plane;
  PlannedRun run;
  double before = threshold;
  for (int k = 0; k <= count; ++k) {
    const double t = stride * k / count;
    equations.update_ground(calc_start_state(equations, t));
    const LinkState<double>& pelvis = equations.data().tree.link[kRootCoordinateCount - 1];
    if (k < count) run.pelvis_height += (dot(plane.normal, pelvis.p_WL) - plane.offset) / count;
    const double force = calc_normal_foot_force(equations.runner(), equations.data(), 0);
    if (before < threshold && force >= threshold) run.start = t - kLeadTime;
    before = force;
  }
  return run;
}

// How much lower the soles of `runner` reach than those of `planned_for` [m]: mean difference of the lowest gap, where
// the plan stands on the ground.
double calc_sole_difference(const Runner& planned_for, const Runner& runner, const PeriodicMotion& motion) {
  RunnerData<double> before(planned_for), now(runner);
  const std::vector<int> place = find_planned_coordinates(planned_for.model, runner.model);
  std::vector<double> q(runner.model.coordinate_count()), v(q.size());
  const auto calc_lowest = [](const RunnerData<double>& data) {
    const auto by_gap = [](const auto& a, const auto& b) { return a.gap < b.gap; };
    return std::min_element(data.elements.begin(), data.elements.end(), by_gap)->gap;
  };
  double sum = 0.0;
  int count = 0;
  const int samples = static_cast<int>(std::ceil(motion.stride_time() / kPlanScan));
  for (int k = 0; k < samples; ++k) {
    const MotionState s = motion.at_time(k * kPlanScan);
    update_external_forces(planned_for, before, s.q.data(), s.v.data());
    if (calc_lowest(before) > 0.0) continue;
    for (size_t i = 0; i < place.size(); ++i) q[place[i]] = s.q[static_cast<Eigen::Index>(i)];
    update_external_forces(runner, now, q.data(), v.data());
    sum += calc_lowest(before) - calc_lowest(now);
    ++count;
  }
  return count > 0 ? sum / count : 0.0;
}

void describe_stride(const StrideSamples& stride, ForwardSummary& summary) {
  const GroundImpulse impulse = calc_ground_impulse(stride);
  summary.feedback_share = calc_feedback_share(stride);
  summary.mean_vertical_force = impulse.mean_vertical;
  summary.net_forward_impulse = impulse.braking < 0.0 ? impulse.net_forward / std::abs(impulse.braking)
                                                      : std::numeric_limits<double>::quiet_NaN();
}

class GaitRun {
 public:
  GaitRun(GaitEquations& equations, const PlannedRun& planned, const ForwardOptions& options)
      : equations_(equations),
        options_(options),
        start_(planned.start),
        stride_time_(equations.controller().plan().stride_time()),
        integrator_(equations, options.integration, calc_start_state(equations, planned.start),
                    planned.start),
        fall_(equations.runner(), options.fall, planned.pelvis_height),
        contact_(options.contact_threshold, 0.5 * stride_time_),
        recorder_(equations, options.sample_rate, options.pressure_threshold),
        x_(equations.state_size()) {
    for (const Disc& disc : equations.runner().discs) {
      for (const DiscAxis& axis : disc.axes) lumbar_.push_back(axis.coordinate);
    }
  }

  ForwardResult run(const ForwardCallback& on_event) {
    while (result_.summary.strides < options_.strides) {
      const bool has_advanced = integrator_.advance();
      if (const auto cause = find_failure(has_advanced)) {
        const double time = integrator_.time() - start_;
        result_.failure = fmt::format("fell at {:.3f} s: {} (step {})", time, *cause, calc_step(time));
        break;
      }
      update_deviations();
      record_step(on_event);
    }
    result_.is_upright = result_.failure.empty();
    write_summary();
    return std::move(result_);
  }

 private:
  // The step from the first contact on is number 1.
  int calc_step(double time) const {
    return 1 + static_cast<int>(std::max(0.0, (time - kLeadTime) / (0.5 * stride_time_)));
  }

  std::optional<std::string> find_failure(bool has_advanced) {
    if (!has_advanced)
      return fmt::format("the step size fell below {:g} s", options_.integration.smallest_step);
    equations_.update_ground(integrator_.state());
    if (auto cause = fall_.find_fall(equations_.data())) return cause;
    if (auto cause = find_stray()) return cause;
    if (integrator_.time() - start_ > (options_.strides + kSpareStrides) * stride_time_) {
      return fmt::format("the right foot completed only {} strides in that time", result_.summary.strides);
    }
    return std::nullopt;
  }

  // A joint so far off the plan that no body follows.
  std::optional<std::string> find_stray() {
    const ForwardState& x = integrator_.state();
    equations_.calc_planned_state(integrator_.time(), planned_);
    for (const int i : equations_.planned()) {
      if (i < kRootCoordinateCount) continue;
      const double deviation = x[i] - planned_[i];
      const bool is_lumbar = std::find(lumbar_.begin(), lumbar_.end(), i) != lumbar_.end();
      if (std::abs(deviation) <= (is_lumbar ? options_.fall.lumbar_stray : options_.fall.joint_stray))
        continue;
      return fmt::format("{} left the plan by {:.0f} degrees",
                         equations_.runner().model.links()[i].coordinate, rad_to_deg(deviation));
    }
    return std::nullopt;
  }

  void update_deviations() {
    const ForwardState& x = integrator_.state();
    equations_.calc_planned_state(integrator_.time(), planned_);
    const ForwardState& planned = planned_;
    ForwardSummary& s = result_.summary;
    s.forward_drift = x[0] - planned[0];
    s.max_height_deviation = std::max(s.max_height_deviation, std::abs(x[1] - planned[1]));
    s.lateral_drift = x[2] - planned[2];
    for (const int i : equations_.planned()) {
      if (i < 3) continue;
      const double deviation = std::abs(x[i] - planned[i]);
      if (deviation <= s.max_joint_deviation) continue;
      s.max_joint_deviation = deviation;
      largest_ = i;
    }
  }

  void record_step(const ForwardCallback& on_event) {
    equations_.update_ground(integrator_.state());
    const double force = calc_normal_foot_force(equations_.runner(), equations_.data(), 0);
    const auto contact =
        contact_.find_contact(integrator_.previous_time(), integrator_.time(), force, [&](double t) {
          integrator_.calc_state(t, x_);
          equations_.update_ground(x_);
          return calc_normal_foot_force(equations_.runner(), equations_.data(), 0);
        });
    if (contact) {
      record_until(*contact);
      change_stride(*contact, on_event);
    }
    record_until(integrator_.time());
  }

  void record_until(double t) {
    while (recorder_.is_recording() && recorder_.next_time() < t) {
      integrator_.calc_state(recorder_.next_time(), x_);
      recorder_.add(x_);
    }
  }

  void change_stride(double t, const ForwardCallback& on_event) {
    integrator_.calc_state(t, x_);
    if (recorder_.is_recording()) {
      StrideSamples stride = recorder_.finish(t, x_);
      stride.start -= start_;
      ForwardSummary& s = result_.summary;
      ++s.strides;
      s.ledger_closure = std::max(s.ledger_closure, stride.ledger.calc_relative_imbalance());
      if (on_event) on_event(fmt::format("stride {} of {}", s.strides, options_.strides));
      if (options_.keep_all) result_.strides.push_back(stride);
      result_.last = std::move(stride);
    }
    recorder_.start(t, x_);
  }

  void write_summary() {
    ForwardSummary& s = result_.summary;
    s.simulated_time = integrator_.time() - start_;
    s.steps = integrator_.steps();
    s.rejected = integrator_.rejected();
    s.max_deviation_coordinate = equations_.runner().model.links()[largest_].coordinate;
    if (result_.last) describe_stride(*result_.last, s);
  }

  GaitEquations& equations_;
  const ForwardOptions& options_;
  double start_;
  double stride_time_;
  GaitIntegrator integrator_;
  FallDetector fall_;
  ContactDetector contact_;
  StrideRecorder recorder_;
  ForwardResult result_;
  ForwardState planned_;
  ForwardState x_;
  std::vector<int> lumbar_;  // coordinates of the discs
  int largest_ = kRootCoordinateCount;
};

ForwardResult simulate_with_gains(const Runner& planned_runner, const Runner& runner,
                                  const TorquePlan& torque_plan, const ForwardOptions& options,
                                  const ForwardCallback& on_event) {
  if (on_event) on_event("feedback");
  const GaitFeedback feedback = solve_gait_feedback(planned_runner, torque_plan, options.feedback);
  const double limit =
      std::max(options.torque_limit, options.torque_margin * torque_plan.calc_largest_torque());
  GaitEquations equations(runner, GaitController(torque_plan, feedback.lqr.gains, limit),
                          find_planned_coordinates(planned_runner.model, runner.model));
  const PlannedRun planned = scan_plan(equations, options.contact_threshold);
  ForwardResult result = GaitRun(equations, planned, options).run(on_event);
  result.summary.riccati_cycles = feedback.lqr.cycles;
  result.summary.is_feedback_converged = feedback.lqr.is_converged;
  result.summary.feedback_torque = options.feedback.tolerances.torque;
  result.summary.largest_multiplier = feedback.multipliers.size() > 1 ? feedback.multipliers[1] : 0.0;
  return result;
}

bool should_try_again(const ForwardResult& result, const ForwardOptions& options) {
  const bool has_lost_plan =
      !result.is_upright || result.summary.max_joint_deviation > options.feedback.stray;
  return has_lost_plan && options.feedback.tolerances.torque > options.feedback.gentle_torque;
}

}  // namespace

ForwardResult simulate_gait(const Runner& planned_runner, const Runner& runner, const GaitPlan& plan,
                            const ForwardOptions& options, const ForwardCallback& on_event) {
  const TorquePlan torque_plan(planned_runner, plan.motion);
  ForwardResult result = simulate_with_gains(planned_runner, runner, torque_plan, options, on_event);
  if (!should_try_again(result, options)) return result;
  ForwardOptions gentle = options;
  gentle.feedback.tolerances.torque = options.feedback.gentle_torque;
  return simulate_with_gains(planned_runner, runner, torque_plan, gentle, on_event);
}

ForwardResult simulate_unadapted_gait(const Runner& planned_for, const Runner& runner, const GaitPlan& plan,
                                      const ForwardOptions& options, const ForwardCallback& on_event) {
  const double lift = calc_sole_difference(planned_for, runner, plan.motion);
  Runner habitual = planned_for;
  GaitPlan lifted = plan;
  lifted.motion.coefficients.row(planned_for.model.get_coordinate("pelvis_ty")).array() += lift;
  habitual.contact.plane.offset += lift * planned_for.contact.plane.normal.y;
  ForwardOptions all = options;
  all.keep_all = true;
  all.feedback.tolerances.torque = options.feedback.gentle_torque;
  ForwardResult result = simulate_gait(habitual, runner, lifted, all, on_event);
  if (!result.strides.empty()) {
    result.last = result.strides.front();
    describe_stride(*result.last, result.summary);
  }
  if (!options.keep_all) result.strides.clear();
  return result;
}

}  // namespace lumbarun
