#include "sim/planning/ipopt_solver.h"

#include <coin/IpIpoptApplication.hpp>
#include <coin/IpSolveStatistics.hpp>
#include <coin/IpTNLP.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

using Ipopt::Index;
using Ipopt::Number;

class IpoptAdapter final : public Ipopt::TNLP {
 public:
  IpoptAdapter(NonlinearProgramme& nlp, const SolverOptions& options, const Multipliers& warm)
      : nlp_(nlp), options_(options), warm_(warm), start_(nlp.get_start()) {}

  SolverResult result;

  bool get_nlp_info(Index& n, Index& m, Index& nnz_jacobian, Index& nnz_hessian,
                    IndexStyleEnum& style) override {
    n = nlp_.variable_count();
    m = nlp_.constraint_count();
    nnz_jacobian = static_cast<Index>(nlp_.jacobian_pattern().row.size());
    nnz_hessian = static_cast<Index>(nlp_.hessian_pattern().row.size());
    style = C_STYLE;
    return true;
  }

  bool get_bounds_info(Index, Number* x_low, Number* x_high, Index, Number* g_low, Number* g_high) override {
    nlp_.get_bounds(x_low, x_high, g_low, g_high);
    return true;
  }

  bool get_starting_point(Index n, bool, Number* x, bool needs_bounds, Number* z_low, Number* z_high, Index m,
                          bool needs_lambda, Number* lambda) override {
    std::copy_n(start_.data(), n, x);
    if (needs_bounds) {
      std::copy_n(warm_.lower.data(), n, z_low);
      std::copy_n(warm_.upper.data(), n, z_high);
    }
    if (needs_lambda) std::copy_n(warm_.constraint.data(), m, lambda);
    return true;
  }

  bool eval_f(Index, const Number* x, bool is_new, Number& value) override {
    update_point(x, is_new);
    value = nlp_.calc_objective();
    return std::isfinite(value);
  }

  bool eval_grad_f(Index, const Number* x, bool is_new, Number* gradient) override {
    update_point(x, is_new);
    nlp_.calc_gradient(gradient);
    return true;
  }

  bool eval_g(Index, const Number* x, bool is_new, Index m, Number* g) override {
    update_point(x, is_new);
    nlp_.calc_constraints(g);
    return std::all_of(g, g + m, [](Number value) { return std::isfinite(value); });
  }

  bool eval_jac_g(Index, const Number* x, bool is_new, Index, Index count, Index* row, Index* column,
                  Number* values) override {
    if (values == nullptr) return copy_pattern(nlp_.jacobian_pattern(), count, row, column);
    update_point(x, is_new);
    nlp_.calc_jacobian(values);
    return true;
  }

  bool eval_h(Index, const Number* x, bool is_new, Number factor, Index, const Number* lambda, bool,
              Index count, Index* row, Index* column, Number* values) override {
    if (values == nullptr) return copy_pattern(nlp_.hessian_pattern(), count, row, column);
    update_point(x, is_new);
    const bool exact = hessian_calls_++ >= options_.gauss_newton_iterations;
    nlp_.calc_hessian(factor, lambda, exact ? HessianKind::kExact : HessianKind::kGaussNewton, values);
    return true;
  }

  void finalize_solution(Ipopt::SolverReturn, Index n, const Number* x, const Number* z_low,
                         const Number* z_high, Index m, const Number* g, const Number* lambda,
                         Number objective, const Ipopt::IpoptData*,
                         Ipopt::IpoptCalculatedQuantities*) override {
    result.x = Eigen::Map<const Eigen::VectorXd>(x, n);
    result.multipliers = {Eigen::Map<const Eigen::VectorXd>(lambda, m),
                          Eigen::Map<const Eigen::VectorXd>(z_low, n),
                          Eigen::Map<const Eigen::VectorXd>(z_high, n)};
    result.summary.objective = objective;
    result.summary.constraint_violation = calc_violation(n, m, g);
  }

 private:
  double calc_violation(Index n, Index m, const Number* g) const {
    std::vector<double> x_low(n), x_high(n), low(m), high(m);
    nlp_.get_bounds(x_low.data(), x_high.data(), low.data(), high.data());
    double largest = 0.0;
    for (Index k = 0; k < m; ++k) largest = std::max({largest, low[k] - g[k], g[k] - high[k]});
    return largest;
  }

  static bool copy_pattern(const Triplets& pattern, Index count, Index* row, Index* column) {
    std::copy_n(pattern.row.begin(), count, row);
    std::copy_n(pattern.column.begin(), count, column);
    return true;
  }

  void update_point(const Number* x, bool is_new) {
    if (!is_new && has_point_) return;
    nlp_.set_point(x);
    has_point_ = true;
  }

  NonlinearProgramme& nlp_;
  const SolverOptions& options_;
  const Multipliers& warm_;
  Eigen::VectorXd start_;
  int hessian_calls_ = 0;
  bool has_point_ = false;
};

std::string describe(Ipopt::ApplicationReturnStatus status) {
  switch (status) {
    case Ipopt::Solve_Succeeded:
      return "solved";
    case Ipopt::Solved_To_Acceptable_Level:
      return "solved to acceptable level";
    case Ipopt::Infeasible_Problem_Detected:
      return "infeasible problem detected";
    case Ipopt::Search_Direction_Becomes_Too_Small:
      return "search direction too small";
    case Ipopt::Diverging_Iterates:
      return "iterates diverge";
    case Ipopt::Maximum_Iterations_Exceeded:
      return "iteration limit reached";
    case Ipopt::Restoration_Failed:
      return "feasibility restoration failed";
    case Ipopt::Error_In_Step_Computation:
      return "error in step computation";
    case Ipopt::Invalid_Number_Detected:
      return "invalid number in a function or derivative";
    default:
      return "solver status " + std::to_string(static_cast<int>(status));
  }
}

void set_options(Ipopt::OptionsList& list, const SolverOptions& options, bool warm) {
  list.SetIntegerValue("print_level", options.print_level);
  list.SetStringValue("sb", "yes");  // no banner
  list.SetStringValue("linear_solver", "mumps");
  list.SetStringValue("nlp_scaling_method", "none");
  list.SetNumericValue("tol", options.tolerance);
  list.SetNumericValue("constr_viol_tol", options.constraint_tolerance);
  list.SetNumericValue("dual_inf_tol", options.dual_tolerance);
  list.SetIntegerValue("max_iter", options.max_iterations);
  list.SetIntegerValue("acceptable_iter", 0);
  if (!warm) {
    list.SetStringValue("mu_strategy", "adaptive");
    return;
  }
  list.SetStringValue("mu_strategy", "monotone");
  list.SetNumericValue("mu_init", 1e-4);
  list.SetStringValue("warm_start_init_point", "yes");
  list.SetNumericValue("warm_start_bound_push", 1e-6);
  list.SetNumericValue("warm_start_mult_bound_push", 1e-6);
}

}  // namespace

SolverResult solve_nlp(NonlinearProgramme& nlp, const SolverOptions& options, const Multipliers& warm) {
  Ipopt::SmartPtr<Ipopt::IpoptApplication> application = IpoptApplicationFactory();
  set_options(*application->Options(), options, !warm.empty());
  LUMBARUN_DEMAND(application->Initialize() == Ipopt::Solve_Succeeded);
  Ipopt::SmartPtr<IpoptAdapter> adapter = new IpoptAdapter(nlp, options, warm);
  const Ipopt::ApplicationReturnStatus status = application->OptimizeTNLP(adapter);
  SolverResult result = std::move(adapter->result);
  result.summary.is_converged = status == Ipopt::Solve_Succeeded;
  result.summary.reason = describe(status);
  if (Ipopt::IsValid(application->Statistics())) {
    result.summary.iterations = application->Statistics()->IterationCount();
  }
  if (result.x.size() == 0) result.x = nlp.get_start();
  nlp.set_point(result.x.data());
  return result;
}

}  // namespace lumbarun
