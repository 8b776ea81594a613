#include "sim/forward/periodic_lqr.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

// S x, column by column.
Eigen::MatrixXd read_in_next_frame(const PeriodicSystem& system, const Eigen::MatrixXd& x) {
  Eigen::MatrixXd y(x.rows(), x.cols());
  for (int i = 0; i < x.rows(); ++i) y.row(i) = system.sign[i] * x.row(system.partner[i]);
  return y;
}

// S'P S. S is an involution up to sign, so S' equals its own transpose permutation: applied explicitly.
Eigen::MatrixXd carry_back(const PeriodicSystem& system, const Eigen::MatrixXd& P) {
  Eigen::MatrixXd carried(P.rows(), P.cols());
  for (int j = 0; j < P.cols(); ++j) {
    for (int i = 0; i < P.rows(); ++i) {
      carried(system.partner[i], system.partner[j]) = system.sign[i] * system.sign[j] * P(i, j);
    }
  }
  return carried;
}

struct RiccatiWorkspace {
  Eigen::MatrixXd PB, G, right_side, closed, P_closed;
  Eigen::LLT<Eigen::MatrixXd> factor;
};

// One step backwards: P of the end of the interval becomes P of its start.
void update_cost_to_go(const Eigen::MatrixXd& A, const Eigen::MatrixXd& B, const Eigen::VectorXd& Q,
                       const Eigen::VectorXd& R, RiccatiWorkspace& work, Eigen::MatrixXd& P,
                       Eigen::MatrixXd& K) {
  work.PB.noalias() = P * B;
  work.G.noalias() = B.transpose() * work.PB;
  work.G.diagonal() += R;
  work.factor.compute(work.G);
  work.right_side.noalias() = work.PB.transpose() * A;
  K = work.factor.solve(work.right_side);
  work.closed = A;
  work.closed.noalias() -= B * K;
  work.P_closed.noalias() = P * work.closed;
  P.noalias() = A.transpose() * work.P_closed;
  P.diagonal() += Q;
  P = (0.5 * (P + P.transpose())).eval();
}

}  // namespace

PeriodicLqr solve_periodic_lqr(const PeriodicSystem& system, const Eigen::VectorXd& state_weights,
                               const Eigen::VectorXd& input_weights, const PeriodicLqrOptions& options) {
  const int intervals = static_cast<int>(system.A.size());
  LUMBARUN_DEMAND(intervals > 0 && system.B.size() == system.A.size());
  PeriodicLqr lqr;
  lqr.gains.resize(intervals);
  lqr.cost_to_go = state_weights.asDiagonal();
  RiccatiWorkspace work;
  for (lqr.cycles = 0; lqr.cycles < options.max_cycles && !lqr.is_converged;) {
    Eigen::MatrixXd P = carry_back(system, lqr.cost_to_go);
    for (int k = intervals - 1; k >= 0; --k) {
      update_cost_to_go(system.A[k], system.B[k], state_weights, input_weights, work, P, lqr.gains[k]);
    }
    lqr.change = (P - lqr.cost_to_go).norm() / P.norm();
    lqr.cost_to_go.swap(P);
    ++lqr.cycles;
    lqr.is_converged = lqr.change <= options.convergence;
  }
  return lqr;
}

std::vector<double> calc_floquet_multipliers(const PeriodicSystem& system,
                                             const std::vector<Eigen::MatrixXd>& gains) {
  Eigen::MatrixXd transition = Eigen::MatrixXd::Identity(system.A.front().rows(), system.A.front().cols());
  Eigen::MatrixXd closed;
  for (size_t k = 0; k < system.A.size(); ++k) {
    closed = system.A[k];
    closed.noalias() -= system.B[k] * gains[k];
    transition = (closed * transition).eval();
  }
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(read_in_next_frame(system, transition), false);
  const Eigen::VectorXd magnitude = solver.eigenvalues().cwiseAbs();
  std::vector<double> multipliers(magnitude.data(), magnitude.data() + magnitude.size());
  std::sort(multipliers.begin(), multipliers.end(), std::greater<>());
  return multipliers;
}

}  // namespace lumbarun
