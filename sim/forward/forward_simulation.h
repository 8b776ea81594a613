// Simulates a planned gait forward over several strides: planned torques + feedback, integrated by
// Boost.Odeint.
//
// The run starts in the planned state, in the flight before right foot contact, and ends with the last full
// stride asked for, or with a fall, which is a result with a time and a cause. The feedback is periodic LQR
// about the plan: it knows the phase by the clock and the state exactly, which no person does. Its share of
// the torque is reported, because it pollutes every load that follows.
#pragma once

#include <functional>

#include "sim/forward/forward_options.h"
#include "sim/forward/stride_sampling.h"
#include "sim/planning/plan_gait.h"

namespace lumbarun {

struct ForwardSummary {
  int strides = 0;                       // full strides done, right foot contact to right foot contact
  double simulated_time = 0.0;           // s
  double feedback_share = 0.0;           // RMS of feedback / RMS of total actuator torque, reported stride
  double max_joint_deviation = 0.0;      // rad, largest deviation of an angle from the plan over the run
  std::string max_deviation_coordinate;  // whose
  double max_height_deviation = 0.0;     // m, of pelvis_ty from the plan over the run
  double forward_drift = 0.0;            // m, pelvis_tx minus plan at the end
  double lateral_drift = 0.0;            // m, pelvis_tz minus plan at the end
  double net_forward_impulse = 0.0;  // of the reported stride, over its braking impulse; NaN without braking
  double mean_vertical_force = 0.0;  // N, reported stride, both feet
  double ledger_closure = 0.0;       // largest relative imbalance of a stride
  long steps = 0;                    // accepted
  long rejected = 0;
  int riccati_cycles = 0;
  bool is_feedback_converged = false;
  // Largest Floquet multiplier over one period of the plan (a step, or a full stride) besides the neutral one (progress along the path):
  // below 1 the gait is stable.
  double largest_multiplier = 0.0;
  double feedback_torque = 0.0;  // N m, tolerance of the gains: the gentle one after a fall or a stray
};

struct ForwardResult {
  bool is_upright = false;             // all strides done
  std::string failure;                 // "fell at 1.234 s: … (step 4)" otherwise
  std::optional<StrideSamples> last;   // reported: the last one; none if no stride was completed
  std::vector<StrideSamples> strides;  // all completed strides, in order, when keep_all
  ForwardSummary summary;
};

// Called after each stride.
using ForwardCallback = std::function<void(const std::string& event)>;

// `planned`: the runner that was planned; `simulated`: the same one, which may have further coordinates (axial slides of
// discs). They start at rest, carry no actuator, and the feedback does not see them.
ForwardResult simulate_gait(const Runner& planned, const Runner& simulated, const GaitPlan& plan,
                            const ForwardOptions& options = {}, const ForwardCallback& on_event = {});
inline ForwardResult simulate_gait(const Runner& runner, const GaitPlan& plan,
                                   const ForwardOptions& options = {}, const ForwardCallback& on_event = {}) {
  return simulate_gait(runner, runner, plan, options, on_event);
}

// The plan of `planned_for` on another shoe or ground: torques and feedback are those that the runner is used to, the
// equations of motion are those of `runner`, from the first contact on; feedback is weak (surprised_torque). Reported is the first stride: later ones show how a
// runner holds on who never notices. Plan and feedback are moved up or down by the mean difference of the soles' heights
// in stance, because the same posture stands on them; the shoe's drop stays unexpected.
ForwardResult simulate_unadapted_gait(const Runner& planned_for, const Runner& runner, const GaitPlan& plan,
                                      const ForwardOptions& options = {},
                                      const ForwardCallback& on_event = {});

}  // namespace lumbarun
