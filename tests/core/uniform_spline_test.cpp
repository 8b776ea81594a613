// The one table type: what it interpolates, how it ends, and what it does with a value that is no number.
#include "sim/core/uniform_spline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lumbarun {
namespace {

constexpr double kStart = -0.7, kStep = 0.13;
constexpr int kCount = 24;

UniformSpline build_sine(SplineEnd end) {
  std::vector<double> samples;
  for (int i = 0; i < kCount; ++i) samples.push_back(std::sin(kStart + kStep * i));
  return UniformSpline(kStart, kStep, samples, end);
}

TEST(UniformSpline, PassesThroughItsSamples) {
  for (SplineEnd end : {SplineEnd::kNatural, SplineEnd::kFlat}) {
    const UniformSpline spline = build_sine(end);
    for (int i = 0; i < kCount; ++i) {
      const double x = kStart + kStep * i;
      EXPECT_NEAR(spline.calc(x).value, std::sin(x), 1e-14);
    }
    EXPECT_NEAR(spline.calc(0.317).value, std::sin(0.317), 1e-5);
    EXPECT_NEAR(spline.calc(0.317).first, std::cos(0.317), 1e-3);
  }
}

// A flat end reproduces a cubic that is flat there (its second derivative at the natural end is zero too).
TEST(UniformSpline, FlatEndReproducesAFlatCubic) {
  const double end = kStart + kStep * (kCount - 1);
  const auto cubic = [&](double x) {  // second derivative 0 at kStart, slope 0 at `end`
    const double u = x - kStart, length = end - kStart;
    return 0.4 + 1.7 * (u * u * u - 3.0 * length * length * u);
  };
  std::vector<double> samples;
  for (int i = 0; i < kCount; ++i) samples.push_back(cubic(kStart + kStep * i));
  const UniformSpline spline(kStart, kStep, samples, SplineEnd::kFlat);
  for (double x = kStart; x < end; x += 0.0171) EXPECT_NEAR(spline.calc(x).value, cubic(x), 1e-11) << x;
  EXPECT_NEAR(spline.calc(end - 1e-9).first, 0.0, 1e-7);
}

TEST(UniformSpline, EndsAsItsKindSays) {
  const UniformSpline natural = build_sine(SplineEnd::kNatural), flat = build_sine(SplineEnd::kFlat);
  const double last = natural.last_x();
  const ScalarDerivatives at_end = natural.calc(last);
  EXPECT_NEAR(natural.calc(last + 2.0).value, at_end.value + 2.0 * at_end.first, 1e-12);
  EXPECT_NEAR(natural.calc(last - 1e-12).second, 0.0, 1e-9);
  EXPECT_EQ(flat.calc(last + 2.0).value, std::sin(last));
  EXPECT_EQ(flat.calc(last + 2.0).first, 0.0);
  for (const UniformSpline* spline : {&natural, &flat}) {
    const ScalarDerivatives start = spline->calc(kStart);
    EXPECT_NEAR(spline->calc(kStart - 1.5).value, start.value - 1.5 * start.first, 1e-12);
    EXPECT_NEAR(spline->calc(last + 1e-12).value, spline->calc(last - 1e-12).value, 1e-11);
    EXPECT_NEAR(spline->calc(last + 1e-12).first, spline->calc(last - 1e-12).first, 1e-9);
  }
}

TEST(UniformSpline, IntegralDifferentiatesBackEverywhere) {
  for (SplineEnd end : {SplineEnd::kNatural, SplineEnd::kFlat}) {
    const UniformSpline spline = build_sine(end);
    EXPECT_EQ(spline.calc_integral(kStart), 0.0);
    for (double x : {-1.9, -0.71, -0.31, 0.0, 1.234, 2.28, 2.9, 4.4}) {
      const double h = 1e-5;
      const double slope = (spline.calc_integral(x + h) - spline.calc_integral(x - h)) / (2.0 * h);
      EXPECT_NEAR(slope, spline.calc(x).value, 1e-8) << x;
    }
  }
}

// NaN stays NaN and reads nothing out of bounds; infinity reaches the end cells.
TEST(UniformSpline, NotANumberStaysOne) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (SplineEnd end : {SplineEnd::kNatural, SplineEnd::kFlat}) {
    const UniformSpline spline = build_sine(end);
    EXPECT_TRUE(std::isnan(spline.calc(nan).value));
    EXPECT_TRUE(std::isnan(spline.calc(nan).first));
    EXPECT_TRUE(std::isnan(spline.calc_integral(nan)));
  }
  EXPECT_EQ(build_sine(SplineEnd::kFlat).calc(infinity).value,
            std::sin(build_sine(SplineEnd::kFlat).last_x()));
  EXPECT_FALSE(std::isfinite(build_sine(SplineEnd::kNatural).calc(-infinity).value));
}

}  // namespace
}  // namespace lumbarun
