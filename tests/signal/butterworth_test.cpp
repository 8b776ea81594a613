#include "sim/signal/butterworth.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/errors.h"
#include "sim/core/units.h"
#include "sim/signal/spectrum.h"

namespace lumbarun {
namespace {

std::vector<double> build_sine(std::size_t count, double sample_rate_hz, double frequency_hz, double phase) {
  std::vector<double> x(count);
  for (std::size_t i = 0; i < count; ++i) {
    x[i] = std::sin(2.0 * kPi * frequency_hz * static_cast<double>(i) / sample_rate_hz + phase);
  }
  return x;
}

TEST(Butterworth, GainAtCutoffIsOneHalfForEveryOrder) {
  for (int order = 1; order <= 8; ++order) {
    const ButterworthLowPass filter(order, 17.0, 300.0);
    EXPECT_DOUBLE_EQ(filter.calc_gain(0.0), 1.0);
    EXPECT_NEAR(filter.calc_gain(17.0), 0.5, 1e-15);
  }
}

// Far above the cutoff an order-n filter run twice falls with 40·n dB per decade (analog limit: f_c, f <<
// f_s).
TEST(Butterworth, RollOffFollowsTheOrder) {
  for (int order : {2, 3, 4}) {
    const ButterworthLowPass filter(order, 1.0, 1e5);
    EXPECT_NEAR(filter.calc_gain(10.0) / filter.calc_gain(100.0), std::pow(10.0, 2 * order),
                0.001 * std::pow(10.0, 2 * order));
  }
}

// The measured amplitude of filtered periodic sines is calc_gain, without lag: phase unchanged.
TEST(Butterworth, PeriodicFilterHasTheStatedGainAndNoLag) {
  const double rate = 1000.0;
  const std::size_t count = 500;  // 0.5 s: harmonics of 2 Hz
  for (int order : {1, 2, 3, 4}) {
    const ButterworthLowPass filter(order, 50.0, rate);
    for (double frequency : {2.0, 20.0, 50.0, 76.0, 200.0}) {
      const std::vector<double> x = build_sine(count, rate, frequency, 0.7);
      const std::vector<double> y = filter.calc_zero_lag_periodic(x);
      for (std::size_t i = 0; i < count; ++i) {
        ASSERT_NEAR(y[i], filter.calc_gain(frequency) * x[i], 1e-12)
            << "order " << order << ", " << frequency;
      }
    }
  }
}

// Padding longer than the period: 7 samples at a low cutoff, against the gain of each harmonic.
TEST(Butterworth, PeriodicFilterOfAShortPeriodMatchesItsSpectrum) {
  const std::vector<double> x = {0.3, -1.2, 2.5, 0.1, 0.4, -0.9, 1.7};
  const ButterworthLowPass filter(2, 11.0, 70.0);
  const Spectrum before = calc_spectrum(x, 70.0);
  const Spectrum after = calc_spectrum(filter.calc_zero_lag_periodic(x), 70.0);
  for (std::size_t k = 0; k < before.cosine.size(); ++k) {
    const double gain = filter.calc_gain(before.frequency_hz[k]);
    EXPECT_NEAR(after.cosine[k], gain * before.cosine[k], 1e-13);
    EXPECT_NEAR(after.sine[k], gain * before.sine[k], 1e-13);
  }
}

// A straight line has no curvature at its ends: odd reflection continues it exactly.
TEST(Butterworth, StraightLinePassesUnchanged) {
  std::vector<double> line(200);
  for (std::size_t i = 0; i < line.size(); ++i) line[i] = 3.0 - 0.25 * static_cast<double>(i);
  const std::vector<double> constant(50, -4.2);
  for (int order : {2, 3, 4}) {
    const ButterworthLowPass filter(order, 6.0, 100.0);
    const std::vector<double> y = filter.calc_zero_lag(line);
    for (std::size_t i = 0; i < line.size(); ++i) ASSERT_NEAR(y[i], line[i], 2e-5) << i;
    for (double v : filter.calc_zero_lag(constant)) ASSERT_NEAR(v, -4.2, 1e-13);
  }
}

TEST(Butterworth, MiddleOfARecordFollowsTheGain) {
  const ButterworthLowPass filter(2, 15.0, 200.0);
  const std::vector<double> x = build_sine(2000, 200.0, 15.0, 0.4);
  const std::vector<double> y = filter.calc_zero_lag(x);
  for (std::size_t i = 500; i < 1500; ++i) ASSERT_NEAR(y[i], 0.5 * x[i], 1e-9);
}

// Forward-then-backward up to the two ends: reversing the record reverses the answer.
TEST(Butterworth, FilterDoesNotPreferADirection) {
  const std::vector<double> x = build_sine(3000, 200.0, 3.3, 0.2);
  std::vector<double> reversed(x.rbegin(), x.rend());
  const ButterworthLowPass filter(4, 20.0, 200.0);
  std::vector<double> y = filter.calc_zero_lag(reversed);
  std::reverse(y.begin(), y.end());
  const std::vector<double> z = filter.calc_zero_lag(x);
  for (std::size_t i = 0; i < x.size(); ++i) ASSERT_NEAR(y[i], z[i], 1e-5);
}

TEST(Butterworth, ShortRecordsAndBadInput) {
  const ButterworthLowPass filter(2, 10.0, 100.0);
  EXPECT_TRUE(filter.calc_zero_lag({}).empty());
  EXPECT_TRUE(filter.calc_zero_lag_periodic({}).empty());
  EXPECT_EQ(filter.calc_zero_lag(std::vector<double>{1.5}), std::vector<double>{1.5});
  for (double v : filter.calc_zero_lag(std::vector<double>{1.0, 1.0, 1.0})) EXPECT_NEAR(v, 1.0, 1e-15);
  EXPECT_THROW(ButterworthLowPass(2, 50.0, 100.0), BadInput);
  EXPECT_THROW(ButterworthLowPass(2, -1.0, 100.0), BadInput);
  EXPECT_THROW(ButterworthLowPass(0, 10.0, 100.0), BadInput);
  EXPECT_THROW(ButterworthLowPass(9, 10.0, 100.0), BadInput);
  EXPECT_THROW(ButterworthLowPass(2, std::nan(""), 100.0), BadInput);
}

}  // namespace
}  // namespace lumbarun
