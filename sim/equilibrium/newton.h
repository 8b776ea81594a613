// Newton's method for a handful of equations, Jacobian by forward differences.
//   x ← x + s Δx,  J Δx = −r,  Δx scaled down so that no |Δx_i| exceeds largest_step_i,  s = 1, ½, ¼ … until |r|₂ falls
// The equations may be stiff (contact) but must be smooth. Unknowns and equations should be scaled near one.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace lumbarun {

struct NewtonOptions {
  int max_iterations = 100;
  double tolerance = 1e-10;  // of the largest |r_i|
  double difference = 1e-7;  // of the forward differences, times largest_step
};

struct NewtonSummary {
  bool is_converged = false;
  int iterations = 0;
  double largest_residual = 0.0;
  Eigen::Index worst = 0;  // equation with the largest residual
};

using Equations = std::function<Eigen::VectorXd(const Eigen::VectorXd&)>;

// Moves x to the last iterate, converged or not.
NewtonSummary solve_newton(const Equations& equations, const Eigen::VectorXd& largest_step,
                           Eigen::VectorXd& x, const NewtonOptions& options = {});

}  // namespace lumbarun
