// Sharing: which muscles carry the net moments of one sample.
//
//   minimise over activations a and reserves r
//     J(a, r) = Σ_i w_i (a_iᵖ + ε a_i²) + Σ_k (r_k / u_k)²
//   subject to, for every coordinate row k,
//     Σ_i A_ki (C_i a_i + P_i) + r_k = τ_k,      lower_i ≤ a_i ≤ upper_i.
//
//   a_i  activation [1]
//   A_ki generalised moment arm [m]: a tension F_i > 0 adds A_ki F_i to the generalised force of coordinate k
//        (A_ki = −∂ℓ_i/∂q_k, ℓ_i path length)
//   C_i  capacity [N]: tension along the path per unit activation, F0 · f_L(l) · f_V(v) · cos α ≥ 0
//   P_i  passive tension along the path [N]: F0 · f_P(l) · cos α; taken off here, and part of the reported
//   force τ_k  net generalised force [N·m] that muscles must supply: inverse dynamics minus every passive
//   torque that is not
//        muscle fibre (disc, ligament, facet, joint limit, ground already in inverse dynamics)
//   r_k  reserve [N·m]: what the muscles cannot or should not supply
//   u_k  reserve unit [N·m]: the reserve that costs as much as one fully active muscle of weight 1
//   w_i  weight [1]: 1, or muscle volume over its mean (calc_volume_weights)
//
// J is strictly convex and separable, every row has a reserve: the solution exists, is unique, and depends
// continuously on the input, whatever the strengths are. Infeasible equilibrium shows as large reserves.
//
// p = 2 (Pedotti 1978, Math. Biosci. 38:57), p = 3 (Crowninshield & Brand 1981, J. Biomech. 14:793), p = 4 beyond them.
// Activation or stress: with the active stress over the specific tension, s_i = C_i a_i / F0_i, in place of a_i the problem is
// the same one in s_i, with capacity F0_i and bounds times C_i / F0_i (StressScale). A short or fast muscle then costs no more
// than a long or slow one of the same area. Crowninshield & Brand's criterion is that of stress with w = 1.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

namespace lumbarun {

struct SharingObjective {
  // p, 2, 3 or 4. 2: what the field uses most. More spreads load over more synergists.
  int exponent = 2;
  // ε ≥ 0, > 0 for p > 2, where it keeps the curvature at rest at 2ε w instead of 0 (unique solution, bounded
  // dual Hessian). 0.01: its marginal cost 2εa equals that of a³ at a = 2ε/3 = 0.0067, below any tonic floor,
  // so active muscles are shared by the cube. For p = 2 it only scales all costs by (1 + ε).
  double epsilon = 0.01;
};

enum class ReserveKind {
  disc_rotation,  // a small rotation of a disc: r = k_disc Δθ
  torque,         // an explicit weak torque actuator
};

struct Reserve {
  std::string coordinate;
  ReserveKind kind = ReserveKind::torque;
  double unit_nm = 1.0;               // u_k > 0
  double stiffness_nm_per_rad = 0.0;  // of the disc; 0 for a torque reserve
  std::string joint = {};             // rows of one joint share its net moment; empty: the coordinate alone
};

// A level that is not quite in equilibrium rotates its disc a little: cost (Δθ / unit_deg)² with the disc's
// own rotational stiffness about that axis at the frozen preload. unit_deg = 1: DESIGN's definition; one
// degree of unplanned rotation of one level then costs as much as one fully active muscle (estimate).
Reserve build_disc_reserve(std::string coordinate, double stiffness_nm_per_rad, double unit_deg = 1.0);

// A weak torque at a hip, knee or ankle: cost (r / unit)². 1 N·m per fully active muscle (estimate): below 1
// % of the running moments of these joints (150–300 N·m), so it carries load only where no muscle can.
Reserve build_torque_reserve(std::string coordinate, double unit_nm = 1.0);

// The disc rotation that a reserve stands for, Δθ = r / k; nothing for a torque reserve.
std::optional<double> calc_reserve_rotation_deg(const Reserve& reserve, double reserve_nm);

// Weights F0_i l0_i / mean(F0 l0): muscle volume at one specific tension (which cancels), mean 1.
Eigen::VectorXd calc_volume_weights(const Eigen::VectorXd& max_isometric_force_N,
                                    const Eigen::VectorXd& optimal_fiber_length_m);

// What stays the same for all samples of a run.
struct SharingSetup {
  std::vector<Reserve> reserves;  // one per row, in row order
  Eigen::VectorXd weight;         // w, one per muscle, > 0
  SharingObjective objective;

  Eigen::Index row_count() const { return static_cast<Eigen::Index>(reserves.size()); }
  Eigen::Index muscle_count() const { return weight.size(); }
};

// One instant.
struct SharingSample {
  Eigen::VectorXd net_moment_nm;    // τ, rows
  Eigen::MatrixXd moment_arm_m;     // A, rows × muscles; exact zeros are skipped
  Eigen::VectorXd capacity_N;       // C, muscles
  Eigen::VectorXd passive_force_N;  // P, muscles
  Eigen::VectorXd lower;            // muscles; ≥ 0 for p > 2
  Eigen::VectorXd upper;            // muscles; upper ≥ lower
};

struct SharingSolution {
  Eigen::VectorXd activation;  // a, muscles
  Eigen::VectorXd force_N;     // C a + P, muscles: tension along the path
  Eigen::VectorXd reserve_nm;  // r, rows
  Eigen::VectorXd multiplier;  // λ, rows: ∂J/∂τ_k [1/(N·m)], the price of a moment
};

}  // namespace lumbarun
