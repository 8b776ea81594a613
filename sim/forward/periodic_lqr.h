// Linear quadratic feedback about a periodic motion, in discrete time.
//
//   x_{k+1} = A_k x_k + B_k u_k,  k = 0 … N-1,   and at the end of the period x is read in the frame of the
//   next: x ← S x minimise Σ ½ (x'Q x + u'R u)   ->   u_k = -K_k x_k K = (R + B'PB)⁻¹ B'PA,  P ← Q + A'P(A -
//   BK),  P_N = S'P_0 S          (periodic Riccati recursion, backwards)
// swept until the cost-to-go P_0 repeats. S is the mirror of a runner's step, or the identity.
// (Bittanti, Colaneri & De Nicolao 1991, The Riccati Equation, ch. 6.)
#pragma once

#include <Eigen/Core>
#include <vector>

namespace lumbarun {

struct PeriodicSystem {
  std::vector<Eigen::MatrixXd> A, B;  // per interval
  std::vector<int> partner;           // S: row i of S x is sign[i] · x[partner[i]]
  std::vector<double> sign;
  double spacing = 0.0;  // s per interval
};

struct PeriodicLqr {
  std::vector<Eigen::MatrixXd> gains;  // K per interval
  Eigen::MatrixXd cost_to_go;          // P_0
  int cycles = 0;
  double change = 0.0;  // |P_0 - previous P_0| / |P_0| of the last sweep
  bool is_converged = false;
};

struct PeriodicLqrOptions {
  int max_cycles = 60;
  double convergence = 1e-6;
};

// Q and R are diagonal and belong to one interval.
PeriodicLqr solve_periodic_lqr(const PeriodicSystem& system, const Eigen::VectorXd& state_weights,
                               const Eigen::VectorXd& input_weights, const PeriodicLqrOptions& options);

// Magnitudes of the Floquet multipliers of the closed loop over one period, largest first.
std::vector<double> calc_floquet_multipliers(const PeriodicSystem& system,
                                             const std::vector<Eigen::MatrixXd>& gains);

}  // namespace lumbarun
