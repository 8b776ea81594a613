#include "sim/loads/induced_contributions.h"

#include <Eigen/Cholesky>

namespace lumbarun {

namespace {

constexpr int kGravity = 0, kVelocity = 1, kGround = 2, kPassive = 3, kReserve = 4, kActuator = 5,
              kFirstGroup = 6;

}  // namespace

InducedContributions::InducedContributions(const Runner& runner, std::span<const Muscle> muscles,
                                           const MusclePathSet& paths)
    : runner_(runner),
      paths_(paths),
      cuts_(find_level_cuts(runner)),
      groups_(find_all_groups(muscles)),
      sources_{"gravity", "velocity", "ground", "passive", "reserve", "actuator"},
      still_(runner.model),
      composite_(runner.model) {
  sources_.insert(sources_.end(), groups_.names.begin(), groups_.names.end());
  const int n = runner.model.coordinate_count();
  mass_.resize(n, n);
  force_.resize(n, static_cast<Eigen::Index>(sources_.size()));
  unit_rate_.resize(6, n);
  zero_.assign(static_cast<size_t>(n), 0.0);
  for (auto& level : loads_) level.resize(sources_.size());
}

// Gravity, velocity products, ground and abdominal pressure, by inverse dynamics with some of them left out.
void InducedContributions::update_tree_forces(const RunnerData<double>& data, const double* v,
                                              const double* a) {
  const Model& model = runner_.model;
  const int n = model.coordinate_count();
  const auto as_vector = [n](const auto& x) { return Eigen::Map<const Eigen::VectorXd>(std::data(x), n); };
  still_.link = data.tree.link;
  still_.clear_applied();
  update_inverse_dynamics(model, still_, v, zero_.data());
  const Eigen::VectorXd moving = as_vector(still_.tau);
  for (int level = 0; level < kLevelCount; ++level) drift_[level] = still_.transmitted[cuts_[level].last];
  for (auto& link : still_.link) link.w_WL = link.v_WL = {};
  update_inverse_dynamics(model, still_, zero_.data(), zero_.data());
  const Eigen::VectorXd weight = as_vector(still_.tau);
  for (int level = 0; level < kLevelCount; ++level) drift_[level] -= still_.transmitted[cuts_[level].last];
  apply_abdominal_pressure(runner_.abdomen, still_);
  update_inverse_dynamics(model, still_, zero_.data(), zero_.data());
  const Eigen::VectorXd abdomen = weight - as_vector(still_.tau);
  crba(model, data.tree, composite_, mass_.data());
  const Eigen::VectorXd outside =
      mass_ * Eigen::Map<const Eigen::VectorXd>(a, n) + moving - as_vector(data.tree.tau);
  force_.col(kGravity) = -weight;
  force_.col(kVelocity) = weight - moving;
  force_.col(kGround) = outside - abdomen;
  force_.col(kPassive) = as_vector(data.passive) + abdomen;
}

void InducedContributions::update_muscle_forces(const GaitSharing& sharing) {
  const SharingSolution& solution = sharing.solution();
  for (size_t k = 0; k < sharing.rows().size(); ++k) {
    force_(sharing.rows()[k].value(), kReserve) = solution.reserve_nm[static_cast<Eigen::Index>(k)];
    force_(sharing.rows()[k].value(), kActuator) = 0.0;
  }
  for (int i = 0; i < paths_.muscle_count(); ++i) {
    const MusclePath& path = paths_.muscles[i];
    const double passive = sharing.muscle_states()[i].passive_force;
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      const CoordinateIndex j = paths_.arm_coordinate[k];
      const int row = sharing.find_row(j);
      if (row < 0) continue;
      const double arm = sharing.path_data().moment_arm[k];
      force_(j.value(), kFirstGroup + groups_.of_muscle[i]) += arm * (solution.force_N[i] - passive);
      if (sharing.is_lumbar_row(row)) force_(j.value(), kPassive) += arm * passive;
    }
  }
}

// Rate of momentum of what lies above the cut, about mid-disc, per unit acceleration of one coordinate.
SpatialForce<double> InducedContributions::calc_unit_rate(const Data<double>& data, int level,
                                                          int coordinate) const {
  const CoordinateIndex cut = cuts_[level].last, j(coordinate);
  const Vector3<double> origin = internal::common_point(data);
  const bool carries_all = runner_.model.is_on_path(j, cut);
  if (!carries_all && !runner_.model.is_on_path(cut, j)) return {};
  const SpatialMotion<double> motion = internal::calc_joint_motion(runner_.model, data, coordinate, origin);
  return shifted(composite_.inertia[carries_all ? cut : j] * motion, data.link[cut].p_WL - origin);
}

void InducedContributions::update_loads(const Data<double>& data) {
  const auto as_vector = [](const Vector3<double>& x) { return Eigen::Vector3d(x.x, x.y, x.z); };
  for (int level = 0; level < kLevelCount; ++level) {
    for (int j = 0; j < runner_.model.coordinate_count(); ++j) {
      const SpatialForce<double> unit = calc_unit_rate(data, level, j);
      unit_rate_.col(j) << as_vector(unit.moment), as_vector(unit.force);
    }
    rate_ = unit_rate_ * acceleration_;
    rate_.col(kVelocity) +=
        (Eigen::Matrix<double, 6, 1>() << as_vector(drift_[level].moment), as_vector(drift_[level].force))
            .finished();
    const Matrix3<double> R_WD = calc_disc_orientation(runner_, data, cuts_[level]);
    for (size_t s = 0; s < sources_.size(); ++s) {
      const auto r = rate_.col(static_cast<Eigen::Index>(s));
      loads_[level][s] = calc_disc_load(R_WD, {{r[0], r[1], r[2]}, {r[3], r[4], r[5]}});
    }
  }
}

void InducedContributions::update(const RunnerData<double>& data, const double* v, const double* a,
                                  const double* actuator_torque, const GaitSharing& sharing) {
  force_.setZero();
  update_tree_forces(data, v, a);
  force_.col(kActuator) = Eigen::Map<const Eigen::VectorXd>(actuator_torque, force_.rows());
  update_muscle_forces(sharing);
  acceleration_ = mass_.llt().solve(force_);
  update_loads(data.tree);
}

}  // namespace lumbarun
