#include "sim/loads/ground_metrics.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/core/errors.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr double kStride_s = 0.7;
constexpr double kPulse_s = 0.24;  // from lift of the pulse to its end; contact is a little shorter
constexpr double kPeak_N = 1700.0;
constexpr double kBrake_N = 260.0;
constexpr double kLateral_N = 90.0;
constexpr double kMass_kg = 66.0;
const RunnerScale kRunner{kMass_kg, 3.5, 0.92};
const double kWeight_N = kMass_kg * kStandardGravity;

// F_y = P sin²(πt/T) (+ bump), F_x = −B sin(2πt/T), F_z = C sin²(2πt/T)·sign, on 0 … T, zero elsewhere;
// `shift_s` later.
FootForce build_pulse(double rate_hz, double shift_s = 0.0, double bump_N = 0.0) {
  FootForce force;
  force.sample_rate_hz = rate_hz;
  const int n = static_cast<int>(std::lround(kStride_s * rate_hz));
  for (int j = 0; j < n; ++j) {
    double t = std::fmod(j / rate_hz - shift_s + 2.0 * kStride_s, kStride_s);
    const bool on = t < kPulse_s;
    const double u = kPi * t / kPulse_s;
    const double bump = bump_N * std::exp(-0.5 * std::pow((t - 0.04) / 0.006, 2));
    force.vertical_N.push_back((on ? kPeak_N * std::pow(std::sin(u), 2) : 0.0) + bump);
    force.fore_aft_N.push_back(on ? -kBrake_N * std::sin(2.0 * u) : 0.0);
    force.lateral_N.push_back(
        on ? kLateral_N * std::pow(std::sin(2.0 * u), 2) * (t < 0.5 * kPulse_s ? 1 : -0.5) : 0.0);
  }
  return force;
}

// Time from the start of the pulse to the threshold.
double calc_lead() { return kPulse_s / kPi * std::asin(std::sqrt(kContactThreshold_N / kPeak_N)); }

TEST(GroundMetrics, SmoothPulseHasItsClosedForms) {
  const auto m = calc_ground_metrics(build_pulse(1000.0), kRunner);
  ASSERT_TRUE(m);
  const double lead = calc_lead(), contact = kPulse_s - 2.0 * lead;
  EXPECT_NEAR(m->stride_time_s, kStride_s, 1e-12);
  EXPECT_NEAR(m->contact_start_s, lead, 1e-5);
  EXPECT_NEAR(m->contact_end_s, kPulse_s - lead, 1e-5);
  EXPECT_NEAR(m->contact_time_s, contact, 1e-5);
  EXPECT_NEAR(m->flight_time_s, 0.5 * kStride_s - contact, 1e-5);
  EXPECT_NEAR(m->duty_factor, contact / kStride_s, 2e-5);

  EXPECT_NEAR(m->active_peak_lp50hz_bw, kPeak_N / kWeight_N, 1e-5);
  EXPECT_NEAR(m->active_peak_time_lp50hz_s, 0.5 * contact, 6e-4);
  // ∫ P sin² over contact = P/2 (contact + T/π sin(2π lead/T))
  const double impulse = 0.5 * kPeak_N * (contact + kPulse_s / kPi * std::sin(2.0 * kPi * lead / kPulse_s));
  EXPECT_NEAR(m->vertical_impulse_lp50hz_bw_s, impulse / kWeight_N, 1e-5);

  EXPECT_FALSE(m->impact_peak_lp50hz_bw);
  EXPECT_FALSE(m->impact_peak_time_lp50hz_s);
  const auto vertical = [](double t) {
    return kPeak_N * std::pow(std::sin(kPi * t / kPulse_s), 2) / kWeight_N;
  };
  const double reference = 0.13 * contact;
  const double average =
      (vertical(lead + 0.8 * reference) - vertical(lead + 0.2 * reference)) / (0.6 * reference);
  EXPECT_NEAR(m->average_loading_rate_lp50hz_bw_per_s, average, 1e-3 * average);
  // steepest at T/4, which lies inside the 50 ms window
  ASSERT_LT(0.25 * kPulse_s - lead, 0.05);
  EXPECT_NEAR(m->instantaneous_loading_rate_lp50hz_bw_per_s, kPeak_N * kPi / kPulse_s / kWeight_N, 1e-3);

  EXPECT_NEAR(m->braking_peak_lp50hz_bw, -kBrake_N / kWeight_N, 1e-5);
  EXPECT_NEAR(m->propulsion_peak_lp50hz_bw, kBrake_N / kWeight_N, 1e-5);
  const double half =
      kBrake_N * kPulse_s / (2.0 * kPi) * (1.0 + std::cos(2.0 * kPi * lead / kPulse_s)) / kWeight_N;
  EXPECT_NEAR(m->braking_impulse_lp50hz_bw_s, -half, 1e-5);
  EXPECT_NEAR(m->propulsion_impulse_lp50hz_bw_s, half, 1e-5);
  EXPECT_NEAR(m->mediolateral_range_lp50hz_bw, 1.5 * kLateral_N / kWeight_N, 1e-4);

  const auto stiffness = calc_sine_stiffness(kMass_kg, 3.5, 0.92, m->contact_time_s, m->flight_time_s);
  ASSERT_TRUE(m->stiffness);
  EXPECT_EQ(m->stiffness->leg_stiffness_n_m, stiffness->leg_stiffness_n_m);
}

// A narrow bump at 40 ms of the pulse makes a local maximum: found against a search of the closed form on a 1
// µs grid.
TEST(GroundMetrics, ImpactPeakIsTheFirstLocalMaximum) {
  const auto m = calc_ground_metrics(build_pulse(1000.0, 0.0, 500.0), kRunner);
  ASSERT_TRUE(m && m->impact_peak_lp50hz_bw);
  const auto vertical = [](double t) {
    return kPeak_N * std::pow(std::sin(kPi * t / kPulse_s), 2) +
           500.0 * std::exp(-0.5 * std::pow((t - 0.04) / 0.006, 2));
  };
  double peak_time = 0.02;
  while (vertical(peak_time + 1e-6) > vertical(peak_time)) peak_time += 1e-6;
  ASSERT_LT(peak_time, 0.05);
  EXPECT_NEAR(*m->impact_peak_lp50hz_bw, vertical(peak_time) / kWeight_N, 1e-4);
  EXPECT_NEAR(*m->impact_peak_time_lp50hz_s, peak_time - m->contact_start_s, 6e-4);
  const double t = *m->impact_peak_time_lp50hz_s, start = m->contact_start_s;
  const double average = (vertical(start + 0.8 * t) - vertical(start + 0.2 * t)) / (0.6 * t) / kWeight_N;
  EXPECT_NEAR(m->average_loading_rate_lp50hz_bw_per_s, average, 2e-3 * average);
  EXPECT_NEAR(m->active_peak_lp50hz_bw, kPeak_N / kWeight_N, 1e-4);
}

// Where the stride begins must not matter, also when the contact runs over its end.
TEST(GroundMetrics, DoNotDependOnWhereTheStrideBegins) {
  const auto a = calc_ground_metrics(build_pulse(1000.0, 0.1, 500.0), kRunner);
  for (double shift : {0.0, 0.1237, 0.55, 0.69}) {
    const auto b = calc_ground_metrics(build_pulse(1000.0, shift, 500.0), kRunner);
    ASSERT_TRUE(a && b && b->impact_peak_lp50hz_bw) << shift;
    EXPECT_NEAR(b->contact_start_s, std::fmod(a->contact_start_s - 0.1 + shift + kStride_s, kStride_s), 2e-5);
    EXPECT_GE(b->contact_start_s, 0.0);
    EXPECT_LT(b->contact_start_s, kStride_s);
    EXPECT_NEAR(a->contact_time_s, b->contact_time_s, 2e-5);
    EXPECT_NEAR(*a->impact_peak_lp50hz_bw, *b->impact_peak_lp50hz_bw, 1e-4);
    EXPECT_NEAR(a->instantaneous_loading_rate_lp50hz_bw_per_s, b->instantaneous_loading_rate_lp50hz_bw_per_s,
                0.05);
    EXPECT_NEAR(a->braking_impulse_lp50hz_bw_s, b->braking_impulse_lp50hz_bw_s, 1e-5);
    EXPECT_NEAR(a->mediolateral_range_lp50hz_bw, b->mediolateral_range_lp50hz_bw, 1e-4);
  }
}

TEST(GroundMetrics, HardlyDependOnTheSamplingRate) {
  const auto fine = calc_ground_metrics(build_pulse(2000.0), kRunner);
  const auto coarse = calc_ground_metrics(build_pulse(200.0), kRunner);
  ASSERT_TRUE(fine && coarse);
  EXPECT_NEAR(fine->contact_time_s, coarse->contact_time_s, 1e-3);
  EXPECT_NEAR(fine->active_peak_lp50hz_bw, coarse->active_peak_lp50hz_bw, 1e-4);
  EXPECT_NEAR(fine->instantaneous_loading_rate_lp50hz_bw_per_s,
              coarse->instantaneous_loading_rate_lp50hz_bw_per_s, 0.2);
}

// A spike of 60 N in flight is above the threshold, but the long contact counts.
TEST(GroundMetrics, LongestContactCounts) {
  FootForce force = build_pulse(1000.0);
  force.vertical_N[500] = force.vertical_N[501] = 60.0;
  const auto m = calc_ground_metrics(force, kRunner);
  ASSERT_TRUE(m);
  EXPECT_NEAR(m->contact_time_s, kPulse_s - 2.0 * calc_lead(), 1e-4);
}

TEST(GroundMetrics, NoContactOrNoSwingIsNothing) {
  FootForce force = build_pulse(500.0);
  FootForce idle = force;
  for (double& f : idle.vertical_N) f *= 0.02;
  EXPECT_FALSE(calc_ground_metrics(idle, kRunner));
  for (double& f : force.vertical_N) f += 100.0;
  EXPECT_FALSE(calc_ground_metrics(force, kRunner));
}

TEST(GroundMetrics, RefusesWhatIsNotAForce) {
  FootForce force = build_pulse(500.0);
  force.vertical_N[7] = std::nan("");
  EXPECT_THROW(calc_ground_metrics(force, kRunner), BadInput);
  force = build_pulse(500.0);
  force.lateral_N.pop_back();
  EXPECT_THROW(calc_ground_metrics(force, kRunner), BadInput);
  EXPECT_THROW(calc_ground_metrics(build_pulse(500.0), RunnerScale{0.0, 3.0, 0.9}), BadInput);
  EXPECT_THROW(filter_ground_force_lp50hz(build_pulse(100.0)), BadInput);
}

// The filter halves 50 Hz, leaves slow components, and keeps the mean force.
TEST(GroundFilter, HalvesFiftyHertzAndKeepsTheImpulse) {
  FootForce raw = build_pulse(1000.0);
  const FootForce smooth = filter_ground_force_lp50hz(raw);
  for (std::size_t j = 0; j < raw.vertical_N.size(); ++j) {
    raw.vertical_N[j] += 80.0 * std::sin(2.0 * kPi * 50.0 * static_cast<double>(j) / 1000.0);  // 35 cycles
  }
  const FootForce both = filter_ground_force_lp50hz(raw);
  double sum_raw = 0.0, sum_both = 0.0;
  for (std::size_t j = 0; j < raw.vertical_N.size(); ++j) {
    ASSERT_NEAR(both.vertical_N[j] - smooth.vertical_N[j],
                40.0 * std::sin(2.0 * kPi * 50.0 * static_cast<double>(j) / 1000.0), 1e-8);
    sum_raw += raw.vertical_N[j];
    sum_both += both.vertical_N[j];
  }
  EXPECT_NEAR(sum_raw, sum_both, 1e-7 * sum_raw);
}

}  // namespace
}  // namespace lumbarun
