#include "sim/forward/ground_events.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {

namespace {

constexpr double kTimeResolution = 1e-9;  // s, of a located contact

}  // namespace

double calc_normal_foot_force(const Runner& runner, const RunnerData<double>& data, int foot) {
  return dot(runner.contact.plane.normal, calc_foot_force(runner, data, foot));
}

std::optional<double> ContactDetector::find_contact(double t0, double t1, double force,
                                                    const std::function<double(double)>& force_at) {
  const bool rises = previous_force_ && *previous_force_ < threshold_ && force >= threshold_;
  previous_force_ = force;
  if (!rises || (last_contact_ && t1 - *last_contact_ < dead_time_)) return std::nullopt;
  while (t1 - t0 > kTimeResolution) {
    const double middle = 0.5 * (t0 + t1);
    (force_at(middle) < threshold_ ? t0 : t1) = middle;
  }
  last_contact_ = t1;
  return t1;
}

FallDetector::FallDetector(const Runner& runner, const FallLimits& limits, double planned_height)
    : runner_(runner),
      limits_(limits),
      planned_height_(planned_height),
      trunk_(runner.model.get_body(limits.trunk_body)) {}

double FallDetector::calc_pelvis_height(const RunnerData<double>& data) const {
  const GroundPlane& plane = runner_.contact.plane;
  return dot(plane.normal, data.tree.link[kRootCoordinateCount - 1].p_WL) - plane.offset;
}

double FallDetector::calc_trunk_tilt(const RunnerData<double>& data) const {
  const Vector3<double> up = calc_body_pose(runner_.model, data.tree, trunk_).rotation.column[1];
  return std::acos(std::clamp(up.y, -1.0, 1.0));
}

std::optional<std::string> FallDetector::find_fall(const RunnerData<double>& data) const {
  const double height = calc_pelvis_height(data) / planned_height_;
  if (height < limits_.lowest_pelvis) {
    return fmt::format("the pelvis sank to {:.0f} % of its planned height", 100.0 * height);
  }
  if (height > limits_.highest_pelvis) {
    return fmt::format("the pelvis rose to {:.0f} % of its planned height", 100.0 * height);
  }
  const double tilt = calc_trunk_tilt(data);
  if (tilt > limits_.trunk_tilt) return fmt::format("the trunk tilted by {:.0f} degrees", tilt * kDegPerRad);
  return std::nullopt;
}

}  // namespace lumbarun
