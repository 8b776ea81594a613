#include "sim/equilibrium/newton.h"

#include <Eigen/QR>
#include <algorithm>
#include <cmath>

namespace lumbarun {
namespace {

constexpr int kHalvings = 20;

Eigen::MatrixXd calc_jacobian(const Equations& equations, const Eigen::VectorXd& step,
                              const Eigen::VectorXd& x, const Eigen::VectorXd& r) {
  Eigen::MatrixXd J(r.size(), x.size());
  Eigen::VectorXd moved = x;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    moved[i] = x[i] + step[i];
    J.col(i) = (equations(moved) - r) / (moved[i] - x[i]);
    moved[i] = x[i];
  }
  return J;
}

}  // namespace

NewtonSummary solve_newton(const Equations& equations, const Eigen::VectorXd& largest_step,
                           Eigen::VectorXd& x, const NewtonOptions& options) {
  NewtonSummary summary;
  Eigen::VectorXd r = equations(x);
  for (;; ++summary.iterations) {
    summary.largest_residual = r.cwiseAbs().maxCoeff(&summary.worst);
    summary.is_converged = summary.largest_residual <= options.tolerance;
    if (summary.is_converged || summary.iterations == options.max_iterations) return summary;
    const Eigen::MatrixXd J = calc_jacobian(equations, options.difference * largest_step, x, r);
    Eigen::VectorXd step = J.colPivHouseholderQr().solve(-r);
    if (!step.allFinite()) return summary;
    step /= std::max(1.0, step.cwiseAbs().cwiseQuotient(largest_step).maxCoeff());
    double share = 1.0;
    Eigen::VectorXd next = equations(x + step);
    for (int k = 0; k < kHalvings && !(next.norm() < r.norm()); ++k) {
      share *= 0.5;
      next = equations(x + share * step);
    }
    if (!(next.norm() < r.norm())) return summary;  // no descent at the precision of r
    x += share * step;
    r = next;
  }
}

}  // namespace lumbarun
