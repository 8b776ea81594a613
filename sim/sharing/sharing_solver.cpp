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
using internal::calc_activation_cost;

// Cold start: prices of the problem without bounds, every muscle as stiff as at this activation (estimate;
// middle of what running needs).
constexpr double kColdActivation = 0.2;

// An activation so near its bound counts as at it: what interior point methods leave.
constexpr double kAtBound = 1e-6;

// A decrease of θ below this fraction of |θ| is rounding; then its slope decides (Hager & Zhang 2005, SIAM J.
// Optim. 16:170).
constexpr double kValueRounding = 1e-12;

// Old factors serve where they are expected to bring the residual below this share of the tolerance.
constexpr double kReuse = 0.1;

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
    : setup_(std::move(setup)),
      options_(options),
      columns_(setup_.row_count(), setup_.muscle_count()),
      response_(setup_.objective, setup_.weight) {
  check_setup(setup_);
  const Index rows = setup_.row_count(), muscles = setup_.muscle_count(), padded = columns_.padded_rows();
  LUMBARUN_DEMAND(rows > 0);
  for (Eigen::VectorXd* v : {&half_unit_square_, &demand_, &price_, &direction_, &gradient_})
    v->setZero(padded);
  for (Eigen::VectorXd* v : {&muscle_price_, &muscle_direction_, &trial_price_}) v->setZero(muscles);
  for (Index k = 0; k < rows; ++k) {
    const double unit = setup_.reserves[static_cast<std::size_t>(k)].unit_nm;
    half_unit_square_[k] = 0.5 * unit * unit;
  }
  cold_slope_ =
      setup_.weight.cwiseInverse() / internal::calc_activation_curvature(setup_.objective, kColdActivation);
  factored_slope_.setZero(muscles);
  hessian_.setIdentity(padded, padded);
  factor_.compute(hessian_);  // takes its memory
}

void SharingSolver::check_sample(const SharingSample& sample) const {
  const Index rows = setup_.row_count(), muscles = setup_.muscle_count();
  LUMBARUN_THROW_UNLESS(sample.net_moment_nm.size() == rows && sample.moment_arm_m.rows() == rows &&
                            sample.moment_arm_m.cols() == muscles && sample.capacity_N.size() == muscles &&
                            sample.passive_force_N.size() == muscles && sample.lower.size() == muscles &&
                            sample.upper.size() == muscles,
                        "sharing sample does not have {} rows and {} muscles everywhere", rows, muscles);
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

void SharingSolver::update_problem(const SharingSample& sample) {
  columns_.update(sample.moment_arm_m, sample.capacity_N);
  auto demand = demand_.head(setup_.row_count());
  demand = sample.net_moment_nm;
  demand.noalias() -= sample.moment_arm_m * sample.passive_force_N;
  // Every arm is in this product: not even 0 · ∞ is a number.
  LUMBARUN_THROW_UNLESS(demand.allFinite(), "sharing: a moment arm is not finite");
  scale_ = std::max(1.0, demand_.lpNorm<Eigen::Infinity>());
}

// ∇θ, θ and da/ds at the current λ, of which a(s) is known.
void SharingSolver::update_response(const SharingSample& sample) {
  response_.update_slopes(sample.lower, sample.upper);
  gradient_ = half_unit_square_.cwiseProduct(price_) - demand_;
  gradient_.noalias() += columns_.matrix() * response_.activation();
}

// H = B diag(da/ds) Bᵀ + diag(u²/2), lower triangle; padded rows are those of the identity.
void SharingSolver::update_hessian(const Eigen::VectorXd& slope) {
  hessian_.setZero();
  hessian_.diagonal() = half_unit_square_;
  hessian_.diagonal().tail(columns_.padded_rows() - setup_.row_count()).setOnes();
  columns_.add_outer_products(slope, hessian_);
  factor_.compute(hessian_);
  factored_slope_ = slope;
}

// Where every da/ds is within a share δ of those of the last factorisation, so is the Hessian, and a step with the old
// factors leaves at most about δ of the residual. Is that enough to be done?
bool SharingSolver::is_factor_near_enough() const {
  const double share = kReuse * options_.tolerance / calc_residual();
  const auto before = factored_slope_.array();
  return ((response_.slope().array() - before).abs() - share * before).maxCoeff() <= 0.0;
}

void SharingSolver::update_cold_prices() {
  update_hessian(cold_slope_);
  price_ = demand_;
  factor_.solveInPlace(price_);
}

// θ(λ + t d) and its slope in t, from s + t Bᵀd: no products with B.
SharingSolver::Point SharingSolver::calc_along(const SharingSample& sample, double step) {
  trial_price_ = muscle_price_ + step * muscle_direction_;
  response_.update(trial_price_, sample.lower, sample.upper);
  const Eigen::VectorXd& activation = response_.activation();
  const auto price = price_ + step * direction_;
  const auto reserve = half_unit_square_.cwiseProduct(price);
  return {price.dot(0.5 * reserve - demand_) + trial_price_.dot(activation) - response_.calc_cost(activation),
          direction_.dot(reserve - demand_) + muscle_direction_.dot(activation)};
}

// One Newton step with backtracking; false if no step length descends.
bool SharingSolver::solve_step(const SharingSample& sample, SharingSummary& summary) {
  if (!is_factor_near_enough()) update_hessian(response_.slope());
  direction_ = -gradient_;
  factor_.solveInPlace(direction_);
  muscle_direction_.noalias() = columns_.matrix().transpose() * direction_;
  const double slope = gradient_.dot(direction_);
  const double step = slope < 0.0 ? calc_step_length(sample, slope, summary) : 0.0;
  if (step == 0.0) {
    response_.update(muscle_price_, sample.lower, sample.upper);
    return false;
  }
  price_ += step * direction_;
  muscle_price_.swap(trial_price_);
  return true;
}

// θ' grows along d from slope < 0. The full step is taken unless it climbs again; then θ' = 0 is bracketed by
// regula falsi (Illinois variant) until Armijo holds and θ' has come down to a part of where it started.
double SharingSolver::calc_step_length(const SharingSample& sample, double slope, SharingSummary& summary) {
  const double value = value_;
  const double flat = options_.flatness * std::abs(slope);
  double low = 0.0, low_slope = slope, high = 1.0, high_slope = 0.0, step = 1.0;
  while (high > options_.min_step) {
    const Point trial = calc_along(sample, step);
    ++summary.evaluations;
    const bool descends = trial.value <= value + options_.armijo * step * slope ||
                          trial.value <= value + kValueRounding * std::abs(value);
    if (descends && trial.slope <= flat && (step == 1.0 || trial.slope >= -flat)) {
      value_ = trial.value;
      return step;
    }
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
  direction_.setZero();
  muscle_direction_.setZero();
  muscle_price_.noalias() = columns_.matrix().transpose() * price_;
  value_ = calc_along(sample, 0.0).value;
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
  update_problem(sample);
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
  solution.activation = response_.activation();
  solution.force_N = sample.capacity_N.cwiseProduct(solution.activation) + sample.passive_force_N;
  solution.multiplier = price_.head(rows);
  solution.reserve_nm = half_unit_square_.cwiseProduct(price_).head(rows);
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
