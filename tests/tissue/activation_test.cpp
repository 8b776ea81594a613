#include "sim/tissue/activation.h"

#include <gtest/gtest.h>

namespace lumbarun {
namespace {

// Classical Runge-Kutta on the law itself.
double integrate(double activation, double excitation, double duration) {
  constexpr int kSteps = 4000;
  const double h = duration / kSteps;
  for (int i = 0; i < kSteps; ++i) {
    const double k1 = calc_activation_rate(activation, excitation);
    const double k2 = calc_activation_rate(activation + 0.5 * h * k1, excitation);
    const double k3 = calc_activation_rate(activation + 0.5 * h * k2, excitation);
    const double k4 = calc_activation_rate(activation + h * k3, excitation);
    activation += h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
  }
  return activation;
}

TEST(Activation, BoundsAreTheLawUnderFullAndNoExcitation) {
  for (const double start : {0.0, 0.03, 0.4, 0.93}) {
    for (const double step : {0.001, 0.013, 0.2}) {
      const ActivationBounds bounds = calc_reachable_activations(start, step);
      EXPECT_NEAR(bounds.upper, integrate(start, 1.0, step), 1e-9) << start << " " << step;
      EXPECT_NEAR(bounds.lower, integrate(start, 0.0, step), 1e-9) << start << " " << step;
    }
  }
}

TEST(Activation, RateHasThePublishedTimeConstants) {
  EXPECT_NEAR(calc_activation_rate(0.0, 1.0), 1.0 / (0.015 * 0.5), 1e-9);
  EXPECT_NEAR(calc_activation_rate(1.0, 0.0), -2.0 / 0.060, 1e-9);
  EXPECT_EQ(calc_activation_rate(0.3, 0.3), 0.0);
}

TEST(Activation, NoStepLeavesNoRoom) {
  for (const double a : {0.0, 0.2, 1.0}) {
    const ActivationBounds bounds = calc_reachable_activations(a, 0.0);
    EXPECT_NEAR(bounds.lower, a, 1e-12);
    EXPECT_NEAR(bounds.upper, a, 1e-12);
  }
}

}  // namespace
}  // namespace lumbarun
