#include "sim/core/lanes.h"

#include <gtest/gtest.h>

namespace lumbarun {
namespace {

Lanes8 build_lanes(double first, double step) {
  Lanes8 x;
  for (int i = 0; i < Lanes8::kWidth; ++i) x.lane[i] = first + step * i;
  return x;
}

// Every lane of every operation against the same operation on doubles.
TEST(Lanes, ComputeLaneByLane) {
  const Lanes8 a = build_lanes(0.3, 0.7), b = build_lanes(-2.0, 0.45);
  Lanes8 sum = a, difference = a;
  sum += b;
  difference -= b;
  const ScalarFunctionPtr exponential = std::make_shared<Exponential>();
  for (int i = 0; i < Lanes8::kWidth; ++i) {
    const double x = a.lane[i], y = b.lane[i];
    EXPECT_EQ((a + b).lane[i], x + y);
    EXPECT_EQ((a - b).lane[i], x - y);
    EXPECT_EQ((a * b).lane[i], x * y);
    EXPECT_EQ((a / b).lane[i], x / y);
    EXPECT_EQ((-a).lane[i], -x);
    EXPECT_EQ(sum.lane[i], x + y);
    EXPECT_EQ(difference.lane[i], x - y);
    EXPECT_EQ(sin(b).lane[i], std::sin(y));
    EXPECT_EQ(cos(b).lane[i], std::cos(y));
    EXPECT_EQ(sqrt(a).lane[i], std::sqrt(x));
    EXPECT_EQ(evaluate(exponential, b).lane[i], std::exp(y));
  }
}

TEST(Lanes, NumbersFillAllLanes) {
  const Lanes8 x = 2.5;
  const Lanes8 y = 1.0 + x * 2.0;
  for (int i = 0; i < Lanes8::kWidth; ++i) EXPECT_EQ(y.lane[i], 6.0);
}

TEST(ScalarFunction, ExponentialIsItsOwnDerivative) {
  const ScalarDerivatives d = Exponential().calc(-0.4);
  EXPECT_EQ(d.value, std::exp(-0.4));
  EXPECT_EQ(d.first, d.value);
  EXPECT_EQ(d.second, d.value);
}

}  // namespace
}  // namespace lumbarun
