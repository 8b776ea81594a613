#include "sim/forward/stride_metrics.h"

#include <algorithm>

namespace lumbarun {

double calc_feedback_share(const StrideSamples& stride) {
  return stride.feedback_torque.norm() / stride.actuator_torque.norm();
}

GroundImpulse calc_ground_impulse(const StrideSamples& stride) {
  const size_t count = stride.feet.size();
  const double spacing = count > 1 ? stride.time[1] : stride.duration;
  const double last_gap = stride.duration - stride.time.back();
  GroundImpulse impulse;
  for (size_t k = 0; k < count; ++k) {
    const double before = k > 0 ? spacing : last_gap;
    const double after = k + 1 < count ? spacing : last_gap;
    const double weight = 0.5 * (before + after);
    for (const FootSample& foot : stride.feet[k]) {
      const double along = foot.force.x;
      impulse.mean_vertical += weight * foot.force.y / stride.duration;
      impulse.net_forward += weight * along;
      impulse.braking += weight * std::min(along, 0.0);
    }
  }
  return impulse;
}

}  // namespace lumbarun
