#include "scenarios/record_motion.h"

#include <Eigen/Geometry>
#include <limits>

namespace lumbarun {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// Column-major coordinate x sample is row-major sample x coordinate.
std::vector<double> flatten(const Eigen::MatrixXd& m) { return {m.data(), m.data() + m.size()}; }

void append(const Vector3<double>& v, std::vector<double>& out) { out.insert(out.end(), {v.x, v.y, v.z}); }

Eigen::MatrixXd joined(const std::vector<StrideSamples>& strides, Eigen::MatrixXd StrideSamples::*member) {
  Eigen::Index columns = 0;
  for (const StrideSamples& stride : strides) columns += (stride.*member).cols();
  Eigen::MatrixXd all((strides.front().*member).rows(), columns);
  Eigen::Index at = 0;
  for (const StrideSamples& stride : strides) {
    all.middleCols(at, (stride.*member).cols()) = stride.*member;
    at += (stride.*member).cols();
  }
  return all;
}

void write_poses(const StrideLoads& loads, MotionRecord& motion) {
  for (const auto& poses : loads.body_pose) {
    for (const Transform<double>& X_WB : poses) {
      append(X_WB.translation, motion.body_position);
      Eigen::Quaterniond q(to_eigen(X_WB.rotation));
      if (q.w() < 0.0) q.coeffs() = -q.coeffs();
      motion.body_quaternion.insert(motion.body_quaternion.end(), {q.w(), q.x(), q.y(), q.z()});
    }
  }
}

void write_ground(const StrideSamples& stride, GroundRecord& ground) {
  for (const auto& feet : stride.feet) {
    for (const FootSample& foot : feet) {
      append(foot.force, ground.force);
      append(foot.center ? foot.center->position : Vector3<double>{kUndefined, kUndefined, kUndefined},
             ground.center_of_pressure);
      ground.free_moment.push_back(foot.center ? foot.center->free_moment : kUndefined);
    }
  }
}

}  // namespace

StrideSamples join_strides(const std::vector<StrideSamples>& strides) {
  StrideSamples all = strides.back();
  all.q = joined(strides, &StrideSamples::q);
  all.u = joined(strides, &StrideSamples::u);
  all.acceleration = joined(strides, &StrideSamples::acceleration);
  all.actuator_torque = joined(strides, &StrideSamples::actuator_torque);
  all.feedback_torque = joined(strides, &StrideSamples::feedback_torque);
  all.start = strides.front().start;
  all.duration = 0.0;
  all.time.clear();
  all.feet.clear();
  for (const StrideSamples& stride : strides) {
    for (double t : stride.time) all.time.push_back(all.duration + t);
    all.feet.insert(all.feet.end(), stride.feet.begin(), stride.feet.end());
    all.duration += stride.duration;
  }
  return all;
}

void write_motion(const StrideSamples& stride, const StrideLoads& loads, RunRecord& record) {
  record.time = stride.time;
  record.motion.q = flatten(stride.q);
  record.motion.u = flatten(stride.u);
  record.motion.generalized_force = flatten(loads.generalized_force);
  write_poses(loads, record.motion);
  write_ground(stride, record.ground);
}

}  // namespace lumbarun
