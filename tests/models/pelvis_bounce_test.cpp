// The pelvis' height at other step and contact times: the force keeps its shape and its mean is the weight.
#include "models/pelvis_bounce.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace lumbarun {
namespace {

constexpr double kGravity = 9.80665;
constexpr double kNormStride = 0.72, kStride = 0.69;  // s

class PelvisBounce : public ::testing::Test {
 protected:
  // A step-periodic bounce of two harmonics, about that of running [m].
  PelvisBounce() { norm_[3] = -0.030, norm_[4] = 0.018, norm_[7] = 0.0015, norm_[8] = -0.0008; }

  static double calc(const PeriodicGait::Coefficients& row, double phase, int order) {
    return PeriodicGait({row}).calc({}, phase, order);
  }
  PeriodicGait::Coefficients calc_new(const PhaseWarp& warp, double stride_time) const {
    PeriodicGait::Coefficients row = calc_pelvis_rise(norm_, kNormStride, stride_time, warp);
    for (int c = 0; c < kGaitColumns; ++c)
      row[static_cast<std::size_t>(c)] += norm_[static_cast<std::size_t>(c)];
    return row;
  }

  PeriodicGait::Coefficients norm_{};
};

TEST_F(PelvisBounce, IsTheNormsAtItsOwnTimes) {
  for (const double change : calc_pelvis_rise(norm_, kNormStride, kNormStride, {}))
    EXPECT_NEAR(change, 0.0, 1e-14);
}

// Without a warp y''+g is the norm's, so heights go with time squared.
TEST_F(PelvisBounce, GoesWithTimeSquaredAtTheSameDuty) {
  const PeriodicGait::Coefficients row = calc_new({}, kStride);
  for (int c = 1; c < kGaitColumns; ++c) {
    const auto i = static_cast<std::size_t>(c);
    EXPECT_NEAR(row[i], norm_[i] * std::pow(kStride / kNormStride, 2), 1e-12) << c;
  }
}

TEST_F(PelvisBounce, KeepsTheForcesShape) {
  const PhaseWarp warp(0.31, 0.285);
  const PeriodicGait::Coefficients row = calc_new(warp, kStride);
  double k = 0.0, sum = 0.0, mean = 0.0;
  constexpr int kCount = 500;
  const auto calc_norm_force = [&](double phase) {
    return calc(norm_, phase, 2) / (kNormStride * kNormStride) + kGravity;
  };
  for (int i = 0; i < kCount; ++i) mean += calc_norm_force(warp.calc((i + 0.5) / kCount).value) / kCount;
  k = kGravity / mean;
  EXPECT_GT(std::abs(k - 1.0), 0.02);
  for (int i = 0; i < kCount; ++i) {
    const PhaseWarp::Phase phase = warp.calc((i + 0.5) / kCount);
    const double a =
        (calc(row, phase.value, 2) * phase.rate * phase.rate + calc(row, phase.value, 1) * phase.change) /
        (kStride * kStride);
    sum += a / kCount;
    EXPECT_NEAR(a + kGravity, k * calc_norm_force(phase.value), 0.02 * kGravity) << phase.value;
  }
  EXPECT_NEAR(sum, 0.0, 1e-3 * kGravity);
}

}  // namespace
}  // namespace lumbarun
