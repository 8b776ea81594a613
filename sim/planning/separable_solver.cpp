#include "sim/planning/separable_solver.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/planning/ipopt_solver.h"

namespace lumbarun {

namespace {

class SeparableNlp final : public NonlinearProgramme {
 public:
  explicit SeparableNlp(const SeparableProgramme& programme)
      : programme_(programme), cost_(programme.low.size()) {
    jacobian_ = {programme.row, programme.column};
    hessian_.row.resize(programme.low.size());
    std::iota(hessian_.row.begin(), hessian_.row.end(), 0);
    hessian_.column = hessian_.row;
    set_point(programme.start.data());
  }

  int variable_count() const override { return static_cast<int>(programme_.low.size()); }
  int constraint_count() const override { return static_cast<int>(programme_.row_low.size()); }
  const Triplets& jacobian_pattern() const override { return jacobian_; }
  const Triplets& hessian_pattern() const override { return hessian_; }

  void get_bounds(double* x_low, double* x_high, double* g_low, double* g_high) const override {
    const auto copy = [](const std::vector<double>& from, double* to) {
      for (size_t i = 0; i < from.size(); ++i) to[i] = std::clamp(from[i], -kUnbounded, kUnbounded);
    };
    copy(programme_.low, x_low);
    copy(programme_.high, x_high);
    copy(programme_.row_low, g_low);
    copy(programme_.row_high, g_high);
  }
  Eigen::VectorXd get_start() const override {
    return Eigen::Map<const Eigen::VectorXd>(programme_.start.data(), variable_count());
  }

  void set_point(const double* x) override {
    x_.assign(x, x + variable_count());
    for (int i = 0; i < variable_count(); ++i) cost_[i] = programme_.calc_cost(i, x[i]);
  }
  double calc_objective() const override {
    return std::accumulate(cost_.begin(), cost_.end(), 0.0,
                           [](double sum, const CostValue& cost) { return sum + cost.value; });
  }
  void calc_gradient(double* gradient) override {
    for (const CostValue& cost : cost_) *gradient++ = cost.slope;
  }
  void calc_constraints(double* g) const override {
    std::fill_n(g, constraint_count(), 0.0);
    for (size_t e = 0; e < programme_.entry.size(); ++e)
      g[programme_.row[e]] += programme_.entry[e] * x_[programme_.column[e]];
  }
  void calc_jacobian(double* values) override {
    std::copy(programme_.entry.begin(), programme_.entry.end(), values);
  }
  void calc_hessian(double objective_factor, const double*, HessianKind, double* values) override {
    for (const CostValue& cost : cost_) *values++ = objective_factor * cost.curvature;
  }

 private:
  const SeparableProgramme& programme_;
  Triplets jacobian_, hessian_;
  std::vector<double> x_;
  std::vector<CostValue> cost_;
};

}  // namespace

SeparableAnswer solve_separable(const SeparableProgramme& programme) {
  SeparableNlp nlp(programme);
  SolverOptions options;
  options.max_iterations = 300;
  options.tolerance = options.constraint_tolerance = 1e-9;
  options.dual_tolerance = 1e-7;
  const SolverResult result = solve_nlp(nlp, options, {});
  return {result.summary.is_converged,         result.summary.reason,
          result.summary.iterations,           result.summary.objective,
          result.summary.constraint_violation, std::vector<double>(result.x.begin(), result.x.end())};
}

}  // namespace lumbarun
