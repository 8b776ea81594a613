// Events of a simulated run: the right foot lands, the runner falls.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "sim/dynamics/equations_of_motion.h"
#include "sim/forward/forward_options.h"

namespace lumbarun {

// Force of the ground on one foot along the plane normal [N], after update_external_forces.
double calc_normal_foot_force(const Runner& runner, const RunnerData<double>& data, int foot);

// Finds the instants at which a force rises through a threshold. After one, further crossings are bounces of
// the same landing until `dead_time` has passed.
class ContactDetector {
 public:
  ContactDetector(double threshold, double dead_time) : threshold_(threshold), dead_time_(dead_time) {}

  // The force at the end of a step from t0 to t1; `force_at(t)` within the step is called only on a crossing.
  std::optional<double> find_contact(double t0, double t1, double force,
                                     const std::function<double(double)>& force_at);

 private:
  double threshold_;
  double dead_time_;
  std::optional<double> previous_force_;
  std::optional<double> last_contact_;
};

// Says why the runner is no longer running, or nothing.
class FallDetector {
 public:
  // planned_height: mean height of the pelvis over the plane [m].
  FallDetector(const Runner& runner, const FallLimits& limits, double planned_height);

  // After update_external_forces.
  std::optional<std::string> find_fall(const RunnerData<double>& data) const;
  double calc_pelvis_height(const RunnerData<double>& data) const;  // over the plane [m]
  double calc_trunk_tilt(const RunnerData<double>& data) const;     // from upright [rad]

 private:
  const Runner& runner_;
  FallLimits limits_;
  double planned_height_;
  BodyIndex trunk_;
};

}  // namespace lumbarun
