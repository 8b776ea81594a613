#include "sim/signal/cubic_spline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/core/errors.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

// The second derivative is zero at both ends, so of the cubics only straight lines are reproduced everywhere.
TEST(CubicSpline, NaturalReproducesALineBetweenAndBeyondUnevenKnots) {
  const std::vector<double> x = {-1.0, -0.3, 0.2, 1.7, 2.0};
  std::vector<double> y;
  for (double v : x) y.push_back(0.7 - 2.3 * v);
  const CubicSpline s = CubicSpline::build_natural(x, y);
  for (double v : {-3.0, -1.0, -0.9, 0.0, 0.2, 1.0, 1.99, 2.0, 5.0}) {
    EXPECT_NEAR(s.calc_value(v), 0.7 - 2.3 * v, 1e-13);
    EXPECT_NEAR(s.calc_first_derivative(v), -2.3, 1e-13);
    EXPECT_NEAR(s.calc_second_derivative(v), 0.0, 1e-12);
  }
}

// Three knots, by hand: y = (0, 1, 0) at x = (−1, 0, 1): m₁ = −3, s(x) = 1 − 3x²/2 + |x|³/2.
TEST(CubicSpline, NaturalThreeKnotsByHand) {
  const CubicSpline s =
      CubicSpline::build_natural(std::vector<double>{-1.0, 0.0, 1.0}, std::vector<double>{0.0, 1.0, 0.0});
  for (double v : {-1.0, -0.6, 0.0, 0.25, 1.0}) {
    const double a = std::abs(v);
    EXPECT_NEAR(s.calc_value(v), 1.0 - 1.5 * a * a + 0.5 * a * a * a, 1e-15);
    EXPECT_NEAR(s.calc_first_derivative(v), -3.0 * v + 1.5 * v * a, 1e-15);
    EXPECT_NEAR(s.calc_second_derivative(v), -3.0 + 3.0 * a, 1e-15);
  }
}

struct Errors {
  double value = 0.0, first = 0.0, second = 0.0;
};

// f(x) = sin x + 0.3 cos 2x on uneven periodic knots.
Errors calc_periodic_errors(int count) {
  std::vector<double> x, y;
  const auto f = [](double v) { return std::sin(v) + 0.3 * std::cos(2.0 * v); };
  for (int i = 0; i < count; ++i) {
    const double u = 2.0 * kPi * i / count;
    x.push_back(u + 0.2 * std::sin(u));
    y.push_back(f(x.back()));
  }
  const CubicSpline s = CubicSpline::build_periodic(x, y, 2.0 * kPi);
  Errors e;
  for (int k = 0; k < 997; ++k) {
    const double v = -9.0 + 0.02 * k;  // three periods
    e.value = std::max(e.value, std::abs(s.calc_value(v) - f(v)));
    e.first =
        std::max(e.first, std::abs(s.calc_first_derivative(v) - (std::cos(v) - 0.6 * std::sin(2.0 * v))));
    e.second =
        std::max(e.second, std::abs(s.calc_second_derivative(v) - (-std::sin(v) - 1.2 * std::cos(2.0 * v))));
  }
  return e;
}

TEST(CubicSpline, PeriodicConvergesWithOrdersFourThreeTwo) {
  const Errors coarse = calc_periodic_errors(40), fine = calc_periodic_errors(80);
  EXPECT_NEAR(std::log2(coarse.value / fine.value), 4.0, 0.3);
  EXPECT_NEAR(std::log2(coarse.first / fine.first), 3.0, 0.3);
  EXPECT_NEAR(std::log2(coarse.second / fine.second), 2.0, 0.3);
  EXPECT_LT(fine.value, 1e-5);
}

TEST(CubicSpline, ValueAndDerivativesAreContinuousAcrossTheSeam) {
  const std::vector<double> x = {0.1, 0.5, 0.6, 0.95};
  const std::vector<double> y = {1.0, -2.0, 0.4, 3.0};
  const CubicSpline s = CubicSpline::build_periodic(x, y, 1.0);
  const double h = 1e-9;
  for (double seam : {0.1, 1.1, -0.9, 0.5}) {
    EXPECT_NEAR(s.calc_value(seam - h), s.calc_value(seam + h), 1e-6);
    EXPECT_NEAR(s.calc_first_derivative(seam - h), s.calc_first_derivative(seam + h), 1e-5);
    EXPECT_NEAR(s.calc_second_derivative(seam - h), s.calc_second_derivative(seam + h), 1e-4);
  }
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(s.calc_value(x[i] + 3.0), y[i], 1e-12);
}

TEST(CubicSpline, RefusesBadKnots) {
  const std::vector<double> y = {0.0, 1.0, 2.0};
  EXPECT_THROW(CubicSpline::build_natural(std::vector<double>{0.0, 0.0, 1.0}, y), BadInput);
  EXPECT_THROW(CubicSpline::build_natural(std::vector<double>{0.0, 1.0}, y), BadInput);
  EXPECT_THROW(CubicSpline::build_periodic(std::vector<double>{0.0, 0.5, 1.0}, y, 1.0), BadInput);
  EXPECT_THROW(CubicSpline::build_natural(std::vector<double>{0.0, std::nan(""), 1.0}, y), BadInput);
}

}  // namespace
}  // namespace lumbarun
