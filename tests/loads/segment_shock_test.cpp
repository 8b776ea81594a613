#include "sim/loads/segment_shock.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/core/errors.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr double kRate_hz = 1000.0;
constexpr double kStride_s = 0.72;

template <class Function>
std::vector<double> sample(Function f, double rate_hz = kRate_hz) {
  std::vector<double> x;
  for (int j = 0; j < static_cast<int>(std::lround(kStride_s * rate_hz)); ++j) x.push_back(f(j / rate_hz));
  return x;
}

double sinc(double x) { return x == 0.0 ? 1.0 : std::sin(x) / x; }

// A cos(2πf(t − c)) over a contact of length T centred at c has, padded, the spectrum A T [sinc π(ν−f)T + sinc π(ν+f)T] at ν Hz for the
// amplitude of 1 Hz bins; fT whole, so that its mean and its line vanish.
double calc_padded_power(double amplitude, double frequency, double duration, double low, double high) {
  double power = 0.0;
  for (double bin = low; bin <= high; bin += 1.0) {
    const double a = amplitude * duration *
                     (sinc(kPi * (bin - frequency) * duration) + sinc(kPi * (bin + frequency) * duration));
    power += 0.5 * a * a;
  }
  return power / duration;
}

TEST(SegmentShock, BandsOfAKnownSineInContact) {
  const double duration = 0.25, center = 0.20, amplitude = 7.3;
  for (const double frequency : {4.0, 8.0, 16.0}) {
    const auto signal = sample(
        [&](double t) { return amplitude * std::cos(2.0 * kPi * frequency * (t - center)) + 1.7 + 3.0 * t; });
    const SegmentShock shock = calc_segment_shock(signal, kRate_hz, {center - 0.5 * duration, duration});
    const double active = calc_padded_power(amplitude, frequency, duration, 3, 8);
    const double impact = calc_padded_power(amplitude, frequency, duration, 9, 20);
    EXPECT_NEAR(shock.power_3_8hz_m2_s4, active, 0.02 * (active + impact)) << frequency;
    EXPECT_NEAR(shock.power_9_20hz_m2_s4, impact, 0.02 * (active + impact)) << frequency;
  }
}

TEST(SegmentShock, ContactMayRunOverTheEndOfTheStride) {
  const auto bump = [](double t, double center) {
    return 30.0 * std::exp(-0.5 * std::pow((t - center) / 0.02, 2));
  };
  const auto inside = sample([&](double t) { return bump(t, 0.3); });
  const auto wrapped = sample([&](double t) { return bump(t, 0.02) + bump(t, kStride_s + 0.02); });
  const SegmentShock a = calc_segment_shock(inside, kRate_hz, {0.2504, 0.2});
  const SegmentShock b = calc_segment_shock(wrapped, kRate_hz, {kStride_s - 0.0296, 0.2});
  EXPECT_NEAR(a.peak_lp50hz_m_s2, b.peak_lp50hz_m_s2, 1e-9);
  EXPECT_NEAR(a.power_3_8hz_m2_s4, b.power_3_8hz_m2_s4, 1e-9);
  EXPECT_NEAR(a.power_9_20hz_m2_s4, b.power_9_20hz_m2_s4, 1e-9);
}

TEST(SegmentShock, PeakIsOfTheFilteredSignalInContactOnly) {
  // 25 Hz in whole periods of the stride: gain 1/(1 + (tan(π 25/f)/tan(π 50/f))^4) of the zero-lag filter
  const auto signal = sample([](double t) { return 12.0 * std::cos(2.0 * kPi * 25.0 * (t - 0.2)); });
  const double ratio = std::tan(kPi * 25.0 / kRate_hz) / std::tan(kPi * 50.0 / kRate_hz);
  EXPECT_NEAR(calc_segment_shock(signal, kRate_hz, {0.15, 0.1}).peak_lp50hz_m_s2,
              12.0 / (1.0 + std::pow(ratio, 4)), 1e-9);
  const auto late = sample([](double t) { return t > 0.5 ? 100.0 : -1.0; });
  EXPECT_LT(calc_segment_shock(late, kRate_hz, {0.1, 0.2}).peak_lp50hz_m_s2, 0.0);
}

TEST(SegmentShock, TransmissionOfAScaledSignal) {
  const auto lower = sample([](double t) { return 40.0 * std::exp(-std::pow((t - 0.2) / 0.03, 2)); });
  auto upper = lower;
  for (double& a : upper) a *= 0.31;
  const ContactWindow contact{0.1, 0.25};
  const Transmission t = calc_transmission(calc_segment_shock(lower, kRate_hz, contact),
                                           calc_segment_shock(upper, kRate_hz, contact));
  EXPECT_NEAR(t.peak_ratio_lp50hz.value(), 0.31, 1e-12);
  EXPECT_NEAR(t.gain_3_8hz_db.value(), 20.0 * std::log10(0.31), 1e-9);
  EXPECT_NEAR(t.gain_9_20hz_db.value(), 20.0 * std::log10(0.31), 1e-9);
}

TEST(SegmentShock, NothingGoesThroughFromNothing) {
  const Transmission t = calc_transmission({}, {5.0, 1.0, 1.0});
  EXPECT_FALSE(t.peak_ratio_lp50hz);
  EXPECT_FALSE(t.gain_3_8hz_db);
  EXPECT_FALSE(t.gain_9_20hz_db);
  EXPECT_FALSE(calc_transmission({5.0, 1.0, 1.0}, {1.0, 0.0, 0.5}).gain_3_8hz_db)
      << "no power is no number of dB";
}

TEST(SegmentShock, RefusesContactsThatAreNone) {
  const auto signal = sample([](double) { return 1.0; });
  EXPECT_THROW(calc_segment_shock(signal, kRate_hz, {0.1, 0.0}), BadInput);
  EXPECT_THROW(calc_segment_shock(signal, kRate_hz, {0.1, 0.004}), BadInput);
  EXPECT_THROW(calc_segment_shock(signal, 90.0, {0.1, 0.2}), BadInput)
      << "50 Hz needs more than 100 samples a second";
}

}  // namespace
}  // namespace lumbarun
