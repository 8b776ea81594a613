// Sharing with what is not separable: stability of the column, and measured activity. The problem of sharing_problem.h with
//   + Σ_t W_t d_t²,   d_t = Σ_i s_ti a_i − e_t                   targets: mean activation of a group near a measured one
//   + W_s z                                                      z ≥ 0 what is missing of stability [N m/rad]
//   subject to  vᵀ H(a) v + z ≥ margin  for all unit v           (column_stiffness.h; H is affine in a)
// a convex programme. The condition on all v is met by outer approximation (Kelley 1960 J SIAM 8:703): solve, add the
// eigenvectors of H below the margin as rows, solve again until the least eigenvalue is not negative. Every programme goes to
// a general solver (sim/core/separable_programme.h). Slower than the dual Newton method by some thousand times.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/core/separable_programme.h"
#include "sim/sharing/column_stiffness.h"
#include "sim/sharing/sharing_solver.h"

namespace lumbarun {

struct ActivationTarget {
  std::vector<int> muscles;
  std::vector<double> share;  // s, sum 1
  double value = 0.0;         // e
  double weight = 0.0;        // W
};

struct StabilityOptions {
  double margin_nm_rad = 0.1;  // what a row asks for, so that finitely many rows end above 0
  double missing_weight =
      10.0;  // W_s per N m/rad: far above what stiffness costs where muscles can give it (estimate)
  int max_passes = 40;
};

struct GeneralSummary {
  bool usable = false;
  std::string reason;         // of the last programme
  int iterations = 0;         // of the general solver, all passes
  double violation_nm = 0.0;  // largest residual of an equilibrium row
  int stability_rows = 0;
  double smallest_stiffness_nm_rad = 0.0;  // least eigenvalue of H found
  double missing_stiffness_nm_rad = 0.0;   // z
};

// `start` is where the solver begins; `stiffness` may be null: no stability is asked for.
GeneralSummary solve_general_sharing(const SharingSetup& setup, const SharingSample& sample,
                                     const std::vector<ActivationTarget>& targets,
                                     const ColumnStiffness* stiffness, const SeparableSolver& solver,
                                     SharingSolution& solution, const StabilityOptions& options = {});

}  // namespace lumbarun
