// The textbook way to replay an operation tape: every sweep visits every operation, in the order of the
// recording (Griewank & Walther 2008, ch. 3-5). Oracle and baseline for sim/tape's evaluator, which shares no
// derivative code with it.
#pragma once

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/tape/tape.h"

namespace lumbarun::oracles {

using tape::Op;
using tape::OpCode;
using tape::Output;
using tape::Tape;

inline bool reads_second_operand(OpCode code) {
  return code == OpCode::kAdd || code == OpCode::kSub || code == OpCode::kMul;
}

class ReferenceTapeEvaluator {
 public:
  explicit ReferenceTapeEvaluator(const Tape& tape);

  // y = f(x).
  void calc_values(const double* x, double* y);
  // y = f(x) and the local partial derivatives that the two calls below use.
  void update_partials(const double* x, double* y);
  // Row-major output_count x input_count, at the point of the last update_partials.
  void calc_jacobian(double* jacobian);
  // Hessian of weights'f, at the point of the last update_partials; input_count x input_count, symmetric.
  // Inputs from `curved_inputs` on must enter f linearly once the others are fixed among themselves
  // (accelerations do): only the first `curved_inputs` directions are swept, the rest follows from symmetry
  // and from the zero corner block.
  void calc_hessian(const double* weights, double* hessian, int curved_inputs);

 private:
  using Lanes = Lanes8::Storage;
  void update_second_partials(const double* weights);
  void sweep_directions(int first, int count, double* hessian);

  const Tape& tape_;
  int size_;
  std::vector<int> a_, b_;               // operands; missing ones point to the spare slot `size_`
  std::vector<double> value_, da_, db_;  // values and first partials
  std::vector<double> haa_, hab_;        // adjoint-weighted second partials
  std::vector<double> second_;           // second derivative of one-argument operations
  std::vector<double> adjoint_;
  std::vector<Lanes, Eigen::aligned_allocator<Lanes>> tangent_, bar_;
};

inline ReferenceTapeEvaluator::ReferenceTapeEvaluator(const Tape& tape)
    : tape_(tape),
      size_(tape.op_count()),
      a_(size_, size_),
      b_(size_, size_),
      value_(size_ + 1, 0.0),
      da_(size_ + 1, 0.0),
      db_(size_ + 1, 0.0),
      haa_(size_ + 1, 0.0),
      hab_(size_ + 1, 0.0),
      second_(size_ + 1, 0.0),
      adjoint_(size_ + 1, 0.0),
      tangent_(size_ + 1, Lanes::Zero()),
      bar_(size_ + 1, Lanes::Zero()) {
  for (int i = 0; i < size_; ++i) {
    const Op& op = tape.ops()[i];
    if (op.a >= 0) a_[i] = op.a;
    if (reads_second_operand(op.code)) b_[i] = op.b;
  }
}

inline void ReferenceTapeEvaluator::calc_values(const double* x, double* y) {
  std::copy(x, x + tape_.input_count(), value_.begin());
  for (int i = tape_.input_count(); i < size_; ++i) {
    const Op& op = tape_.ops()[i];
    const double a = value_[a_[i]];
    const double b = value_[b_[i]];
    switch (op.code) {
      case OpCode::kInput:
        break;
      case OpCode::kAdd:
        value_[i] = a + b;
        break;
      case OpCode::kSub:
        value_[i] = a - b;
        break;
      case OpCode::kMul:
        value_[i] = a * b;
        break;
      case OpCode::kAddConstant:
        value_[i] = a + op.constant;
        break;
      case OpCode::kMulConstant:
        value_[i] = a * op.constant;
        break;
      case OpCode::kSin:
        value_[i] = std::sin(a);
        break;
      case OpCode::kCos:
        value_[i] = std::cos(a);
        break;
      case OpCode::kSqrt:
        value_[i] = std::sqrt(a);
        break;
      case OpCode::kInverse:
        value_[i] = 1.0 / a;
        break;
      case OpCode::kFunction:
        value_[i] = tape_.functions()[op.b]->calc(a).value;
        break;
    }
  }
  for (int k = 0; k < tape_.output_count(); ++k) {
    const Output& out = tape_.outputs()[k];
    y[k] = out.node < 0 ? out.constant : value_[out.node];
  }
}

inline void ReferenceTapeEvaluator::update_partials(const double* x, double* y) {
  calc_values(x, y);
  for (int i = tape_.input_count(); i < size_; ++i) {
    const Op& op = tape_.ops()[i];
    const double a = value_[a_[i]];
    const double f = value_[i];
    switch (op.code) {
      case OpCode::kInput:
        break;
      case OpCode::kAdd:
        da_[i] = 1.0, db_[i] = 1.0;
        break;
      case OpCode::kSub:
        da_[i] = 1.0, db_[i] = -1.0;
        break;
      case OpCode::kMul:
        da_[i] = value_[b_[i]], db_[i] = a;
        break;
      case OpCode::kAddConstant:
        da_[i] = 1.0;
        break;
      case OpCode::kMulConstant:
        da_[i] = op.constant;
        break;
      case OpCode::kSin:
        da_[i] = std::cos(a), second_[i] = -f;
        break;
      case OpCode::kCos:
        da_[i] = -std::sin(a), second_[i] = -f;
        break;
      case OpCode::kSqrt:
        da_[i] = 0.5 / f, second_[i] = -0.25 / (f * f * f);
        break;
      case OpCode::kInverse:
        da_[i] = -f * f, second_[i] = 2.0 * f * f * f;
        break;
      case OpCode::kFunction: {
        const ScalarDerivatives d = tape_.functions()[op.b]->calc(a);
        da_[i] = d.first, second_[i] = d.second;
        break;
      }
    }
  }
}

inline void ReferenceTapeEvaluator::calc_jacobian(double* jacobian) {
  const int n = tape_.input_count();
  const int m = tape_.output_count();
  for (int first = 0; first < m; first += Lanes8::kWidth) {
    const int count = std::min(Lanes8::kWidth, m - first);
    std::fill(bar_.begin(), bar_.end(), Lanes::Zero());
    for (int l = 0; l < count; ++l) {
      const int node = tape_.outputs()[first + l].node;
      if (node >= 0) bar_[node][l] += 1.0;
    }
    for (int i = size_ - 1; i >= n; --i) {
      const Lanes g = bar_[i];
      bar_[a_[i]] += da_[i] * g;
      bar_[b_[i]] += db_[i] * g;
    }
    for (int l = 0; l < count; ++l) {
      for (int j = 0; j < n; ++j) jacobian[(first + l) * n + j] = bar_[j][l];
    }
  }
}

inline void ReferenceTapeEvaluator::update_second_partials(const double* weights) {
  std::fill(adjoint_.begin(), adjoint_.end(), 0.0);
  for (int k = 0; k < tape_.output_count(); ++k) {
    const int node = tape_.outputs()[k].node;
    if (node >= 0) adjoint_[node] += weights[k];
  }
  for (int i = size_ - 1; i >= tape_.input_count(); --i) {
    const double g = adjoint_[i];
    haa_[i] = g * second_[i];
    hab_[i] = tape_.ops()[i].code == OpCode::kMul ? g : 0.0;
    adjoint_[a_[i]] += da_[i] * g;
    adjoint_[b_[i]] += db_[i] * g;
  }
}

inline void ReferenceTapeEvaluator::sweep_directions(int first, int count, double* hessian) {
  const int n = tape_.input_count();
  for (int j = 0; j < n; ++j) tangent_[j].setZero();
  for (int l = 0; l < count; ++l) tangent_[first + l][l] = 1.0;
  tangent_[size_].setZero();
  for (int i = n; i < size_; ++i) tangent_[i] = da_[i] * tangent_[a_[i]] + db_[i] * tangent_[b_[i]];
  std::fill(bar_.begin(), bar_.end(), Lanes::Zero());
  for (int i = size_ - 1; i >= n; --i) {
    const Lanes g = bar_[i];
    const Lanes ta = tangent_[a_[i]];
    const Lanes tb = tangent_[b_[i]];
    bar_[a_[i]] += da_[i] * g + haa_[i] * ta + hab_[i] * tb;
    bar_[b_[i]] += db_[i] * g + hab_[i] * ta;
  }
  for (int l = 0; l < count; ++l) {
    for (int j = 0; j < n; ++j) hessian[(first + l) * n + j] = bar_[j][l];
  }
}

inline void ReferenceTapeEvaluator::calc_hessian(const double* weights, double* hessian, int curved_inputs) {
  const int n = tape_.input_count();
  LUMBARUN_ASSERT(curved_inputs <= n);
  update_second_partials(weights);
  for (int first = 0; first < curved_inputs; first += Lanes8::kWidth) {
    sweep_directions(first, std::min(Lanes8::kWidth, curved_inputs - first), hessian);
  }
  for (int i = curved_inputs; i < n; ++i) {
    for (int j = 0; j < n; ++j) hessian[i * n + j] = j < curved_inputs ? hessian[j * n + i] : 0.0;
  }
}

}  // namespace lumbarun::oracles
