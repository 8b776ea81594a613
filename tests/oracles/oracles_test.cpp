// The oracles themselves, against functions whose derivatives are known by heart and against each other.
#include <gtest/gtest.h>

#include "tests/oracles/closed_forms.h"
#include "tests/oracles/dual.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/integrate.h"

namespace lumbarun::oracles {
namespace {

template <class T>
T composite(const T& x) {
  using std::sin, std::cos, std::sqrt;
  const ScalarFunctionPtr exponential = std::make_shared<Exponential>();
  return sin(x) * cos(x * x) / sqrt(T(1.0) + x * x) - evaluate(exponential, x / T(3.0));
}

TEST(Dual, FirstDerivativeMatchesRichardson) {
  const Dual1 y = composite(Dual1{0.7, 1.0});
  EXPECT_EQ(y.value, composite(0.7));
  EXPECT_NEAR(y.slope, calc_richardson_derivative([](double x) { return composite(x); }, 0.7, 0.02), 1e-11);
}

TEST(Dual, SecondDerivativeMatchesRichardsonOfTheFirst) {
  const Dual2 y = composite(Dual2{Dual1{0.7, 1.0}, Dual1{1.0, 0.0}});
  const auto first = [](double x) { return composite(Dual1{x, 1.0}).slope; };
  EXPECT_NEAR(y.slope.slope, calc_richardson_derivative(first, 0.7, 0.02), 1e-10);
  EXPECT_DOUBLE_EQ(y.slope.value, y.value.slope);
}

// x⁶ is the highest power that the extrapolation differentiates exactly; beyond it the error is of order h⁶.
TEST(FiniteDifference, IsOfSixthOrder) {
  const auto sixth = [](double x) { return std::pow(x, 6); };
  EXPECT_NEAR(calc_richardson_derivative(sixth, 1.3, 0.4), 6.0 * std::pow(1.3, 5), 1e-12);
  const auto eighth = [](double x) { return std::pow(x, 8); };
  const double exact = 8.0 * std::pow(1.3, 7);
  const double coarse = calc_richardson_derivative(eighth, 1.3, 0.4) - exact;
  const double fine = calc_richardson_derivative(eighth, 1.3, 0.2) - exact;
  EXPECT_NEAR(coarse / fine, 64.0, 0.5);
}

TEST(Integrate, IsOfFourthOrder) {
  const auto spiral = [](const std::vector<double>& x, std::vector<double>& dx) {
    dx[0] = -0.1 * x[0] - x[1];
    dx[1] = x[0] - 0.1 * x[1];
  };
  const auto error = [&](int steps) {
    return integrate_rk4(spiral, {1.0, 0.0}, 1.0 / steps, steps)[0] - std::exp(-0.1) * std::cos(1.0);
  };
  EXPECT_NEAR(error(10) / error(20), 16.0, 1.0);
}

// The period from the elliptic integral against the small-amplitude series 1 + A²/16 + 11 A⁴/3072.
TEST(CompoundPendulum, PeriodFollowsItsSeries) {
  const CompoundPendulum pendulum{2.0, 0.3, 0.05, 9.80665};
  const double small = 2.0 * M_PI * std::sqrt(pendulum.pivot_moment() / (2.0 * 9.80665 * 0.3));
  const double A = 0.2;
  EXPECT_NEAR(pendulum.period(A), small * (1.0 + A * A / 16.0 + 11.0 * std::pow(A, 4) / 3072.0),
              1e-6 * small);
}

// The closed-form rotation turns with the angular velocity that the constant angular momentum demands.
TEST(SymmetricTop, KeepsItsAngularMomentum) {
  const SymmetricTop top{2.0, 3.1, Eigen::Vector3d(0.6, 0.0, 0.8)};
  const Eigen::Matrix3d R0 =
      Eigen::AngleAxisd(0.9, Eigen::Vector3d(1, 2, -1).normalized()).toRotationMatrix();
  const Eigen::Vector3d w0(0.4, -1.3, 2.1);
  const auto rotation = [&](double t) -> Eigen::Matrix3d { return top.rotation(R0, w0, t); };
  for (double t : {0.0, 0.8}) {
    const Eigen::Matrix3d rate = calc_richardson_derivative(rotation, t, 0.02);
    const Eigen::Matrix3d w = rate * rotation(t).transpose();
    const Eigen::Vector3d w_W(w(2, 1), w(0, 2), w(1, 0));
    EXPECT_LT((top.angular_momentum(rotation(t), w_W) - top.angular_momentum(R0, w0)).norm(), 1e-9) << t;
  }
}

}  // namespace
}  // namespace lumbarun::oracles
