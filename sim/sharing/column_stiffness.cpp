#include "sim/sharing/column_stiffness.h"

#include <Eigen/Eigenvalues>
#include <limits>

#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr double kLargestGain = 1e4;

double calc_smallest_eigenvalue(const Eigen::MatrixXd& matrix) {
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix, Eigen::EigenvaluesOnly).eigenvalues()[0];
}

}  // namespace

ColumnStiffness::ColumnStiffness(const Model& model, const MusclePathSet& paths,
                                 std::vector<CoordinateIndex> coordinates, double stiffness_gain)
    : model_(model),
      paths_(paths),
      coordinates_(std::move(coordinates)),
      place_(static_cast<size_t>(model.coordinate_count()), -1),
      gain_(stiffness_gain),
      data_(model),
      path_data_(paths),
      zero_(static_cast<size_t>(model.coordinate_count()), 0.0),
      tau_(zero_),
      length_(paths.muscle_count()),
      turning_(static_cast<size_t>(paths.muscle_count())),
      carried_(static_cast<size_t>(model.coordinate_count())) {
  const auto size = static_cast<Eigen::Index>(coordinates_.size());
  for (size_t k = 0; k < coordinates_.size(); ++k) place_[coordinates_[k]] = static_cast<int>(k);
  fixed_.resize(size, size);
  arm_.resize(size, paths.muscle_count());
  for (int i = 0; i < paths.muscle_count(); ++i) {
    const MusclePath& path = paths.muscles[i];
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      if (place_[paths.arm_coordinate[k]] >= 0) turning_[i] = Eigen::MatrixXd::Zero(size, size);
    }
  }
}

// Generalised forces of dead load and passive tissue, and moment arms, at a pose.
void ColumnStiffness::update_pose(const double* q, std::span<const DeadWrench> dead,
                                  const PassiveLaw& passive, Eigen::VectorXd& torque, Eigen::MatrixXd& arms) {
  update_positions(model_, data_, q);
  passive(q, tau_.data());
  for (int i = 0; i < model_.coordinate_count(); ++i) {
    const LinkState<double>& link = data_.link[i];
    const Vector3<double> c = link.R_WL * model_.links()[i].inertia.center_of_mass;
    carried_[i] = {dead[i].moment + cross(c, dead[i].force), dead[i].force};
  }
  for (int i = model_.coordinate_count() - 1; i >= 0; --i) {
    const Link& joint = model_.links()[i];
    const auto& F = carried_[i];
    if (place_[i] >= 0)
      torque[place_[i]] =
          tau_[i] + dot(data_.link[i].axis, joint.kind == JointKind::kSlide ? F.force : F.moment);
    if (joint.parent.is_valid())
      carried_[joint.parent] += shifted(F, data_.link[joint.parent].p_WL - data_.link[i].p_WL);
  }
  update_muscle_paths(paths_, model_, data_, q, zero_.data(), path_data_);
  arms.setZero();
  for (int i = 0; i < paths_.muscle_count(); ++i) {
    const MusclePath& path = paths_.muscles[i];
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      if (const int place = place_[paths_.arm_coordinate[k]]; place >= 0)
        arms(place, i) = path_data_.moment_arm[k];
    }
  }
}

void ColumnStiffness::update(const double* q, std::span<const DeadWrench> dead, const PassiveLaw& passive) {
  const Eigen::Index size = fixed_.rows();
  Eigen::VectorXd torque(size), torque_after(size);
  Eigen::MatrixXd arms(size, arm_.cols()), arms_after(size, arm_.cols());
  pose_.assign(q, q + model_.coordinate_count());
  for (Eigen::Index j = 0; j < size; ++j) {
    const int at = coordinates_[j].value();
    pose_[at] = q[at] - kStep;
    update_pose(pose_.data(), dead, passive, torque, arms);
    pose_[at] = q[at] + kStep;
    update_pose(pose_.data(), dead, passive, torque_after, arms_after);
    pose_[at] = q[at];
    fixed_.col(j) = (torque - torque_after) / (2.0 * kStep);
    arms -= arms_after;  // ∂²L/∂q∂q_j = −∂r/∂q_j
    for (int i = 0; i < paths_.muscle_count(); ++i) {
      if (turning_[i].size() > 0) turning_[i].col(j) = arms.col(i) / (2.0 * kStep);
    }
  }
  fixed_ = (0.5 * (fixed_ + fixed_.transpose())).eval();
  for (Eigen::MatrixXd& turning : turning_) {
    if (turning.size() > 0) turning = (0.5 * (turning + turning.transpose())).eval();
  }
  update_pose(q, dead, passive, torque, arm_);
  length_ = Eigen::Map<const Eigen::VectorXd>(path_data_.length.data(), length_.size());
}

Eigen::VectorXd ColumnStiffness::calc_muscle_share(const Eigen::VectorXd& direction) const {
  const Eigen::VectorXd along = arm_.transpose() * direction;
  Eigen::VectorXd share = gain_ * along.cwiseAbs2().cwiseQuotient(length_);
  for (Eigen::Index i = 0; i < share.size(); ++i) {
    if (turning_[i].size() > 0) share[i] += direction.dot(turning_[i] * direction);
  }
  return share;
}

Eigen::MatrixXd ColumnStiffness::calc_total(const Eigen::VectorXd& tension, double gain) const {
  const Eigen::VectorXd stiffness = gain * tension.cwiseQuotient(length_);
  Eigen::MatrixXd total = fixed_ + arm_ * stiffness.asDiagonal() * arm_.transpose();
  for (Eigen::Index i = 0; i < tension.size(); ++i) {
    if (turning_[i].size() > 0) total += tension[i] * turning_[i];
  }
  return total;
}

Eigen::MatrixXd ColumnStiffness::calc_total(const Eigen::VectorXd& tension) const {
  return calc_total(tension, gain_);
}

double ColumnStiffness::calc_critical_gain(const Eigen::VectorXd& tension) const {
  const auto is_stable = [&](double gain) {
    return calc_smallest_eigenvalue(calc_total(tension, gain)) >= 0.0;
  };
  if (is_stable(0.0)) return 0.0;
  if (!is_stable(kLargestGain)) return std::numeric_limits<double>::infinity();
  double low = 0.0, high = kLargestGain;
  for (int i = 0; i < 60 && high - low > 1e-6 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (is_stable(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace lumbarun
