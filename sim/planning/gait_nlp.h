// The gait problem as a nonlinear programme: values and exact derivatives, no solver.
//
//   variables    x = coefficients of the periodic motion / kVariableScale, knot by knot
//   minimise     (1/N) Σ_k Σ_terms cost_term(z_k, y_k)
//   subject to   root balance at every knot (6 N equalities), simple bounds on coefficients
//
// z_k is linear in three neighbouring coefficient columns, so all derivatives come from the node kernel's tape:
// the Hessian of the Lagrangian is J'·curvature·J (Gauss-Newton) plus, when asked, the exact curvature of the physics.
#pragma once

#include <Eigen/Core>
#include <array>
#include <vector>

#include "sim/planning/constraints/root_balance.h"
#include "sim/planning/costs/cost_term.h"
#include "sim/planning/node_kernel.h"
#include "sim/planning/nonlinear_programme.h"
#include "sim/planning/variables/periodic_motion.h"

namespace lumbarun {

inline constexpr double kVariableScale = 0.1;  // rad or m per unit of x

struct CoefficientBound {
  int coordinate = 0;
  double low = 0.0;  // rad or m; the convex hull of the coefficients bounds the curve
  double high = 0.0;
};

class GaitNlp final : public NonlinearProgramme {
 public:
  GaitNlp(const Runner& runner, PeriodicMotion start, CostTerms costs, std::vector<CoefficientBound> bounds,
          bool enforce_root_balance = true);

  int variable_count() const override { return static_cast<int>(motion_.coefficients.size()); }
  int constraint_count() const override {
    return enforce_root_balance_ ? kRootCoordinateCount * motion_.knot_count() : 0;
  }
  const Triplets& jacobian_pattern() const override { return jacobian_pattern_; }
  const Triplets& hessian_pattern() const override { return hessian_pattern_; }
  void get_bounds(double* x_low, double* x_high, double* g_low, double* g_high) const override;

  void set_point(const double* x) override;
  double calc_objective() const override;
  // Scaled root rows at every knot, whether enforced or not.
  Eigen::VectorXd calc_root_rows() const;
  void calc_constraints(double* g) const override;
  void calc_gradient(double* gradient) override;
  void calc_jacobian(double* values) override;
  void calc_hessian(double objective_factor, const double* multipliers, HessianKind kind,
                    double* values) override;

  Eigen::VectorXd get_start() const override;
  const PeriodicMotion& motion() const { return motion_; }
  // Value of each cost term at the current point, in the order of the terms.
  std::vector<double> calc_term_values() const;
  const CostTerms& costs() const { return costs_; }

 private:
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  void build_patterns();
  void update_jacobians();
  void fill_node_inputs(int k, double* z) const;
  void assemble_node_hessian(int k, double objective_factor, const double* multipliers, HessianKind kind);
  void scatter_node_hessian(int k, double* values) const;

  bool enforce_root_balance_;
  int n_;  // coordinates
  int m_;  // kernel outputs
  PeriodicMotion motion_;
  CostTerms costs_;
  std::vector<CoefficientBound> bounds_;
  std::array<double, kRootCoordinateCount> root_scale_;
  tape::Tape tape_;
  tape::TapeEvaluator evaluator_;
  std::array<std::array<double, 3>, 3> basis_;  // [order of derivative][neighbour]

  Triplets jacobian_pattern_, hessian_pattern_;
  std::vector<int> hessian_slot_;  // per node, neighbour pair, coordinate pair; -1 above the diagonal

  Eigen::MatrixXd inputs_, outputs_;  // per knot, columns
  std::vector<RowMajor> jacobians_;   // per knot, outputs x inputs
  bool jacobians_valid_ = false;
  Eigen::MatrixXd node_hessian_, weighted_jacobian_;
  Eigen::VectorXd weights_;
  NodeSlope slope_;
};

}  // namespace lumbarun
