#include "sim/signal/lagged_correlation.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lumbarun {
namespace {

constexpr int kCount = 200;
constexpr double kStep = 0.0035;

Eigen::VectorXd build_wave(double shift, double second) {
  Eigen::VectorXd wave(kCount);
  for (int i = 0; i < kCount; ++i) {
    const double phase = 2.0 * M_PI * i / kCount - shift;
    wave[i] = 0.4 + std::cos(phase) + second * std::cos(2.0 * phase);
  }
  return wave;
}

// Correlation of two shifted harmonics: (cos s + b² cos 2s)/(1 + b²); the later one is found to lag.
TEST(LaggedCorrelation, ShiftedWavesHaveTheClosedForm) {
  const double b = 0.6, shift = 2.0 * M_PI * 17 / kCount;
  const LaggedCorrelation c =
      calc_periodic_correlation(build_wave(0.0, b), 3.0 * build_wave(shift, b), kStep, 0.150);
  EXPECT_NEAR(c.correlation, (std::cos(shift) + b * b * std::cos(2.0 * shift)) / (1.0 + b * b), 1e-12);
  EXPECT_NEAR(c.best, 1.0, 1e-12);
  EXPECT_NEAR(c.lag, 17 * kStep, 1e-12);
  EXPECT_NEAR(calc_periodic_correlation(build_wave(shift, b), build_wave(0.0, b), kStep, 0.150).lag,
              -17 * kStep, 1e-12);
}

TEST(LaggedCorrelation, LooksNoFurtherThanItMay) {
  const double shift = 2.0 * M_PI * 60 / kCount;
  const LaggedCorrelation c =
      calc_periodic_correlation(build_wave(0.0, 0.0), build_wave(shift, 0.0), kStep, 0.1);
  EXPECT_NEAR(c.lag, std::floor(0.1 / kStep) * kStep, 1e-12);
  EXPECT_LT(c.best, 0.9);
}

TEST(LaggedCorrelation, OfAFlatSeriesIsUndefined) {
  const Eigen::VectorXd flat = Eigen::VectorXd::Constant(kCount, 0.2);
  EXPECT_TRUE(std::isnan(calc_periodic_correlation(flat, build_wave(0.0, 0.0), kStep, 0.1).correlation));
}

}  // namespace
}  // namespace lumbarun
