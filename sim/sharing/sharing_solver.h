// Dual Newton method for the sharing problem of sim/sharing/sharing_problem.h.
//
// With B = A diag(C), b = τ − A P and prices λ (one per row) the dual to be minimised is
//   θ(λ) = Σ_i [s_i a_i(s_i) − w_i φ(a_i(s_i))] + Σ_k u_k² λ_k² / 4 − λᵀ b,     s = Bᵀ λ,
// strongly convex and once continuously differentiable, with
//   ∇θ = B a(λ) + r(λ) − b,   r_k = u_k² λ_k / 2,
//   H  = B diag(da/ds) Bᵀ + diag(u²/2)                       (generalised Hessian, positive definite).
// Semismooth Newton: H d = −∇θ by Cholesky; step length 1, or where Armijo holds and θ' along d is nearly 0.
// The primal a(λ), r(λ) meets bounds and stationarity exactly at every iterate; what converges is
// equilibrium, ∇θ → 0. Global convergence: Qi & Sun 1993, Math. Program. 58:353 (semismooth Newton); θ
// strongly convex with Armijo steps.
//
// Scale: 30 rows × 330 muscles, a few iterations of some 10 µs each. No heap after construction, provided
// that samples and solutions keep their sizes. One solver per thread.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Core>
#include <span>
#include <string>
#include <vector>

#include "sim/sharing/activation_batch.h"
#include "sim/sharing/moment_columns.h"
#include "sim/sharing/sharing_problem.h"

namespace lumbarun {

struct SharingOptions {
  // Equilibrium residual, in N·m per max(1 N·m, largest |b|). Newton ends quadratically, so rounding (about
  // 1e-13) is one step away from 1e-10 and nothing is saved by asking for less.
  double tolerance = 1e-10;
  // A residual below this is far below any reserve or measurement: the answer may be used.
  double usable_tolerance = 1e-6;
  // Measured on random full-size problems: 4–10 cold, 2–5 warm; up to 31 cold where no muscles suffice, and 104 where half of them are
  // at full activation and the knee still lacks 680 of 1070 N·m. Every step descends, so the limit only ends what would last for ever.
  int max_iterations = 1000;
  // Armijo fraction: any small number (Nocedal & Wright 2006, section 3.1).
  double armijo = 1e-4;
  // How far θ' must come down when a full step overshoots, as a fraction of where it started. θ' along d
  // costs two sums over the muscles, a new Hessian thirty times that: 0.1 halves the iterations of infeasible
  // samples against plain Armijo (p = 2, five times the feasible moment: 23 → 11 cold, at the same time per
  // iteration).
  double flatness = 0.1;
  // Below this step length the direction is no descent at the precision of θ.
  double min_step = 1e-12;
  // Start from the prices of the previous sample. The solution does not depend on it beyond `tolerance`.
  bool warm_start = true;
};

enum class SharingStop { converged, iteration_limit, no_descent };

std::string describe(SharingStop stop);

struct SharingSummary {
  SharingStop stop = SharingStop::iteration_limit;
  bool usable = false;  // residual ≤ usable_tolerance; otherwise the solution is NaN
  bool warm = false;    // started from the previous sample
  int iterations = 0;
  int evaluations = 0;                   // of θ and its slope
  double kkt_residual = 0.0;             // largest equilibrium residual / max(1 N·m, largest |b|)
  double objective = 0.0;                // J
  int active_lower = 0;                  // muscles at their lower bound
  int active_upper = 0;                  // muscles at their upper bound
  Eigen::Index largest_reserve_row = 0;  // by |r_k| / u_k
  double largest_reserve_nm = 0.0;       // signed, of that row
};

class SharingSolver {
 public:
  // Throws BadInput for an exponent other than 2, 3 or 4, ε out of range, a weight or a reserve unit that is not
  // positive.
  explicit SharingSolver(SharingSetup setup, SharingOptions options = {});

  // Throws BadInput if the sample has the wrong size, a number that is not finite (bounds may be infinite for
  // p = 2), a negative capacity or crossed bounds. Infeasible equilibrium is not an error: reserves take it.
  SharingSummary solve(const SharingSample& sample, SharingSolution& solution);

  // One after the other, each from the prices of the one before. A sample that fails is NaN and the next
  // starts cold.
  std::vector<SharingSummary> solve_series(std::span<const SharingSample> samples,
                                           std::vector<SharingSolution>& solutions);

  // Objective, active bounds and reserves of a solution found elsewhere.
  void update_summary(const SharingSample& sample, const SharingSolution& solution,
                      SharingSummary& summary) const;

  void forget_warm_start() { has_prices_ = false; }
  const SharingSetup& get_setup() const { return setup_; }

 private:
  struct Point {  // value and slope of θ along a direction
    double value, slope;
  };

  void check_sample(const SharingSample& sample) const;
  void update_problem(const SharingSample& sample);
  void update_cold_prices();
  void update_response(const SharingSample& sample);
  void update_hessian(const Eigen::VectorXd& slope);
  bool is_factor_near_enough() const;
  double calc_step_length(const SharingSample& sample, double slope, SharingSummary& summary);
  Point calc_along(const SharingSample& sample, double step);
  bool solve_step(const SharingSample& sample, SharingSummary& summary);
  void solve_iterations(const SharingSample& sample, SharingSummary& summary);
  double calc_residual() const;
  void write_solution(const SharingSample& sample, SharingSummary& summary, SharingSolution& solution) const;

  SharingSetup setup_;
  SharingOptions options_;
  bool has_prices_ = false;

  internal::MomentColumns columns_;     // B
  internal::ActivationBatch response_;  // a(s), da/ds
  Eigen::VectorXd cold_slope_;          // da/ds at kColdActivation, muscles
  // Rows, padded with zeros as columns_ is.
  Eigen::VectorXd half_unit_square_;  // u²/2
  Eigen::VectorXd demand_;            // b
  Eigen::VectorXd price_;             // λ
  Eigen::VectorXd direction_;         // d
  Eigen::VectorXd gradient_;          // ∇θ: by update_response
  Eigen::VectorXd muscle_price_;      // s, muscles
  Eigen::VectorXd muscle_direction_;  // Bᵀ d, muscles
  Eigen::VectorXd trial_price_;       // s + t Bᵀ d, muscles: by calc_along
  double value_ = 0.0;                // θ(λ), by update_response
  Eigen::MatrixXd hessian_;           // lower triangle, padded
  Eigen::LLT<Eigen::MatrixXd> factor_;
  Eigen::VectorXd factored_slope_;  // da/ds that factor_ was made of, muscles
  double scale_ = 1.0;              // max(1, |b|∞)
};

}  // namespace lumbarun
