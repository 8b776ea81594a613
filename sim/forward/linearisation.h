// Linear equations of motion about the plan, discretised exactly over short intervals.
//
//   δẋ = [0 I; -M⁻¹ ∂τ/∂q  -M⁻¹ ∂τ/∂v] δx + [0; M⁻¹ E] δu,     x = (q, v), u actuator torques (rows 6 … n-1)
// with ∂τ/∂(q, v, a) of the inverse dynamics from the operation tape of the planner, M = ∂τ/∂a, frozen at the
// middle of each interval. The accelerations are those of the planned actuator torques, so the root residual
// of the plan is left out of the linearisation as it is left out of the simulation.
#pragma once

#include "sim/dynamics/equations_of_motion.h"
#include "sim/forward/periodic_lqr.h"
#include "sim/forward/torque_plan.h"
#include "sim/tape/tape.h"

namespace lumbarun {

struct LinearSystem {
  Eigen::MatrixXd A, B;
};

// Derivatives of the forward dynamics: ẋ = A x + B u about a row (q, v, τ) of the plan.
class Lineariser {
 public:
  explicit Lineariser(const Runner& runner);
  LinearSystem calc(const Eigen::VectorXd& row);

 private:
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  const Runner& runner_;
  RunnerData<double> data_;
  tape::Tape tape_;
  tape::TapeEvaluator evaluator_;
  Eigen::VectorXd input_, output_;
  RowMajor jacobian_;
};

// Exact solution of ẋ = A x + B u over `time` with u held:
//   exp(A t)  and  ∫₀ᵗ exp(A s) ds B
// by a Taylor series of order 5 on t/2^s and s doublings, after balancing A by a diagonal similarity
// (friction makes the system stiff and its units unequal; balanced, it needs about 12 doublings instead of
// 20).
LinearSystem calc_exact_discretisation(const LinearSystem& system, double time);

// Intervals of at most `spacing` seconds over one period of the plan.
PeriodicSystem linearise_about_plan(const Runner& runner, const TorquePlan& plan, double spacing);

}  // namespace lumbarun
