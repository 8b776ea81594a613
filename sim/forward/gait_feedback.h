// The feedback of a simulated gait: periodic LQR about the plan with the tolerances of the options.
#pragma once

#include "sim/forward/forward_options.h"
#include "sim/forward/linearisation.h"

namespace lumbarun {

struct GaitFeedback {
  PeriodicLqr lqr;
  std::vector<double> multipliers;  // magnitudes of the Floquet multipliers over one period, largest first
};

GaitFeedback solve_gait_feedback(const Runner& runner, const TorquePlan& plan,
                                 const FeedbackOptions& options);

}  // namespace lumbarun
