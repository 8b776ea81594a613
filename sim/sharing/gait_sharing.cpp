#include "sim/sharing/gait_sharing.h"

#include <algorithm>
#include <limits>

#include "sim/core/contracts.h"
#include "sim/sharing/activation_law.h"
#include "sim/tissue/activation.h"

namespace lumbarun {

namespace {

constexpr int kElasticPasses = 20;  // the demo's samples, 1 ms apart, need 4.7 on average and 10 at most
constexpr double kLeastRelaxation = 0.3, kMostRelaxation = 3.0;  // estimate
constexpr double kElasticTolerance = 2e-3;                       // of activation

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
  setup.objective = {settings.exponent, settings.epsilon};
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
  if (!settings.volume_weights) {
    setup.weight.setOnes(static_cast<Eigen::Index>(muscles.size()));
    return setup;
  }
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
      states_(muscles.size()),
      settings_(settings) {
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
  resting_.resize(elastic_.size());
  difference_.resize(elastic_.size());
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
  lowest_ = sample_.lower;
  highest_ = sample_.upper;
  stress_scale_ = Eigen::VectorXd::Ones(muscle_count);
  LUMBARUN_DEMAND(settings.mode == SharingMode::kOptimal || settings.general_solver);
  if (settings.mode == SharingMode::kStable) {
    column_ = std::make_unique<ColumnStiffness>(runner.model, paths,
                                                std::vector(rows_.begin(), rows_.begin() + 3 * kLevelCount),
                                                settings.stiffness_gain);
    dead_.resize(static_cast<size_t>(runner.model.coordinate_count()));
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

// What no activation changes: the rigid muscles, and the elastic ones at rest.
void GaitSharing::update_resting_muscles(double step) {
  calc_muscle_states(muscles_, path_data_.length.data(), path_data_.velocity.data(), states_.data());
  for (size_t k = 0; k < elastic_.size(); ++k) {
    const int i = elastic_[k];
    fiber_[k].step = step;
    resting_[k] = calc_tendon_equilibrium(muscles_[i], path_data_.length[i], 0.0, fiber_[k]);
  }
}

void GaitSharing::update_muscles() {
  for (size_t k = 0; k < elastic_.size(); ++k) {
    const int i = elastic_[k];
    states_[i] = calc_elastic_muscle_state(muscles_[i], resting_[k], path_data_.length[i], assumed_[k],
                                           fiber_[k], along_[k]);
  }
  for (size_t i = 0; i < muscles_.size(); ++i) {
    sample_.capacity_N[static_cast<Eigen::Index>(i)] = states_[i].active_capacity;
    sample_.passive_force_N[static_cast<Eigen::Index>(i)] = states_[i].passive_force;
  }
}

void GaitSharing::update_bounds(double step) {
  sample_.lower = lowest_;
  sample_.upper = highest_;
  if (!settings_.activation_dynamics || step <= 0.0 || previous_.size() == 0) return;
  for (Eigen::Index i = 0; i < previous_.size(); ++i) {
    const ActivationBounds reach = calc_reachable_activations(previous_[i], step);
    sample_.lower[i] = std::clamp(reach.lower, lowest_[i], highest_[i]);
    sample_.upper[i] = std::clamp(reach.upper, sample_.lower[i], highest_[i]);
  }
}

// From activations to stresses, in the sample and in what the solver starts from. A muscle without capacity has no stress.
void GaitSharing::enter_stress() {
  if (settings_.cost == SharingCost::kActivation) return;
  for (Eigen::Index i = 0; i < stress_scale_.size(); ++i) {
    const double strength = muscles_[static_cast<size_t>(i)].max_isometric_force;
    stress_scale_[i] = sample_.capacity_N[i] / strength;
    sample_.capacity_N[i] = stress_scale_[i] > 0.0 ? strength : 0.0;
  }
  sample_.lower = sample_.lower.cwiseProduct(stress_scale_);
  sample_.upper = sample_.upper.cwiseProduct(stress_scale_);
  if (solution_.activation.size() > 0)
    solution_.activation = solution_.activation.cwiseProduct(stress_scale_);
}

// And back; without capacity the activation rests at its lower bound.
void GaitSharing::leave_stress() {
  if (settings_.cost == SharingCost::kActivation) return;
  for (Eigen::Index i = 0; i < stress_scale_.size(); ++i) {
    const double scale = stress_scale_[i];
    sample_.capacity_N[i] = scale * muscles_[static_cast<size_t>(i)].max_isometric_force;
    solution_.activation[i] = scale > 0.0 ? solution_.activation[i] / scale : lowest_[i];
  }
}

std::vector<ActivationTarget> GaitSharing::calc_scaled_targets() const {
  std::vector<ActivationTarget> targets = targets_;
  if (settings_.cost == SharingCost::kActivation) return targets;
  for (ActivationTarget& target : targets) {
    for (size_t m = 0; m < target.muscles.size(); ++m) {
      const double scale = stress_scale_[target.muscles[m]];
      target.share[m] = scale > 0.0 ? target.share[m] / scale : 0.0;
    }
  }
  return targets;
}

// What does not move with the pose: weights, inertia forces and other wrenches, about the mass centres.
void GaitSharing::update_column(const RunnerData<double>& data, const double* q) {
  const Model& model = runner_.model;
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const RigidInertia& body = model.links()[i].inertia;
    const LinkState<double>& link = data.tree.link[i];
    SpatialForce<double> wrench = data.tree.applied[i];
    if (body.mass > 0.0) wrench -= internal::calc_inertial_wrench(body, link);
    dead_[i] = shifted(wrench, link.R_WL * body.center_of_mass);
  }
  const std::vector<double> rest(static_cast<size_t>(model.coordinate_count()), 0.0);
  column_->update(q, dead_, [&](const double* pose, double* tau) {
    update_passive_torques(runner_, pose, rest.data(), tau);
  });
}

// From the least-cost answer to the one that this mode asks for.
void GaitSharing::solve_general(const RunnerData<double>& data, const double* q, SharingSummary& summary) {
  if (column_) update_column(data, q);
  enter_stress();
  general_ = solve_general_sharing(solver_.get_setup(), sample_, calc_scaled_targets(), column_.get(),
                                   settings_.general_solver, solution_);
  summary.iterations += general_.iterations;
  summary.kkt_residual =
      std::max(summary.kkt_residual,
               general_.violation_nm / std::max(1.0, sample_.net_moment_nm.lpNorm<Eigen::Infinity>()));
  summary.usable = general_.usable;
  if (!general_.usable) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (Eigen::VectorXd* v : {&solution_.activation, &solution_.force_N, &solution_.reserve_nm})
      v->setConstant(nan);
    return;
  }
  if (column_) critical_gain_ = column_->calc_critical_gain(solution_.force_N);
  solver_.update_summary(sample_, solution_, summary);
  leave_stress();
}

// From the activations found to the next assumed ones; returns the largest difference. The plain step, assumed := found,
// only halves it where both legs pull hard; the factor of Aitken's method for vectors (Irons & Tuck 1969, Int J Numer Meth Eng 1:275)
// is what the last two differences say.
double GaitSharing::update_elastic_activations(bool is_first) {
  double change = 0.0, along = 0.0, square = 0.0;
  for (size_t k = 0; k < elastic_.size(); ++k) {
    const double difference = solution_.activation[elastic_[k]] - assumed_[k];
    const double fall = is_first ? 0.0 : difference - difference_[k];
    change = std::max(change, std::abs(difference));
    along += difference_[k] * fall;
    square += fall * fall;
    difference_[k] = difference;
  }
  relaxation_ =
      square > 0.0 ? std::clamp(-relaxation_ * along / square, kLeastRelaxation, kMostRelaxation) : 1.0;
  if (change < kElasticTolerance) relaxation_ = 1.0;  // the next sample starts from what was found
  for (size_t k = 0; k < elastic_.size(); ++k)
    assumed_[k] = std::clamp(assumed_[k] + relaxation_ * difference_[k], 0.0, 1.0);
  return change;
}

SharingSummary GaitSharing::solve(const RunnerData<double>& data, const double* q, const double* u,
                                  const double* actuator_torque, double step) {
  update_muscle_paths(paths_, runner_.model, data.tree, q, u, path_data_);
  update_moment_arms();
  update_resting_muscles(step);
  SharingSummary summary;
  for (int pass = 0; pass < kElasticPasses; ++pass) {
    update_muscles();
    for (size_t k = 0; k < rows_.size(); ++k) {
      const auto row = static_cast<Eigen::Index>(k);
      sample_.net_moment_nm[row] = actuator_torque[rows_[k]];
      if (!is_lumbar_row_[k])
        sample_.net_moment_nm[row] += sample_.moment_arm_m.row(row).dot(sample_.passive_force_N);
    }
    update_bounds(step);
    enter_stress();
    summary = solver_.solve(sample_, solution_);
    leave_stress();
    if (!summary.usable || update_elastic_activations(pass == 0) < kElasticTolerance) break;
  }
  if (summary.usable && settings_.mode != SharingMode::kOptimal) {
    update_bounds(step);
    solve_general(data, q, summary);
  }
  previous_ = summary.usable ? solution_.activation : Eigen::VectorXd();
  for (size_t k = 0; k < elastic_.size(); ++k) fiber_[k].along = along_[k];
  return summary;
}

}  // namespace lumbarun
