#include "models/joint_strength.h"

#include <cmath>

#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kHip = 20.0 * kRadPerDeg, kKnee = 40.0 * kRadPerDeg;  // mid-running pose

}  // namespace

JointStrength calc_joint_strength(const Runner& runner, const RunnerMuscles& muscles) {
  const int n = runner.model.coordinate_count();
  Eigen::VectorXd q = Eigen::VectorXd::Zero(n);
  const Eigen::VectorXd u = Eigen::VectorXd::Zero(n);
  for (const LegPassive& leg : runner.legs) {
    q[leg.hip] = kHip;
    q[leg.knee] = kKnee;
  }
  Data<double> data(runner.model);
  update_positions(runner.model, data, q.data());
  MusclePathData<double> paths(muscles.paths);
  update_muscle_paths(muscles.paths, runner.model, data, q.data(), u.data(), paths);

  JointStrength strength{Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n)};
  for (size_t i = 0; i < muscles.muscles.size(); ++i) {
    const Muscle& muscle = muscles.muscles[i];
    const MusclePath& path = muscles.paths.muscles[i];
    const double tension = muscle.max_isometric_force * std::cos(muscle.pennation);
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      const double moment = paths.moment_arm[k] * tension;
      const int j = muscles.paths.arm_coordinate[k];
      (moment > 0.0 ? strength.positive : strength.negative)[j] += std::abs(moment);
    }
  }
  return strength;
}

}  // namespace lumbarun
