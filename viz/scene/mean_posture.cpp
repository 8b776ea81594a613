#include "viz/scene/mean_posture.h"

#include <algorithm>

namespace lumbarun::viz {

Pose calc_mean_pose(const RunRecord& record, const std::string& body, const std::string& base) {
  Eigen::Vector3d p = Eigen::Vector3d::Zero();
  Eigen::Vector4d sum = Eigen::Vector4d::Zero();
  int count = 0;
  const std::size_t step = std::max<std::size_t>(1, record.time.size() / 100);
  for (std::size_t i = 0; i < record.time.size(); i += step) {
    if (!has_poses(record, i)) continue;
    const RunFrame frame(record, i);
    const Pose below = frame.calc_pose(base);
    const Pose pose = frame.calc_pose(body);
    const Eigen::Quaterniond q(Eigen::Matrix3d(below.R.transpose() * pose.R));
    // Both signs of a quaternion are the same turn; small motions: the normalised sum is their mean.
    sum += q.coeffs().dot(sum) < 0 ? Eigen::Vector4d(-q.coeffs()) : q.coeffs();
    p += below.to_body(pose.p);
    ++count;
  }
  if (count == 0) return {Eigen::Matrix3d::Identity(), p};
  return {Eigen::Quaterniond(Eigen::Vector4d(sum.normalized())).toRotationMatrix(), p / count};
}

}  // namespace lumbarun::viz
