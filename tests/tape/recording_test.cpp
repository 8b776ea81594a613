// What ends up on the tape: folding, common subexpressions, dropped code, outputs; and what the recorder
// refuses.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/contracts.h"
#include "sim/tape/tape.h"

namespace lumbarun::tape {
namespace {

using Inputs = std::span<const Var>;

int count_beyond_inputs(const Tape& tape) { return tape.op_count() - tape.input_count(); }

std::vector<double> calc_values(const Tape& tape, const std::vector<double>& x) {
  std::vector<double> y(tape.output_count());
  TapeEvaluator evaluator(tape);
  evaluator.calc_values(x.data(), y.data());
  return y;
}

TEST(Recording, ConstantsFoldAway) {
  const Tape tape = Tape::record(1, [](Inputs x) {
    const Var c = sin(Var(0.3)) * cos(Var(0.2)) - sqrt(Var(2.0)) / Var(3.0);
    const ScalarFunctionPtr exponential = std::make_shared<Exponential>();
    return std::vector<Var>{c, evaluate(exponential, Var(0.7)), x[0] * Var(0.0), x[0] - x[0], -Var(1.5)};
  });
  EXPECT_EQ(count_beyond_inputs(tape), 0);
  const std::vector<double> y = calc_values(tape, {4.0});
  EXPECT_DOUBLE_EQ(y[0], std::sin(0.3) * std::cos(0.2) - std::sqrt(2.0) / 3.0);
  EXPECT_DOUBLE_EQ(y[1], std::exp(0.7));
  EXPECT_EQ(y[2], 0.0);
  EXPECT_EQ(y[3], 0.0);
  EXPECT_EQ(y[4], -1.5);
}

TEST(Recording, ImpossibleConstantsStayVisible) {
  const Tape tape = Tape::record(1, [](Inputs) {
    return std::vector<Var>{sqrt(Var(-1.0)), Var(1.0) / Var(0.0)};
  });
  const std::vector<double> y = calc_values(tape, {0.0});
  EXPECT_TRUE(std::isnan(y[0]));
  EXPECT_TRUE(std::isinf(y[1]));
}

TEST(Recording, NeutralElementsCostNothing) {
  const Tape tape = Tape::record(1, [](Inputs x) {
    return std::vector<Var>{x[0] + Var(0.0), Var(0.0) + x[0], x[0] - Var(0.0),
                            x[0] * Var(1.0), Var(1.0) * x[0], x[0] / Var(1.0)};
  });
  EXPECT_EQ(count_beyond_inputs(tape), 0);
  for (double y : calc_values(tape, {2.5})) EXPECT_EQ(y, 2.5);
}

TEST(Recording, EqualOperationsAreRecordedOnce) {
  const ScalarFunctionPtr f = std::make_shared<Exponential>();
  const Tape tape = Tape::record(2, [&](Inputs x) {
    return std::vector<Var>{x[0] * x[1],     x[1] * x[0],    x[0] + x[1],       x[1] + x[0],
                            sin(x[0]),       sin(x[0]),      evaluate(f, x[1]), evaluate(f, x[1]),
                            x[0] * Var(3.0), Var(3.0) * x[0]};
  });
  EXPECT_EQ(count_beyond_inputs(tape), 5);
}

// Order matters to a difference, the operand and the constant to everything, the function object to a
// function.
TEST(Recording, DifferentOperationsStayApart) {
  const ScalarFunctionPtr f = std::make_shared<Exponential>(), g = std::make_shared<Exponential>();
  const Tape tape = Tape::record(2, [&](Inputs x) {
    return std::vector<Var>{x[0] - x[1],       x[1] - x[0],      sin(x[0]),       cos(x[0]),
                            sin(x[1]),         x[0] * Var(3.0),  x[0] + Var(3.0), x[0] * Var(-3.0),
                            evaluate(f, x[0]), evaluate(g, x[0])};
  });
  EXPECT_EQ(count_beyond_inputs(tape), 10);
  EXPECT_EQ(calc_values(tape, {2.0, 5.0})[1], 3.0);
}

TEST(Recording, UnusedCodeIsDropped) {
  const Tape tape = Tape::record(3, [](Inputs x) {
    Var unused = sin(x[0]) * cos(x[1]);
    unused += x[2] * x[2];
    const Var used = x[0] * x[1];
    const Var unused_too = used + unused;
    return std::vector<Var>{sqrt(used), unused_too * Var(0.0)};
  });
  EXPECT_EQ(tape.input_count(), 3);
  EXPECT_EQ(count_beyond_inputs(tape), 2);
  EXPECT_DOUBLE_EQ(calc_values(tape, {2.0, 8.0, 1.0})[0], 4.0);
}

TEST(Recording, OutputsMayBeInputsRepeatedOrConstant) {
  const Tape tape = Tape::record(
      2, [](Inputs x) { return std::vector<Var>{x[1], Var(7.0), x[0] + x[1], x[1], Var(), x[0] + x[1]}; });
  EXPECT_EQ(calc_values(tape, {2.0, 3.0}), (std::vector<double>{3.0, 7.0, 5.0, 3.0, 0.0, 5.0}));
}

TEST(Recording, OperandsComeBeforeResults) {
  const Tape tape = Tape::record(3, [](Inputs x) {
    const Var y = x[0] / (x[1] * x[1] + Var(1.0)) - sqrt(x[2]);
    return std::vector<Var>{y * y - sin(y), cos(x[0] - y)};
  });
  for (int i = 0; i < tape.op_count(); ++i) {
    EXPECT_LT(tape.ops()[i].a, i);
    EXPECT_LT(tape.ops()[i].b, i);
    EXPECT_EQ(tape.ops()[i].code == OpCode::kInput, i < tape.input_count());
  }
}

// The functions live as long as the tape, not as long as the kernel.
TEST(Recording, KeepsItsFunctions) {
  const Tape tape = Tape::record(
      1, [](Inputs x) { return std::vector<Var>{evaluate(std::make_shared<Exponential>(), x[0])}; });
  EXPECT_DOUBLE_EQ(calc_values(tape, {1.0})[0], std::exp(1.0));
}

TEST(Recording, NeedsARecorder) {
  Var loose;
  loose.node = 0;
  EXPECT_THROW(sin(loose), LogicFailure);
  EXPECT_THROW(loose + loose, LogicFailure);
  EXPECT_NO_THROW(Var(1.0) + Var(2.0));
}

TEST(Recording, IsNotReentrant) {
  const auto inner = [](Inputs x) { return std::vector<Var>{sin(x[0])}; };
  const Tape tape = Tape::record(1, [&](Inputs x) {
    EXPECT_THROW(Tape::record(1, inner), LogicFailure);
    return std::vector<Var>{cos(x[0])};
  });
  EXPECT_DOUBLE_EQ(calc_values(tape, {0.4})[0], std::cos(0.4));
}

TEST(Recording, AFailedKernelLeavesTheThreadClean) {
  const auto failing = [](Inputs) -> std::vector<Var> { throw BadInput("no"); };
  EXPECT_THROW(Tape::record(1, failing), BadInput);
  EXPECT_NO_THROW(Tape::record(1, [](Inputs x) { return std::vector<Var>{sin(x[0])}; }));
}

// An evaluator must not outlive its tape, so a temporary is refused.
static_assert(!std::is_constructible_v<TapeEvaluator, Tape&&>);
static_assert(std::is_constructible_v<TapeEvaluator, const Tape&>);

}  // namespace
}  // namespace lumbarun::tape
