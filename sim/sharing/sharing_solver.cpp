#include "sim/sharing/sharing_solver.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/core/contracts.h"
#include "sim/sharing/activation_law.h"

namespace lumbarun {
namespace {

using Eigen::Index;
using internal::calc_activation;
using internal::calc_activation_cost;

// Cold start: prices of the problem without bounds, every muscle as stiff as at this activation (estimate;
// middle of what running needs).
constexpr double kColdActivation = 0.2;

// An activation so near its bound counts as at it: what interior point methods leave.
constexpr double kAtBound = 1e-6;

// A decrease of θ below this fraction of |θ| is rounding; then its slope decides (Hager & Zhang 2005, SIAM J.
// Optim. 16:170).
constexpr double kValueRounding = 1e-12;

void check_setup(const SharingSetup& setup) {
  const SharingObjective& objective = setup.objective;
  LUMBARUN_THROW_UNLESS(objective.exponent >= 2 && objective.exponent <= 4,
                        "sharing exponent {} is not 2, 3 or 4", objective.exponent);
  LUMBARUN_THROW_UNLESS(objective.epsilon >= 0.0 && std::isfinite(objective.epsilon) &&
                            (objective.exponent == 2 || objective.epsilon > 0.0),
                        "sharing epsilon {} is out of range for exponent {}", objective.epsilon,
                        objective.exponent);
  for (Index i = 0; i < setup.muscle_count(); ++i) {
    LUMBARUN_THROW_UNLESS(setup.weight[i] > 0.0 && std::isfinite(setup.weight[i]),
                          "sharing weight of muscle {} is {}, must be positive", i, setup.weight[i]);
  }
  for (const Reserve& reserve : setup.reserves) {
    LUMBARUN_THROW_UNLESS(reserve.unit_nm > 0.0 && std::isfinite(reserve.unit_nm),
                          "reserve unit of {} is {} N m, must be positive", reserve.coordinate,
                          reserve.unit_nm);
  }
}

}  // namespace

std::string describe(SharingStop stop) {
  switch (stop) {
    case SharingStop::converged:
      return "converged";
    case SharingStop::iteration_limit:
      return "iteration limit";
    case SharingStop::no_descent:
      return "no descent at the precision of the dual";
  }
  return "unknown";
}

SharingSolver::SharingSolver(SharingSetup setup, SharingOptions options)
    : setup_(std::move(setup)), options_(options) {
  check_setup(setup_);
  const Index rows = setup_.row_count(), muscles = setup_.muscle_count();
  LUMBARUN_DEMAND(rows > 0);
  half_unit_square_.resize(rows);
  for (Index k = 0; k < rows; ++k) {
    const double unit = setup_.reserves[static_cast<std::size_t>(k)].unit_nm;
    half_unit_square_[k] = 0.5 * unit * unit;
  }
  column_begin_.assign(static_cast<std::size_t>(muscles) + 1, 0);
  row_.resize(static_cast<std::size_t>(rows * muscles) + 1);
  value_.resize(row_.size());
  for (Eigen::VectorXd* v : {&demand_, &price_, &direction_, &gradient_}) v->setZero(rows);
  for (Eigen::VectorXd* v : {&muscle_price_, &muscle_direction_, &activation_, &slope_}) v->setZero(muscles);
  hessian_.setIdentity(rows, rows);
  factor_.compute(hessian_);  // takes its memory
}

void SharingSolver::check_sample(const SharingSample& sample) const {
  const Index rows = setup_.row_count(), muscles = setup_.muscle_count();
  LUMBARUN_THROW_UNLESS(sample.net_moment_nm.size() == rows && sample.moment_arm_m.rows() == rows &&
                            sample.moment_arm_m.cols() == muscles && sample.capacity_N.size() == muscles &&
                            sample.passive_force_N.size() == muscles && sample.lower.size() == muscles &&
                            sample.upper.size() == muscles,
                        "sharing sample does not have {} rows and {} muscles everywhere", rows, muscles);
  LUMBARUN_THROW_UNLESS(sample.moment_arm_m.allFinite(), "sharing: a moment arm is not finite");
  for (Index k = 0; k < rows; ++k) {
    LUMBARUN_THROW_UNLESS(std::isfinite(sample.net_moment_nm[k]), "sharing: net moment of {} is {}",
                          setup_.reserves[static_cast<std::size_t>(k)].coordinate, sample.net_moment_nm[k]);
  }
  for (Index i = 0; i < muscles; ++i) {
    LUMBARUN_THROW_UNLESS(sample.capacity_N[i] >= 0.0 && std::isfinite(sample.capacity_N[i]) &&
                              std::isfinite(sample.passive_force_N[i]),
                          "sharing: muscle {} has capacity {} N and passive force {} N; finite numbers and a "
                          "capacity >= 0 are needed",
                          i, sample.capacity_N[i], sample.passive_force_N[i]);
    const double least = setup_.objective.exponent > 2 ? 0.0 : -std::numeric_limits<double>::infinity();
    LUMBARUN_THROW_UNLESS(sample.lower[i] >= least && sample.lower[i] <= sample.upper[i] &&
                              (std::isfinite(sample.lower[i]) || setup_.objective.exponent == 2),
                          "sharing: activation bounds of muscle {} are {} .. {}", i, sample.lower[i],
                          sample.upper[i]);
  }
}

void SharingSolver::update_columns(const SharingSample& sample) {
  const Index rows = setup_.row_count();
  demand_ = sample.net_moment_nm;
  int end = 0;
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    const double* arm = sample.moment_arm_m.col(i).data();
    const double capacity = sample.capacity_N[i], passive = sample.passive_force_N[i];
    column_begin_[static_cast<std::size_t>(i)] = end;
    // Without a branch: a zero is overwritten by the next entry.
    for (Index k = 0; k < rows; ++k) {
      demand_[k] -= arm[k] * passive;
      row_[static_cast<std::size_t>(end)] = static_cast<int>(k);
      value_[static_cast<std::size_t>(end)] = arm[k] * capacity;
      end += arm[k] != 0.0;
    }
  }
  column_begin_.back() = end;
  scale_ = std::max(1.0, demand_.lpNorm<Eigen::Infinity>());
}

void SharingSolver::update_muscle_prices(const Eigen::VectorXd& row_price,
                                         Eigen::VectorXd& muscle_price) const {
  for (Index i = 0; i < muscle_price.size(); ++i) {
    double sum = 0.0;
    for (int e = column_begin_[static_cast<std::size_t>(i)];
         e < column_begin_[static_cast<std::size_t>(i) + 1]; ++e) {
      sum += value_[static_cast<std::size_t>(e)] * row_price[row_[static_cast<std::size_t>(e)]];
    }
    muscle_price[i] = sum;
  }
}

// a, da/ds and ∇θ at the current λ and s.
void SharingSolver::update_response(const SharingSample& sample) {
  gradient_ = half_unit_square_.cwiseProduct(price_) - demand_;
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    const auto [activation, slope] = calc_activation(setup_.objective, muscle_price_[i], setup_.weight[i],
                                                     sample.lower[i], sample.upper[i]);
    activation_[i] = activation;
    slope_[i] = slope;
    for (int e = column_begin_[static_cast<std::size_t>(i)];
         e < column_begin_[static_cast<std::size_t>(i) + 1]; ++e) {
      gradient_[row_[static_cast<std::size_t>(e)]] += value_[static_cast<std::size_t>(e)] * activation;
    }
  }
}

// H = B diag(da/ds) Bᵀ + diag(u²/2), lower triangle. Rows of a column ascend.
void SharingSolver::update_hessian() {
  hessian_.setZero();
  hessian_.diagonal() = half_unit_square_;
  const Index rows = setup_.row_count();
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    if (slope_[i] == 0.0) continue;
    const int begin = column_begin_[static_cast<std::size_t>(i)],
              end = column_begin_[static_cast<std::size_t>(i) + 1];
    for (int c = begin; c < end; ++c) {
      const double factor = slope_[i] * value_[static_cast<std::size_t>(c)];
      double* column = hessian_.data() + row_[static_cast<std::size_t>(c)] * rows;
      for (int e = c; e < end; ++e) {
        column[row_[static_cast<std::size_t>(e)]] += factor * value_[static_cast<std::size_t>(e)];
      }
    }
  }
}

void SharingSolver::update_cold_prices() {
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    slope_[i] =
        1.0 / (setup_.weight[i] * internal::calc_activation_curvature(setup_.objective, kColdActivation));
  }
  update_hessian();
  factor_.compute(hessian_);
  price_ = demand_;
  factor_.solveInPlace(price_);
}

// θ(λ + t d) and its slope in t, from s + t Bᵀd: no products with B.
SharingSolver::Point SharingSolver::calc_along(const SharingSample& sample, double step) const {
  double value = 0.0, slope = 0.0;
  for (Index k = 0; k < setup_.row_count(); ++k) {
    const double price = price_[k] + step * direction_[k];
    value += price * (0.5 * half_unit_square_[k] * price - demand_[k]);
    slope += direction_[k] * (half_unit_square_[k] * price - demand_[k]);
  }
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    const double price = muscle_price_[i] + step * muscle_direction_[i];
    const double activation =
        calc_activation(setup_.objective, price, setup_.weight[i], sample.lower[i], sample.upper[i])
            .activation;
    value += price * activation - setup_.weight[i] * calc_activation_cost(setup_.objective, activation);
    slope += muscle_direction_[i] * activation;
  }
  return {value, slope};
}

// One Newton step with backtracking; false if no step length descends.
bool SharingSolver::solve_step(const SharingSample& sample, SharingSummary& summary) {
  update_hessian();
  factor_.compute(hessian_);
  direction_ = -gradient_;
  factor_.solveInPlace(direction_);
  update_muscle_prices(direction_, muscle_direction_);
  const double slope = gradient_.dot(direction_);
  if (!(slope < 0.0)) return false;
  const double step = calc_step_length(sample, slope, summary);
  price_ += step * direction_;
  muscle_price_ += step * muscle_direction_;
  return step > 0.0;
}

// θ' grows along d from slope < 0. The full step is taken unless it climbs again; then θ' = 0 is bracketed by
// regula falsi (Illinois variant) until Armijo holds and θ' has come down to a part of where it started.
double SharingSolver::calc_step_length(const SharingSample& sample, double slope,
                                       SharingSummary& summary) const {
  const double value = calc_along(sample, 0.0).value;
  const double flat = options_.flatness * std::abs(slope);
  double low = 0.0, low_slope = slope, high = 1.0, high_slope = 0.0, step = 1.0;
  while (high > options_.min_step) {
    const Point trial = calc_along(sample, step);
    ++summary.evaluations;
    const bool descends = trial.value <= value + options_.armijo * step * slope ||
                          trial.value <= value + kValueRounding * std::abs(value);
    if (descends && trial.slope <= flat && (step == 1.0 || trial.slope >= -flat)) return step;
    if (trial.slope > 0.0) {
      if (high_slope != 0.0 && step < high) low_slope *= 0.5;
      high = step;
      high_slope = trial.slope;
    } else {
      high_slope *= 0.5;
      low = step;
      low_slope = trial.slope;
    }
    step = low + (high - low) * std::clamp(low_slope / (low_slope - high_slope), 0.01, 0.99);
  }
  return 0.0;
}

double SharingSolver::calc_residual() const { return gradient_.lpNorm<Eigen::Infinity>() / scale_; }

void SharingSolver::solve_iterations(const SharingSample& sample, SharingSummary& summary) {
  update_muscle_prices(price_, muscle_price_);
  update_response(sample);
  summary.stop = SharingStop::iteration_limit;
  for (int iteration = 0;; ++iteration) {
    summary.kkt_residual = calc_residual();
    if (summary.kkt_residual <= options_.tolerance) summary.stop = SharingStop::converged;
    if (summary.stop != SharingStop::iteration_limit || iteration == options_.max_iterations) break;
    ++summary.iterations;
    if (!solve_step(sample, summary)) {
      summary.stop = SharingStop::no_descent;
    } else {
      update_response(sample);
    }
  }
  summary.usable = summary.kkt_residual <= options_.usable_tolerance;
}

SharingSummary SharingSolver::solve(const SharingSample& sample, SharingSolution& solution) {
  check_sample(sample);
  update_columns(sample);
  SharingSummary summary;
  summary.warm = options_.warm_start && has_prices_;
  if (!summary.warm) update_cold_prices();
  solve_iterations(sample, summary);
  if (!summary.usable && summary.warm) {
    summary.warm = false;
    update_cold_prices();
    solve_iterations(sample, summary);
  }
  has_prices_ = summary.usable;
  write_solution(sample, summary, solution);
  return summary;
}

void SharingSolver::write_solution(const SharingSample& sample, SharingSummary& summary,
                                   SharingSolution& solution) const {
  const Index rows = setup_.row_count(), muscles = setup_.muscle_count();
  if (!summary.usable) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    solution.activation.setConstant(muscles, nan);
    solution.force_N.setConstant(muscles, nan);
    solution.reserve_nm.setConstant(rows, nan);
    solution.multiplier.setConstant(rows, nan);
    summary.objective = summary.largest_reserve_nm = nan;
    return;
  }
  solution.activation = activation_;
  solution.force_N = sample.capacity_N.cwiseProduct(activation_) + sample.passive_force_N;
  solution.multiplier = price_;
  solution.reserve_nm = half_unit_square_.cwiseProduct(price_);
  update_summary(sample, solution, summary);
}

void SharingSolver::update_summary(const SharingSample& sample, const SharingSolution& solution,
                                   SharingSummary& summary) const {
  summary.objective = 0.0;
  summary.active_lower = summary.active_upper = 0;
  for (Index i = 0; i < setup_.muscle_count(); ++i) {
    const double a = solution.activation[i];
    summary.objective += setup_.weight[i] * calc_activation_cost(setup_.objective, a);
    summary.active_lower += a <= sample.lower[i] + kAtBound;
    summary.active_upper += a >= sample.upper[i] - kAtBound;
  }
  double largest = -1.0;
  for (Index k = 0; k < setup_.row_count(); ++k) {
    const double share_square =
        solution.reserve_nm[k] * solution.reserve_nm[k] / (2.0 * half_unit_square_[k]);
    summary.objective += share_square;
    if (share_square > largest) {
      largest = share_square;
      summary.largest_reserve_row = k;
    }
  }
  summary.largest_reserve_nm = solution.reserve_nm[summary.largest_reserve_row];
}

std::vector<SharingSummary> SharingSolver::solve_series(std::span<const SharingSample> samples,
                                                        std::vector<SharingSolution>& solutions) {
  std::vector<SharingSummary> summaries;
  summaries.reserve(samples.size());
  solutions.resize(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) summaries.push_back(solve(samples[i], solutions[i]));
  return summaries;
}

}  // namespace lumbarun
