#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/tape/evaluation_plan.h"
#include "sim/tape/tape.h"

namespace lumbarun::tape {

namespace {

double calc_unary(const Tape& tape, const UnaryOp& op, double x) {
  switch (op.code) {
    case OpCode::kSin:
      return std::sin(x);
    case OpCode::kCos:
      return std::cos(x);
    case OpCode::kSqrt:
      return std::sqrt(x);
    case OpCode::kInverse:
      return 1.0 / x;
    default:
      return tape.functions()[op.function]->calc(x).value;
  }
}

ScalarDerivatives calc_unary_derivatives(const Tape& tape, const UnaryOp& op, double x) {
  switch (op.code) {
    case OpCode::kSin: {
      const double f = std::sin(x);
      return {f, std::cos(x), -f};
    }
    case OpCode::kCos: {
      const double f = std::cos(x);
      return {f, -std::sin(x), -f};
    }
    case OpCode::kSqrt: {
      const double f = std::sqrt(x);
      return {f, 0.5 / f, -0.25 / (f * f * f)};
    }
    case OpCode::kInverse: {
      const double f = 1.0 / x;
      return {f, -f * f, 2.0 * f * f * f};
    }
    default:
      return tape.functions()[op.function]->calc(x);
  }
}

}  // namespace

TapeEvaluator::TapeEvaluator(const Tape& tape)
    : tape_(tape),
      plan_(std::make_shared<const EvaluationPlan>(build_evaluation_plan(tape))),
      pool_(plan_->pool),
      rows_(plan_->row_count) {
  for (int l = 0; l < Lanes8::kWidth; ++l) rows_[LaneSweep::kFirstUnitRow + l].lane[l] = 1.0;
}

void TapeEvaluator::get_outputs(double* y) const {
  for (int k = 0; k < tape_.output_count(); ++k) {
    const Term& term = plan_->outputs[k];
    y[k] = term.is_constant() ? term.factor : term.factor * pool_[term.slot];
  }
}

void TapeEvaluator::calc_values(const double* x, double* y) {
  std::copy_n(x, tape_.input_count(), pool_.begin() + plan_->first_input);
  for (const PlanLevel& level : plan_->values) {
    for (const UnaryOp& op : level.functions) pool_[op.value] = calc_unary(tape_, op, pool_[op.source]);
    run(level.arithmetic, pool_.data());
  }
  get_outputs(y);
}

void TapeEvaluator::update_partials(const double* x, double* y) {
  std::copy_n(x, tape_.input_count(), pool_.begin() + plan_->first_input);
  for (const PlanLevel& level : plan_->values) {
    for (const UnaryOp& op : level.functions) {
      const ScalarDerivatives d = calc_unary_derivatives(tape_, op, pool_[op.source]);
      pool_[op.value] = d.value;
      pool_[op.first] = d.first;
      pool_[op.second] = d.second;
    }
    run(level.arithmetic, pool_.data());
  }
  run(plan_->partials, pool_.data());
  get_outputs(y);
}

void TapeEvaluator::calc_jacobian(double* jacobian) {
  const int n = tape_.input_count();
  std::fill_n(jacobian, tape_.output_count() * n, 0.0);
  for (const LaneSweep& sweep : plan_->jacobian) {
    sweep.run(pool_.data(), rows_.data());
    for (const LaneResult& result : sweep.results) {
      const Lanes8::Storage& row = rows_[result.row].lane;
      for (size_t l = 0; l < sweep.members.size(); ++l)
        jacobian[sweep.members[l] * n + result.input] = row[l];
    }
  }
}

void TapeEvaluator::calc_hessian(const double* weights, double* hessian, int curved_inputs) {
  const int n = tape_.input_count();
  LUMBARUN_ASSERT(curved_inputs <= n);
  std::copy_n(weights, tape_.output_count(), pool_.begin() + plan_->first_weight);
  run(plan_->curvature, pool_.data());
  std::fill_n(hessian, n * n, 0.0);
  for (const LaneSweep& sweep : plan_->hessian) {
    sweep.run(pool_.data(), rows_.data());
    for (const LaneResult& result : sweep.results) {
      const Lanes8::Storage& row = rows_[result.row].lane;
      for (size_t l = 0; l < sweep.members.size(); ++l) {
        hessian[sweep.members[l] * n + result.input] = row[l];
        hessian[result.input * n + sweep.members[l]] = row[l];
      }
    }
  }
  for (int i = curved_inputs; i < n; ++i)
    std::fill(hessian + i * n + curved_inputs, hessian + (i + 1) * n, 0.0);
}

}  // namespace lumbarun::tape
