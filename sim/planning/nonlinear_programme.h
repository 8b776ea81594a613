// What the solver of sim/planning/ipopt_solver.h asks of a problem:
//   minimise f(x)   subject to  g_low ≤ g(x) ≤ g_high,   x_low ≤ x ≤ x_high
#pragma once

#include <Eigen/Core>
#include <vector>

namespace lumbarun {

enum class HessianKind { kGaussNewton, kExact };

struct Triplets {
  std::vector<int> row, column;
};

class NonlinearProgramme {
 public:
  static constexpr double kUnbounded = 1e20;

  virtual ~NonlinearProgramme() = default;
  virtual int variable_count() const = 0;
  virtual int constraint_count() const = 0;
  virtual const Triplets& jacobian_pattern() const = 0;
  virtual const Triplets& hessian_pattern() const = 0;  // lower triangle
  virtual void get_bounds(double* x_low, double* x_high, double* g_low, double* g_high) const = 0;
  virtual Eigen::VectorXd get_start() const = 0;

  // All that follow are about this point.
  virtual void set_point(const double* x) = 0;
  virtual double calc_objective() const = 0;
  virtual void calc_gradient(double* gradient) = 0;
  virtual void calc_constraints(double* g) const = 0;
  virtual void calc_jacobian(double* values) = 0;
  // Of objective_factor f + multipliers · g.
  virtual void calc_hessian(double objective_factor, const double* multipliers, HessianKind kind,
                            double* values) = 0;
};

}  // namespace lumbarun
