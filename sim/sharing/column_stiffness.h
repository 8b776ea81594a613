// Is the lumbar column stable under its load? The second derivative of potential energy about a pose, as a function of muscle
// tension. On a fixed pelvis with fixed legs, coordinates q of the column:
//   H(F) = K_passive + K_load + Σ_i F_i G_i,       stable: every eigenvalue > 0
//   K_passive = −∂τ_passive/∂q at rest
//   K_load    = −∂Q/∂q of weights, inertia forces and other wrenches on the bodies, dead: they keep size and direction in W
//               and their place at the mass centres (symmetric part)
//   G_i       = ∂²L_i/∂q² + (q_k / L_i) r_i r_iᵀ,       r_i = −∂L_i/∂q
// The first term of G_i is what a constant tension does as its direction turns, the second the stiffness of active muscle,
// k = q_k F / L with a gain q_k without unit: Bergmark 1989 Acta Orthop Scand Suppl 230:1; Crisco & Panjabi 1991 Spine 16:793.
// The Hessian of 18 lumbar rotations as the measure of stability: Cholewicki & McGill 1996 Clin Biomech 11:1 (whose muscle
// stiffness came from a cross-bridge model). q_k is not well known: 0.5 to 42 from published muscle stiffnesses (Crisco &
// Panjabi 1991, remembered).
// A load that is dead is the usual assumption; reflexes and the motion itself are left out, so in a running stride this is the
// stability of each instant held still.
// All derivatives by central differences of torques and moment arms over kStep.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <span>
#include <vector>

#include "sim/multibody/data.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

// Wrench on a link about its mass centre, in W.
using DeadWrench = SpatialForce<double>;
// Passive generalised forces at rest in pose q, all coordinates.
using PassiveLaw = std::function<void(const double* q, double* tau)>;

class ColumnStiffness {
 public:
  ColumnStiffness(const Model& model, const MusclePathSet& paths, std::vector<CoordinateIndex> coordinates,
                  double stiffness_gain);

  void update(const double* q, std::span<const DeadWrench> dead, const PassiveLaw& passive);

  // Of the last update [N m/rad; 1/rad of a length, m, per N].
  const Eigen::MatrixXd& fixed() const { return fixed_; }  // K_passive + K_load
  // vᵀ G_i v of every muscle.
  Eigen::VectorXd calc_muscle_share(const Eigen::VectorXd& direction) const;
  Eigen::MatrixXd calc_total(const Eigen::VectorXd& tension) const;
  // The smallest gain with which H(tension) has no negative eigenvalue, 0 … 1e4; infinity if there is none.
  double calc_critical_gain(const Eigen::VectorXd& tension) const;

 private:
  static constexpr double kStep = 1e-4;  // rad

  void update_pose(const double* q, std::span<const DeadWrench> dead, const PassiveLaw& passive,
                   Eigen::VectorXd& torque, Eigen::MatrixXd& arms);
  Eigen::MatrixXd calc_total(const Eigen::VectorXd& tension, double gain) const;

  const Model& model_;
  const MusclePathSet& paths_;
  std::vector<CoordinateIndex> coordinates_;
  std::vector<int> place_;  // of each coordinate of the model among these; -1: none
  double gain_;
  Data<double> data_;
  MusclePathData<double> path_data_;
  std::vector<double> pose_, zero_, tau_;
  Eigen::MatrixXd fixed_;
  Eigen::MatrixXd arm_;                   // place x muscle
  Eigen::VectorXd length_;                // m
  std::vector<Eigen::MatrixXd> turning_;  // ∂²L/∂q², per muscle; empty where it crosses none
  std::vector<SpatialForce<double>> carried_;
};

}  // namespace lumbarun
