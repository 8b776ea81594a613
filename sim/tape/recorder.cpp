#include "sim/tape/recorder.h"

#include <algorithm>
#include <bit>

#include "sim/core/contracts.h"

namespace lumbarun::tape {

namespace {
thread_local Recorder* active_recorder = nullptr;

Var unary(OpCode code, const Var& a, double folded) {
  return a.is_constant() ? Var(folded) : Recorder::active().push(code, a.node, -1, 0.0);
}

Var plus_constant(const Var& a, double c) {
  return c == 0.0 ? a : Recorder::active().push(OpCode::kAddConstant, a.node, -1, c);
}

Var times_constant(const Var& a, double c) {
  if (c == 0.0) return {0.0};
  return c == 1.0 ? a : Recorder::active().push(OpCode::kMulConstant, a.node, -1, c);
}
}  // namespace

Recorder::Recorder(Tape& tape) : tape_(tape) {
  LUMBARUN_DEMAND(active_recorder == nullptr);
  active_recorder = this;
}

Recorder::~Recorder() { active_recorder = nullptr; }

Recorder& Recorder::active() {
  LUMBARUN_DEMAND(active_recorder != nullptr);
  return *active_recorder;
}

size_t Recorder::KeyHash::operator()(const Key& key) const {
  constexpr size_t kPrime = 1000003;
  size_t hash = static_cast<size_t>(key.code);
  hash = hash * kPrime ^ static_cast<size_t>(key.a);
  hash = hash * kPrime ^ static_cast<size_t>(key.b);
  return hash * kPrime ^ key.constant_bits;
}

Var Recorder::input() {
  tape_.ops_.push_back({});
  Var v;
  v.node = tape_.op_count() - 1;
  return v;
}

Var Recorder::push(OpCode code, int a, int b, double constant) {
  if ((code == OpCode::kAdd || code == OpCode::kMul) && a > b) std::swap(a, b);
  const auto [it, is_new] =
      known_.try_emplace({code, a, b, std::bit_cast<uint64_t>(constant)}, tape_.op_count());
  if (is_new) tape_.ops_.push_back({code, a, b, constant});
  Var v;
  v.node = it->second;
  return v;
}

Var Recorder::push_function(const ScalarFunctionPtr& f, int a) {
  auto& functions = tape_.functions_;
  auto it = std::find(functions.begin(), functions.end(), f);
  if (it == functions.end()) it = functions.insert(functions.end(), f);
  return push(OpCode::kFunction, a, static_cast<int>(it - functions.begin()), 0.0);
}

Var operator+(const Var& a, const Var& b) {
  if (a.is_constant() && b.is_constant()) return {a.constant + b.constant};
  if (a.is_constant()) return plus_constant(b, a.constant);
  if (b.is_constant()) return plus_constant(a, b.constant);
  return Recorder::active().push(OpCode::kAdd, a.node, b.node, 0.0);
}

Var operator-(const Var& a, const Var& b) {
  if (a.is_constant() && b.is_constant()) return {a.constant - b.constant};
  if (b.is_constant()) return plus_constant(a, -b.constant);
  if (a.is_constant()) return plus_constant(times_constant(b, -1.0), a.constant);
  if (a.node == b.node) return {0.0};
  return Recorder::active().push(OpCode::kSub, a.node, b.node, 0.0);
}

Var operator*(const Var& a, const Var& b) {
  if (a.is_constant() && b.is_constant()) return {a.constant * b.constant};
  if (a.is_constant()) return times_constant(b, a.constant);
  if (b.is_constant()) return times_constant(a, b.constant);
  return Recorder::active().push(OpCode::kMul, a.node, b.node, 0.0);
}

Var operator/(const Var& a, const Var& b) {
  if (b.is_constant()) return a * Var(1.0 / b.constant);
  return a * unary(OpCode::kInverse, b, 0.0);
}

Var sin(const Var& a) { return unary(OpCode::kSin, a, std::sin(a.constant)); }
Var cos(const Var& a) { return unary(OpCode::kCos, a, std::cos(a.constant)); }
Var sqrt(const Var& a) { return unary(OpCode::kSqrt, a, std::sqrt(a.constant)); }

Var evaluate(const ScalarFunctionPtr& f, const Var& x) {
  if (x.is_constant()) return {f->calc(x.constant).value};
  return Recorder::active().push_function(f, x.node);
}

}  // namespace lumbarun::tape
