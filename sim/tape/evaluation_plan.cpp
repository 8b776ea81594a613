#include "sim/tape/evaluation_plan.h"

#include <algorithm>

namespace lumbarun::tape {

namespace {

class PlanBuilder {
 public:
  explicit PlanBuilder(const Tape& tape)
      : tape_(tape), ops_(tape.ops()), value_(ops_.size()), unary_(ops_.size(), -1) {}
  EvaluationPlan build();

 private:
  void add_values();
  void mark_fused_products();
  Term build_sum(const Op& op, double sign_of_b);
  void add_unary(int node);
  void add_partials(DerivativeGraph& graph);
  void add_curvatures(DerivativeGraph& graph);
  void split_into_levels(EvaluationPlan& plan) const;

  bool is_curved(int node) const { return ops_[node].code == OpCode::kMul || unary_[node] >= 0; }
  Term second_partial_weight(int node, const Term& adjoint);
  Term partial(int node, int operand) const;
  int operand_count(int node) const;
  int operand(int node, int which) const { return which == 0 ? ops_[node].a : ops_[node].b; }

  const Tape& tape_;
  const std::vector<Op>& ops_;
  PoolBuilder pool_;
  std::vector<Term> value_;
  std::vector<int> unary_;  // position in unaries_, -1 for arithmetic
  std::vector<UnaryOp> unaries_;
  std::vector<char> is_fused_;  // products that exist only inside the sum that uses them
  int first_input_ = 0, first_weight_ = 0;
};

int PlanBuilder::operand_count(int node) const {
  switch (ops_[node].code) {
    case OpCode::kInput:
      return 0;
    case OpCode::kAdd:
    case OpCode::kSub:
    case OpCode::kMul:
      return 2;
    default:
      return 1;
  }
}

void PlanBuilder::mark_fused_products() {
  std::vector<int> uses(ops_.size(), 0), last_user(ops_.size(), -1);
  for (int i = 0; i < tape_.op_count(); ++i) {
    for (int k = 0; k < operand_count(i); ++k) {
      ++uses[operand(i, k)];
      last_user[operand(i, k)] = i;
    }
  }
  for (const Output& y : tape_.outputs()) {
    if (y.node >= 0) ++uses[y.node];
  }
  is_fused_.assign(ops_.size(), 0);
  for (int i = 0; i < tape_.op_count(); ++i) {
    if (ops_[i].code != OpCode::kMul || uses[i] != 1 || last_user[i] < 0) continue;
    const OpCode user = ops_[last_user[i]].code;
    is_fused_[i] = user == OpCode::kAdd || user == OpCode::kSub;
  }
}

// a + sign b, with one of them as the product of a fused multiply-add when it is one.
Term PlanBuilder::build_sum(const Op& op, double sign_of_b) {
  const auto get = [this](int node) {
    const Op& product = ops_[node];
    return is_fused_[node] ? pool_.product(Stage::kValues, value_[product.a], value_[product.b])
                           : value_[node];
  };
  if (is_fused_[op.b]) {
    const Op& product = ops_[op.b];
    return pool_.mul_add(Stage::kValues, sign_of_b * value_[product.a], value_[product.b], get(op.a));
  }
  if (is_fused_[op.a]) {
    const Op& product = ops_[op.a];
    return pool_.mul_add(Stage::kValues, value_[product.a], value_[product.b], sign_of_b * value_[op.b]);
  }
  return pool_.sum(Stage::kValues, value_[op.a], sign_of_b * value_[op.b]);
}

void PlanBuilder::add_unary(int node) {
  const Op& op = ops_[node];
  UnaryOp unary{op.code, op.b, pool_.materialise(Stage::kValues, value_[op.a]), 0, 0, 0};
  const int level = pool_.level(unary.source) + 1;
  unary.value = pool_.add_slot(level);
  unary.first = pool_.add_slot(level);
  unary.second = pool_.add_slot(level);
  value_[node] = {unary.value, 1.0};
  unary_[node] = static_cast<int>(unaries_.size());
  unaries_.push_back(unary);
}

void PlanBuilder::add_values() {
  for (int i = 0; i < tape_.op_count(); ++i) {
    const Op& op = ops_[i];
    switch (op.code) {
      case OpCode::kInput:
        value_[i] = {first_input_ + i, 1.0};
        break;
      case OpCode::kAdd:
        value_[i] = build_sum(op, 1.0);
        break;
      case OpCode::kSub:
        value_[i] = build_sum(op, -1.0);
        break;
      case OpCode::kMul:
        if (!is_fused_[i]) value_[i] = pool_.product(Stage::kValues, value_[op.a], value_[op.b]);
        break;
      case OpCode::kAddConstant:
        value_[i] = pool_.sum(Stage::kValues, value_[op.a], {-1, op.constant});
        break;
      case OpCode::kMulConstant:
        value_[i] = op.constant * value_[op.a];
        break;
      default:
        add_unary(i);
        break;
    }
  }
}

Term PlanBuilder::partial(int node, int which) const {
  const Op& op = ops_[node];
  switch (op.code) {
    case OpCode::kAdd:
    case OpCode::kAddConstant:
      return {-1, 1.0};
    case OpCode::kSub:
      return {-1, which == 0 ? 1.0 : -1.0};
    case OpCode::kMul:
      return value_[which == 0 ? op.b : op.a];
    case OpCode::kMulConstant:
      return {-1, op.constant};
    default:
      return {unaries_[unary_[node]].first, 1.0};
  }
}

void PlanBuilder::add_partials(DerivativeGraph& graph) {
  for (int i = 0; i < tape_.op_count(); ++i) {
    for (int k = 0; k < operand_count(i); ++k) graph.add_partial(i, operand(i, k), partial(i, k));
  }
}

// w = adjoint of the operation times its second partial (of a product a b: d²/da db = 1; of a²: 2).
Term PlanBuilder::second_partial_weight(int node, const Term& adjoint) {
  const Op& op = ops_[node];
  if (op.code == OpCode::kMul) return (op.a == op.b ? 2.0 : 1.0) * adjoint;
  return pool_.product(Stage::kCurvature, adjoint, {unaries_[unary_[node]].second, 1.0});
}

// The reverse sweep of weights'y in symbols, through those operations that curved ones feed on.
void PlanBuilder::add_curvatures(DerivativeGraph& graph) {
  std::vector<char> matters(ops_.size(), 0);
  for (int i = 0; i < tape_.op_count(); ++i) {
    matters[i] = is_curved(i);
    for (int k = 0; k < operand_count(i); ++k) matters[i] |= matters[operand(i, k)];
  }
  std::vector<Term> adjoint(ops_.size());
  for (int k = 0; k < tape_.output_count(); ++k) {
    const int node = tape_.outputs()[k].node;
    if (node >= 0) adjoint[node] = pool_.sum(Stage::kCurvature, {first_weight_ + k, 1.0}, adjoint[node]);
  }
  for (int i = tape_.op_count() - 1; i >= 0; --i) {
    if (is_curved(i)) {
      const int b = ops_[i].code == OpCode::kMul ? ops_[i].b : ops_[i].a;
      graph.add_curvature(ops_[i].a, b, second_partial_weight(i, adjoint[i]));
    }
    for (int k = 0; k < operand_count(i); ++k) {
      Term& target = adjoint[operand(i, k)];
      if (matters[operand(i, k)])
        target = pool_.mul_add(Stage::kCurvature, adjoint[i], partial(i, k), target);
    }
  }
}

void PlanBuilder::split_into_levels(EvaluationPlan& plan) const {
  const auto at = [&](int slot) -> PlanLevel& {
    const size_t level = pool_.level(slot);
    if (plan.values.size() <= level) plan.values.resize(level + 1);
    return plan.values[level];
  };
  for (const UnaryOp& unary : unaries_) at(unary.value).functions.push_back(unary);
  for (const MulAdd& op : pool_.program(Stage::kValues)) at(op.target).arithmetic.push_back(op);
}

EvaluationPlan PlanBuilder::build() {
  EvaluationPlan plan;
  first_input_ = pool_.add_slots(tape_.input_count());
  first_weight_ = pool_.add_slots(tape_.output_count());
  mark_fused_products();
  add_values();
  std::vector<int> nodes, fixed;
  for (const Output& y : tape_.outputs()) {
    plan.outputs.push_back(y.node < 0 ? Term{-1, y.constant} : value_[y.node]);
    nodes.push_back(y.node);
    if (y.node >= 0) fixed.push_back(y.node);
  }
  DerivativeGraph graph(tape_.op_count(), tape_.input_count(), pool_);
  add_partials(graph);
  add_curvatures(graph);
  graph.reduce(fixed);
  plan.jacobian = build_jacobian_sweeps(graph, nodes, pool_);
  plan.hessian = build_hessian_sweeps(graph, pool_);
  for (const auto* sweeps : {&plan.jacobian, &plan.hessian}) {
    for (const LaneSweep& sweep : *sweeps) plan.row_count = std::max(plan.row_count, sweep.row_count);
  }
  split_into_levels(plan);
  plan.partials = pool_.program(Stage::kPartials);
  plan.curvature = pool_.program(Stage::kCurvature);
  plan.pool = pool_.start();
  plan.first_input = first_input_;
  plan.first_weight = first_weight_;
  return plan;
}

}  // namespace

EvaluationPlan build_evaluation_plan(const Tape& tape) { return PlanBuilder(tape).build(); }

}  // namespace lumbarun::tape
