// An operation tape: a kernel y = f(x) recorded once as straight-line code, replayed for values, Jacobian and
// Hessian.
//
// The kernels never branch on a Scalar value, so one recording is valid for every x. Recording folds
// constants and shares common subexpressions; what no output needs is dropped. Derivatives are exact:
//   Jacobian            reverse sweeps, eight outputs at a time
//   Hessian of w'f(x)   forward-over-reverse sweeps, eight directions at a time
// (Griewank & Walther 2008, Evaluating Derivatives, ch. 3-5.)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "sim/core/lanes.h"
#include "sim/tape/var.h"

namespace lumbarun::tape {

enum class OpCode : uint8_t {
  kInput,
  kAdd,
  kSub,
  kMul,
  kAddConstant,
  kMulConstant,
  kSin,
  kCos,
  kSqrt,
  kInverse,
  kFunction
};

struct Op {
  OpCode code = OpCode::kInput;
  int a = -1;             // first operand
  int b = -1;             // second operand, or index of the function
  double constant = 0.0;  // of kAddConstant, kMulConstant
};

// An output is either a tape position or a constant.
struct Output {
  int node = -1;
  double constant = 0.0;
};

class Tape {
 public:
  using Kernel = std::function<std::vector<Var>(std::span<const Var> inputs)>;

  // Runs `kernel` once on recording scalars. Not reentrant on one thread.
  static Tape record(int input_count, const Kernel& kernel);

  int input_count() const { return input_count_; }
  int output_count() const { return static_cast<int>(outputs_.size()); }
  int op_count() const { return static_cast<int>(ops_.size()); }
  const std::vector<Op>& ops() const { return ops_; }
  const std::vector<Output>& outputs() const { return outputs_; }
  const std::vector<ScalarFunctionPtr>& functions() const { return functions_; }

 private:
  friend class Recorder;
  void drop_unused();

  int input_count_ = 0;
  std::vector<Op> ops_;
  std::vector<Output> outputs_;
  std::vector<ScalarFunctionPtr> functions_;
};

struct EvaluationPlan;

// Eight derivatives of one node, on one cache line.
struct alignas(64) LaneRow {
  Lanes8::Storage lane = Lanes8::Storage::Zero();
};

// Replays one tape. Owns all workspace; one per thread; no heap after construction. What does not depend on
// the point is worked out by the constructor (evaluation_plan.h), which takes as long as some 300
// evaluations.
class TapeEvaluator {
 public:
  explicit TapeEvaluator(const Tape& tape);
  explicit TapeEvaluator(Tape&&) = delete;  // the tape must outlive its evaluator

  // y = f(x).
  void calc_values(const double* x, double* y);
  // y = f(x) and the local partial derivatives that the two calls below use.
  void update_partials(const double* x, double* y);
  // Row-major output_count x input_count, at the point of the last update_partials.
  void calc_jacobian(double* jacobian);
  // Hessian of weights'f, at the point of the last update_partials; input_count x input_count, symmetric.
  // Inputs from `curved_inputs` on must enter f linearly once the others are fixed among themselves
  // (accelerations do): their corner of the Hessian is set to zero.
  void calc_hessian(const double* weights, double* hessian, int curved_inputs);

 private:
  void get_outputs(double* y) const;

  const Tape& tape_;
  std::shared_ptr<const EvaluationPlan> plan_;
  std::vector<double> pool_;   // every scalar: inputs, values, partials, weights
  std::vector<LaneRow> rows_;  // eightfold derivatives of one sweep
};

}  // namespace lumbarun::tape
