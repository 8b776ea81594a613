// A second route to the sharing problem: accelerated projected gradient on the primal, the reserves
// eliminated by the equilibrium rows, r = b − B a:
//   minimise Σ w (aᵖ + ε a²) + Σ ((b − B a)_k / u_k)²  on the box.
// Beck & Teboulle 2009, SIAM J. Imaging Sci. 2:183 (FISTA), restarted when a step turns against the momentum
// (O'Donoghue & Candès 2015). Knows nothing of duals, prices or active sets.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>

#include "sim/sharing/sharing_problem.h"

namespace lumbarun {

struct PrimalProblem {
  explicit PrimalProblem(const SharingSetup& setup, const SharingSample& sample)
      : objective(setup.objective), weight(setup.weight), lower(sample.lower), upper(sample.upper) {
    const Eigen::MatrixXd arms = sample.moment_arm_m;
    Eigen::VectorXd per_unit(setup.row_count());
    for (Eigen::Index k = 0; k < per_unit.size(); ++k) {
      per_unit[k] = 1.0 / setup.reserves[static_cast<std::size_t>(k)].unit_nm;
    }
    matrix = per_unit.asDiagonal() * arms * sample.capacity_N.asDiagonal();
    demand = per_unit.cwiseProduct(sample.net_moment_nm - arms * sample.passive_force_N);
  }

  double calc_objective(const Eigen::VectorXd& a) const {
    double sum = (demand - matrix * a).squaredNorm();
    for (Eigen::Index i = 0; i < a.size(); ++i) {
      sum += weight[i] * (std::pow(a[i], objective.exponent) + objective.epsilon * a[i] * a[i]);
    }
    return sum;
  }

  Eigen::VectorXd calc_gradient(const Eigen::VectorXd& a) const {
    Eigen::VectorXd g = -2.0 * (matrix.transpose() * (demand - matrix * a));
    for (Eigen::Index i = 0; i < a.size(); ++i) {
      g[i] += weight[i] *
              (objective.exponent * std::pow(a[i], objective.exponent - 1) + 2.0 * objective.epsilon * a[i]);
    }
    return g;
  }

  SharingObjective objective;
  Eigen::VectorXd weight, lower, upper;
  Eigen::MatrixXd matrix;  // B / u
  Eigen::VectorXd demand;  // b / u
};

struct ProjectedGradientAnswer {
  Eigen::VectorXd activation;
  int iterations = 0;
};

// Stops when a projected gradient step moves no activation by more than `tolerance`.
inline ProjectedGradientAnswer solve_by_projected_gradient(const PrimalProblem& problem, double tolerance,
                                                           int max_iterations) {
  const double largest_upper = std::max(1.0, problem.upper.maxCoeff());
  Eigen::VectorXd v = Eigen::VectorXd::Ones(problem.matrix.cols());
  for (int k = 0; k < 100; ++k) v = (problem.matrix.transpose() * (problem.matrix * v)).normalized();
  const double stiffness = 1.05 * (problem.matrix * v).squaredNorm();  // largest eigenvalue of BᵀB
  const double bound = 2.0 * stiffness + problem.weight.maxCoeff() *
                                             (6.0 * largest_upper + 2.0 + 2.0 * problem.objective.epsilon);
  ProjectedGradientAnswer answer;
  answer.activation = problem.lower.cwiseMax(0.0).cwiseMin(problem.upper);
  Eigen::VectorXd point = answer.activation;
  double momentum = 1.0;
  while (answer.iterations < max_iterations) {
    ++answer.iterations;
    const Eigen::VectorXd next =
        (point - problem.calc_gradient(point) / bound).cwiseMax(problem.lower).cwiseMin(problem.upper);
    const Eigen::VectorXd change = next - answer.activation;
    if ((point - next).dot(change) > 0.0) momentum = 1.0;
    const double next_momentum = 0.5 * (1.0 + std::sqrt(1.0 + 4.0 * momentum * momentum));
    const bool done = (next - point).lpNorm<Eigen::Infinity>() < tolerance;
    point = next + ((momentum - 1.0) / next_momentum) * change;
    answer.activation = next;
    momentum = next_momentum;
    if (done) break;
  }
  return answer;
}

}  // namespace lumbarun
