// Ipopt on a nonlinear programme. (Wächter & Biegler 2006 Math Program 106:25; MUMPS as linear solver.)
#pragma once

#include <string>

#include "sim/planning/nonlinear_programme.h"

namespace lumbarun {

struct SolverOptions {
  int max_iterations = 120;
  // Gauss-Newton for so many iterations, then exact: exact from a cold start wastes some 90 iterations on huge
  // multipliers, Gauss-Newton alone never converges (no constraint curvature).
  int gauss_newton_iterations = 0;
  double tolerance = 1e-4;
  double constraint_tolerance = 1e-5;  // of scaled root rows: 0.007 N of 700 N
  double dual_tolerance = 1e-2;
  int print_level = 0;  // of the solver's own log
};

struct Multipliers {
  Eigen::VectorXd constraint, lower, upper;
  bool empty() const { return constraint.size() == 0; }
};

struct SolverSummary {
  bool is_converged = false;
  std::string reason;  // the solver's own words
  int iterations = 0;
  double objective = 0.0;
  double constraint_violation = 0.0;  // largest distance of a row from its bounds
};

struct SolverResult {
  Eigen::VectorXd x;
  Multipliers multipliers;
  SolverSummary summary;
};

// `warm` multipliers, when given, start the interior point method from them.
SolverResult solve_nlp(NonlinearProgramme& nlp, const SolverOptions& options, const Multipliers& warm);

}  // namespace lumbarun
