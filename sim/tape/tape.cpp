#include "sim/tape/tape.h"

#include "sim/tape/recorder.h"

namespace lumbarun::tape {

namespace {

bool has_second_operand(OpCode code) {
  return code == OpCode::kAdd || code == OpCode::kSub || code == OpCode::kMul;
}

}  // namespace

Tape Tape::record(int input_count, const Kernel& kernel) {
  Tape tape;
  tape.input_count_ = input_count;
  std::vector<Var> outputs;
  {
    Recorder recorder(tape);
    std::vector<Var> inputs;
    inputs.reserve(input_count);
    for (int i = 0; i < input_count; ++i) inputs.push_back(recorder.input());
    outputs = kernel(inputs);
  }
  for (const Var& y : outputs) tape.outputs_.push_back({y.node, y.constant});
  tape.drop_unused();
  return tape;
}

void Tape::drop_unused() {
  std::vector<char> needed(ops_.size(), 0);
  for (const Output& y : outputs_) {
    if (y.node >= 0) needed[y.node] = 1;
  }
  for (int i = op_count() - 1; i >= 0; --i) {
    if (!needed[i] || ops_[i].code == OpCode::kInput) continue;
    needed[ops_[i].a] = 1;
    if (has_second_operand(ops_[i].code)) needed[ops_[i].b] = 1;
  }
  std::vector<int> position(ops_.size(), -1);
  std::vector<Op> kept;
  for (int i = 0; i < op_count(); ++i) {
    if (!needed[i] && i >= input_count_) continue;
    Op op = ops_[i];
    if (op.a >= 0) op.a = position[op.a];
    if (has_second_operand(op.code)) op.b = position[op.b];
    position[i] = static_cast<int>(kept.size());
    kept.push_back(op);
  }
  ops_ = std::move(kept);
  for (Output& y : outputs_) {
    if (y.node >= 0) y.node = position[y.node];
  }
}

}  // namespace lumbarun::tape
