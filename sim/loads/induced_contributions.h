// What causes the inertia part of a disc load (contributions.h): the induced-acceleration split.
//
//   M(q) a = Σ_s Q_s,    a_s = M⁻¹ Q_s,    rate of momentum above the cut = Σ_s U(q) a_s + b(q, v)
//   inertia part of the load = Σ_s (−U a_s) − b
// with Q_s the generalised force of source s (Zajac & Gordon 1989 Exerc Sport Sci Rev 17:187). Sources:
//   gravity, velocity  −g(q); −c(q, v), with the term b
//   ground             Jᵀ F of the contact elements
//   passive            discs, range laws, leg moments, abdominal pressure, passive fibre tension at lumbar rows
//   group              active tension of its fascicles at the rows of sharing
//   reserve            at the same rows
//   actuator           rows that no muscle is asked for (subtalar, toes, arms), and what is left of the root balance
// They sum to the inertia part up to rounding. The ground here is a law of the state, not a constraint: its force at an instant
// does not answer to a muscle at that instant, so it is a source of its own. Analyses that hold the foot on the ground hand
// the ground's part to the muscles; their numbers answer another question and must not be set beside these.
#pragma once

#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "sim/loads/contributions.h"
#include "sim/multibody/crba.h"

namespace lumbarun {

class InducedContributions {
 public:
  InducedContributions(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths);

  // gravity, velocity, ground, passive, reserve, actuator, then all muscle groups.
  const std::vector<std::string>& sources() const { return sources_; }

  // The motion's v and a, and the actuator torques that `sharing` shared last. Needs data as calc_actuator_torques left it.
  void update(const RunnerData<double>& data, const double* v, const double* a, const double* actuator_torque,
              const GaitSharing& sharing);
  const LevelContributions& get() const { return loads_; }
  // Q_s and a_s, coordinate x source.
  const Eigen::MatrixXd& generalized_force() const { return force_; }
  const Eigen::MatrixXd& acceleration() const { return acceleration_; }

 private:
  void update_tree_forces(const RunnerData<double>& data, const double* v, const double* a);
  void update_muscle_forces(const GaitSharing& sharing);
  void update_loads(const Data<double>& data);
  SpatialForce<double> calc_unit_rate(const Data<double>& data, int level, int coordinate) const;

  const Runner& runner_;
  const MusclePathSet& paths_;
  std::array<LevelCut, kLevelCount> cuts_;
  MuscleGroups groups_;
  std::vector<std::string> sources_;
  Data<double> still_;  // the same pose at rest
  CompositeWorkspace<double> composite_;
  std::array<SpatialForce<double>, kLevelCount> drift_;  // b about mid-disc
  Eigen::MatrixXd mass_, force_, acceleration_;
  Eigen::Matrix<double, 6, Eigen::Dynamic> unit_rate_, rate_;  // moment, force about mid-disc of one level
  std::vector<double> zero_;
  LevelContributions loads_;
};

}  // namespace lumbarun
