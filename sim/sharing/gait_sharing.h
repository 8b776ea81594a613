// From a moving runner to the sharing problem of one instant.
//
// Rows: all lumbar coordinates, both hips, knees and ankles. Subtalar, toe and shoulder moments are left to their
// actuators: the muscles that cross them also cross a row above, and the shoulder has no muscle but the latissimus here,
// which therefore stays at its lower bound (latissimus changes the lumbar loads of a run by some percent; no source yet
// for sharing it with shoulder muscles).
//   τ_k = actuator torque of coordinate k (inverse dynamics less contact, discs, range laws and leg moments)
// Elastic tendons make tension a curve of activation. The problem holds its secant through activation 0 and an assumed one,
// and is solved again with the activation found until that stands still (fixed point; kElasticPasses at most).
// Passive fibre tension loads the lumbar rows and the discs. At hip, knee and ankle the law of Riener & Edrich already is
// the whole passive moment, fibres included, so there the fibres' moment is given back: τ_k + Σ_i A_ki P_i.
// Stress instead of activation (SharingCost): the solver's unknown is then the active stress C a / F_max, its capacity F_max,
// its bounds those of a times C / F_max; solution() holds activations again.
// Bounds from sample to sample (activation_dynamics): an activation moves only as far as sim/tissue/activation.h allows within
// `step`. The samples are solved one after the other, so a muscle cannot rise before the sample that needs it.
// Modes other than kOptimal solve that problem first and go on from there (general_sharing.h).
#pragma once

#include <memory>
#include <span>

#include "sim/dynamics/equations_of_motion.h"
#include "sim/sharing/general_sharing.h"
#include "sim/sharing/sharing_solver.h"
#include "sim/tissue/elastic_tendon.h"
#include "sim/tissue/muscle_path.h"
#include "sim/tissue/tonic_floor.h"

namespace lumbarun {

enum class SharingCost { kActivation, kStress };
enum class SharingMode {
  kOptimal,  // least cost
  kStable,   // … with a stable lumbar column
  kEmg,      // … near measured activations (set_targets)
};

struct SharingSettings {
  int exponent = 3;
  double trunk_activation_floor = kTonicFloor;  // least activation of every trunk fascicle
  // Disc rotation that costs as much as one fully active muscle. Running at 3.3 m/s, largest lumbar reserve over peak net
  // moment (T12/L1 rotation) and L4/5 compression: 1° 41 %, 3.78 BW; 0.2° 18 %, 4.05 BW; 0.05° 13 %, 4.06 BW. At 1° the
  // discs are a cheap substitute for muscle; below 0.2° nothing changes but the last percent.
  double disc_reserve_unit_deg = 0.2;
  // Elastic tendons stretch; false: every tendon is rigid at its slack length, and an instant's answer has no memory.
  bool elastic_tendons = true;
  double epsilon = 0.01;
  bool volume_weights = true;  // false: every fascicle weighs 1
  SharingCost cost = SharingCost::kActivation;
  bool activation_dynamics = false;
  SharingMode mode = SharingMode::kOptimal;
  // q of column_stiffness.h; estimate.
  double stiffness_gain = 10.0;
  SeparableSolver general_solver = {};  // needed by every mode but kOptimal
};

class GaitSharing {
 public:
  GaitSharing(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
              const SharingSettings& settings);

  const std::vector<CoordinateIndex>& rows() const { return rows_; }
  int find_row(CoordinateIndex coordinate) const { return row_of_coordinate_[coordinate]; }  // -1: none
  bool is_lumbar_row(int row) const { return is_lumbar_row_[row] != 0; }
  const std::vector<Reserve>& reserves() const { return solver_.get_setup().reserves; }

  // Shares `actuator_torque` [N m, all coordinates] at state (q, u). Needs kinematics in data.tree at that state.
  // `step` [s] since the sample before, whose fibres the elastic tendons go on from; 0: they are at rest.
  SharingSummary solve(const RunnerData<double>& data, const double* q, const double* u,
                       const double* actuator_torque, double step = 0.0);

  const SharingSetup& setup() const { return solver_.get_setup(); }
  // For kEmg: what the next solves stay near.
  void set_targets(std::vector<ActivationTarget> targets) { targets_ = std::move(targets); }

  // Of the last solve:
  const SharingSample& sample() const { return sample_; }
  const SharingSolution& solution() const { return solution_; }
  const MusclePathData<double>& path_data() const { return path_data_; }
  const std::vector<MuscleState>& muscle_states() const { return states_; }
  // Least eigenvalue of the column's stiffness and what is missing to it; kStable only.
  const GeneralSummary& general_summary() const { return general_; }
  double critical_gain() const { return critical_gain_; }
  const Eigen::VectorXd& net_moment() const { return sample_.net_moment_nm; }  // rows, fibres given back

 private:
  void update_moment_arms();
  void update_resting_muscles(double step);
  void update_muscles();
  void update_bounds(double step);
  double update_elastic_activations(bool is_first);
  void enter_stress();
  void leave_stress();
  std::vector<ActivationTarget> calc_scaled_targets() const;
  void solve_general(const RunnerData<double>& data, const double* q, SharingSummary& summary);
  void update_column(const RunnerData<double>& data, const double* q);

  const Runner& runner_;
  std::span<const Muscle> muscles_;
  const MusclePathSet& paths_;
  std::vector<CoordinateIndex> rows_;
  std::vector<int> row_of_coordinate_;  // -1: none
  std::vector<char> is_lumbar_row_;
  SharingSolver solver_;
  MusclePathData<double> path_data_;
  std::vector<MuscleState> states_;
  std::vector<int> elastic_;                // muscles with an elastic tendon
  std::vector<double> assumed_;             // their activation that the secant is taken through
  std::vector<double> difference_;          // activation found less assumed, at the last pass
  double relaxation_ = 1.0;                 // of the last step of the assumed ones
  std::vector<FiberHistory> fiber_;         // their fibres at the sample before
  std::vector<double> along_;               // and now, m
  std::vector<TendonEquilibrium> resting_;  // at activation 0, now
  SharingSettings settings_;
  Eigen::VectorXd lowest_, highest_;  // bounds without activation dynamics
  Eigen::VectorXd previous_;          // activations of the sample before; empty: none
  Eigen::VectorXd stress_scale_;      // C / F_max
  SharingSample sample_;
  SharingSolution solution_;
  std::vector<ActivationTarget> targets_;
  std::unique_ptr<ColumnStiffness> column_;  // kStable
  std::vector<DeadWrench> dead_;
  GeneralSummary general_;
  double critical_gain_ = 0.0;
};

}  // namespace lumbarun
