#include "sim/sharing/gait_sharing.h"

namespace lumbarun {

namespace {

constexpr int kElasticPasses = 4;
constexpr double kElasticTolerance = 2e-3;  // of activation

bool contains(const std::string& name, const char* text) { return name.find(text) != std::string::npos; }

// The joint a coordinate belongs to: its name without the axis ("L5_S1_bending" and "L5_S1_rotation": "L5_S1").
std::string get_joint_name(const std::string& coordinate) {
  for (const char* axis : {"_extension", "_bending", "_flexion", "_adduction", "_rotation"}) {
    const size_t at = coordinate.find(axis);
    if (at != std::string::npos) return std::string(coordinate).erase(at, std::string(axis).size());
  }
  return coordinate;
}

std::vector<CoordinateIndex> select_rows(const Runner& runner) {
  std::vector<CoordinateIndex> rows;
  for (const Disc& disc : runner.discs) {
    for (const DiscAxis& axis : disc.axes) rows.push_back(axis.coordinate);
  }
  for (int i = kRootCoordinateCount; i < runner.model.coordinate_count(); ++i) {
    const std::string& name = runner.model.links()[i].coordinate;
    if (contains(name, "hip_") || contains(name, "knee_") || contains(name, "ankle_")) {
      rows.push_back(CoordinateIndex(i));
    }
  }
  return rows;
}

SharingSetup build_setup(const Runner& runner, std::span<const Muscle> muscles,
                         const SharingSettings& settings) {
  SharingSetup setup;
  setup.objective.exponent = settings.exponent;
  for (const Disc& disc : runner.discs) {
    for (const DiscAxis& axis : disc.axes) {
      setup.reserves.push_back(build_disc_reserve(runner.model.link(axis.coordinate).coordinate,
                                                  axis.segment_stiffness, settings.disc_reserve_unit_deg));
    }
  }
  const std::vector<CoordinateIndex> rows = select_rows(runner);
  for (size_t k = setup.reserves.size(); k < rows.size(); ++k) {
    setup.reserves.push_back(build_torque_reserve(runner.model.link(rows[k]).coordinate));
  }
  for (Reserve& reserve : setup.reserves) reserve.joint = get_joint_name(reserve.coordinate);
  Eigen::VectorXd force(muscles.size()), length(muscles.size());
  for (size_t i = 0; i < muscles.size(); ++i) {
    force[i] = muscles[i].max_isometric_force;
    length[i] = muscles[i].optimal_fiber_length;
  }
  setup.weight = calc_volume_weights(force, length);
  return setup;
}

}  // namespace

GaitSharing::GaitSharing(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
                         const SharingSettings& settings)
    : runner_(runner),
      muscles_(muscles),
      paths_(paths),
      rows_(select_rows(runner)),
      row_of_coordinate_(runner.model.coordinate_count(), -1),
      is_lumbar_row_(rows_.size(), 0),
      solver_(build_setup(runner, muscles, settings)),
      path_data_(paths),
      states_(muscles.size()) {
  const auto row_count = static_cast<Eigen::Index>(rows_.size());
  const auto muscle_count = static_cast<Eigen::Index>(muscles.size());
  for (size_t k = 0; k < rows_.size(); ++k) row_of_coordinate_[rows_[k]] = static_cast<int>(k);
  std::fill_n(is_lumbar_row_.begin(), 3 * kLevelCount, 1);
  for (size_t i = 0; i < muscles.size(); ++i) {
    if (settings.elastic_tendons && muscles[i].tendon == TendonKind::kElastic)
      elastic_.push_back(static_cast<int>(i));
  }
  assumed_.assign(elastic_.size(), 0.1);  // where the fixed point starts
  fiber_.resize(elastic_.size());
  along_.resize(elastic_.size());
  sample_.net_moment_nm = Eigen::VectorXd::Zero(row_count);
  sample_.moment_arm_m = Eigen::MatrixXd::Zero(row_count, muscle_count);
  sample_.capacity_N = sample_.passive_force_N = Eigen::VectorXd::Zero(muscle_count);
  sample_.lower = Eigen::VectorXd::Zero(muscle_count);
  sample_.upper = Eigen::VectorXd::Ones(muscle_count);
  for (Eigen::Index i = 0; i < muscle_count; ++i) {
    const Muscle& muscle = muscles[i];
    sample_.lower[i] =
        std::max(muscle.is_trunk ? settings.trunk_activation_floor : 0.0, muscle.min_activation);
    if (contains(muscle.group, "latissimus")) sample_.upper[i] = sample_.lower[i];
  }
}

void GaitSharing::update_moment_arms() {
  sample_.moment_arm_m.setZero();
  for (size_t i = 0; i < muscles_.size(); ++i) {
    const MusclePath& path = paths_.muscles[i];
    for (int k = path.first_arm; k < path.first_arm + path.arm_count; ++k) {
      const int row = row_of_coordinate_[paths_.arm_coordinate[k]];
      if (row >= 0) sample_.moment_arm_m(row, static_cast<Eigen::Index>(i)) = path_data_.moment_arm[k];
    }
  }
}

void GaitSharing::update_muscles(double step) {
  for (size_t k = 0; k < elastic_.size(); ++k) {
    const int i = elastic_[k];
    fiber_[k].step = step;
    states_[i] =
        calc_elastic_muscle_state(muscles_[i], path_data_.length[i], assumed_[k], fiber_[k], along_[k]);
  }
  for (size_t i = 0; i < muscles_.size(); ++i) {
    sample_.capacity_N[static_cast<Eigen::Index>(i)] = states_[i].active_capacity;
    sample_.passive_force_N[static_cast<Eigen::Index>(i)] = states_[i].passive_force;
  }
}

// The activations found become the assumed ones; returns the largest change.
double GaitSharing::update_elastic_activations() {
  double change = 0.0;
  for (size_t k = 0; k < elastic_.size(); ++k) {
    const double found = solution_.activation[elastic_[k]];
    change = std::max(change, std::abs(found - assumed_[k]));
    assumed_[k] = found;
  }
  return change;
}

SharingSummary GaitSharing::solve(const RunnerData<double>& data, const double* q, const double* u,
                                  const double* actuator_torque, double step) {
  update_muscle_paths(paths_, runner_.model, data.tree, q, u, path_data_);
  update_moment_arms();
  calc_muscle_states(muscles_, path_data_.length.data(), path_data_.velocity.data(), states_.data());
  SharingSummary summary;
  for (int pass = 0; pass < kElasticPasses; ++pass) {
    update_muscles(step);
    for (size_t k = 0; k < rows_.size(); ++k) {
      const auto row = static_cast<Eigen::Index>(k);
      sample_.net_moment_nm[row] = actuator_torque[rows_[k]];
      if (!is_lumbar_row_[k])
        sample_.net_moment_nm[row] += sample_.moment_arm_m.row(row).dot(sample_.passive_force_N);
    }
    summary = solver_.solve(sample_, solution_);
    if (!summary.usable || update_elastic_activations() < kElasticTolerance) break;
  }
  for (size_t k = 0; k < elastic_.size(); ++k) fiber_[k].along = along_[k];
  return summary;
}

}  // namespace lumbarun
