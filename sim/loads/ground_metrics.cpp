#include "sim/loads/ground_metrics.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "sim/core/contracts.h"
#include "sim/core/units.h"
#include "sim/signal/butterworth.h"
#include "sim/signal/cubic_spline.h"

namespace lumbarun {
namespace {

// Contact is read on a grid of about this step: a peak of 6 ms half-width is met within 3e-5 of its height.
constexpr double kGridStep_s = 0.0001;
constexpr std::size_t kLeastSamples = 20;

struct Contact {
  double start_s, end_s;
};

// The contact on a uniform grid from its start to its end, forces in BW.
struct Stance {
  double step_s;
  std::vector<double> vertical, vertical_rate, fore_aft, lateral;
  double time(std::size_t j) const { return step_s * static_cast<double>(j); }
};

void check_force(const FootForce& force) {
  const std::size_t n = force.vertical_N.size();
  LUMBARUN_THROW_UNLESS(n >= kLeastSamples, "ground force has {} samples per stride, at least {} are needed",
                        n, kLeastSamples);
  LUMBARUN_THROW_UNLESS(force.fore_aft_N.size() == n && force.lateral_N.size() == n,
                        "ground force components have {}, {} and {} samples", n, force.fore_aft_N.size(),
                        force.lateral_N.size());
  LUMBARUN_THROW_UNLESS(force.sample_rate_hz > 0.0, "ground force sampling rate {} Hz must be positive",
                        force.sample_rate_hz);
  for (const auto* series : {&force.vertical_N, &force.fore_aft_N, &force.lateral_N}) {
    for (std::size_t j = 0; j < n; ++j) {
      LUMBARUN_THROW_UNLESS(std::isfinite((*series)[j]), "ground force sample {} is {}", j, (*series)[j]);
    }
  }
}

CubicSpline build_stride_spline(const std::vector<double>& samples, double sample_rate_hz) {
  std::vector<double> time(samples.size());
  for (std::size_t j = 0; j < time.size(); ++j) time[j] = static_cast<double>(j) / sample_rate_hz;
  return CubicSpline::build_periodic(time, samples, static_cast<double>(samples.size()) / sample_rate_hz);
}

// Where the spline crosses the threshold between low_s (on one side) and high_s (on the other).
double find_crossing(const CubicSpline& vertical, double low_s, double high_s) {
  const bool low_is_above = vertical.calc_value(low_s) > kContactThreshold_N;
  for (int k = 0; k < 60; ++k) {
    const double middle = 0.5 * (low_s + high_s);
    ((vertical.calc_value(middle) > kContactThreshold_N) == low_is_above ? low_s : high_s) = middle;
  }
  return 0.5 * (low_s + high_s);
}

std::optional<Contact> find_contact(std::span<const double> vertical_N, const CubicSpline& spline,
                                    double rate_hz) {
  const std::size_t n = vertical_N.size();
  const auto above = [&](std::size_t j) { return vertical_N[j % n] > kContactThreshold_N; };
  std::size_t first = 0, longest = 0;
  for (std::size_t j = 0; j < n; ++j) {
    if (!above(j) || above(j + n - 1)) continue;
    std::size_t length = 1;
    while (above(j + length)) ++length;  // ends: sample j + n − 1 is below
    if (length > longest) {
      longest = length;
      first = j;
    }
  }
  if (longest == 0) return std::nullopt;
  const auto time = [&](double sample) { return sample / rate_hz; };
  const double before = static_cast<double>(first) - 1.0, after = static_cast<double>(first + longest);
  double start = find_crossing(spline, time(before), time(before + 1.0));
  double end = find_crossing(spline, time(after - 1.0), time(after));
  if (start < 0.0) {
    const double stride = time(static_cast<double>(n));
    start += stride;
    end += stride;
  }
  return Contact{start, end};
}

Stance build_stance(const FootForce& force, const CubicSpline& vertical, const Contact& contact,
                    double weight_N) {
  const double duration = contact.end_s - contact.start_s;
  const auto intervals = static_cast<std::size_t>(std::ceil(duration / kGridStep_s));
  const CubicSpline fore_aft = build_stride_spline(force.fore_aft_N, force.sample_rate_hz);
  const CubicSpline lateral = build_stride_spline(force.lateral_N, force.sample_rate_hz);
  Stance stance;
  stance.step_s = duration / static_cast<double>(intervals);
  for (std::size_t j = 0; j <= intervals; ++j) {
    const double t = contact.start_s + stance.time(j);
    stance.vertical.push_back(vertical.calc_value(t) / weight_N);
    stance.vertical_rate.push_back(vertical.calc_first_derivative(t) / weight_N);
    stance.fore_aft.push_back(fore_aft.calc_value(t) / weight_N);
    stance.lateral.push_back(lateral.calc_value(t) / weight_N);
  }
  return stance;
}

template <typename Function>
double calc_integral(const std::vector<double>& values, double step, Function part) {
  double sum = 0.5 * (part(values.front()) + part(values.back()));
  for (std::size_t j = 1; j + 1 < values.size(); ++j) sum += part(values[j]);
  return step * sum;
}

double calc_at(const Stance& stance, double time_s) {
  const double place =
      std::clamp(time_s / stance.step_s, 0.0, static_cast<double>(stance.vertical.size() - 2));
  const auto j = static_cast<std::size_t>(place);
  const double t = time_s / stance.step_s - static_cast<double>(j);
  return (1.0 - t) * stance.vertical[j] + t * stance.vertical[j + 1];
}

void update_vertical(const Stance& stance, GroundMetrics& m) {
  const std::size_t count = stance.vertical.size();
  const auto window = std::min(count - 1, static_cast<std::size_t>(kImpactWindow_s / stance.step_s));
  const auto active =
      std::max_element(stance.vertical.begin() + static_cast<std::ptrdiff_t>(window), stance.vertical.end());
  m.active_peak_lp50hz_bw = *active;
  m.active_peak_time_lp50hz_s = stance.time(static_cast<std::size_t>(active - stance.vertical.begin()));
  m.vertical_impulse_lp50hz_bw_s = calc_integral(stance.vertical, stance.step_s, [](double f) { return f; });
  m.instantaneous_loading_rate_lp50hz_bw_per_s = *std::max_element(
      stance.vertical_rate.begin(), stance.vertical_rate.begin() + static_cast<std::ptrdiff_t>(window) + 1);
  for (std::size_t j = 1; j < window; ++j) {
    if (stance.vertical[j] > stance.vertical[j - 1] && stance.vertical[j] >= stance.vertical[j + 1]) {
      m.impact_peak_lp50hz_bw = stance.vertical[j];
      m.impact_peak_time_lp50hz_s = stance.time(j);
      break;
    }
  }
  const double reference = m.impact_peak_time_lp50hz_s.value_or(kImpactFallbackShare * m.contact_time_s);
  m.average_loading_rate_lp50hz_bw_per_s =
      (calc_at(stance, kLoadingRateTo * reference) - calc_at(stance, kLoadingRateFrom * reference)) /
      ((kLoadingRateTo - kLoadingRateFrom) * reference);
}

void update_horizontal(const Stance& stance, GroundMetrics& m) {
  const auto [braking, propulsion] = std::minmax_element(stance.fore_aft.begin(), stance.fore_aft.end());
  m.braking_peak_lp50hz_bw = std::min(*braking, 0.0);
  m.propulsion_peak_lp50hz_bw = std::max(*propulsion, 0.0);
  m.braking_impulse_lp50hz_bw_s =
      calc_integral(stance.fore_aft, stance.step_s, [](double f) { return std::min(f, 0.0); });
  m.propulsion_impulse_lp50hz_bw_s =
      calc_integral(stance.fore_aft, stance.step_s, [](double f) { return std::max(f, 0.0); });
  const auto [left, right] = std::minmax_element(stance.lateral.begin(), stance.lateral.end());
  m.mediolateral_range_lp50hz_bw = *right - *left;
}

}  // namespace

FootForce filter_ground_force_lp50hz(const FootForce& raw) {
  check_force(raw);
  const ButterworthLowPass filter(kGroundFilterOrder, kGroundCutoff_hz, raw.sample_rate_hz);
  return {raw.sample_rate_hz, filter.calc_zero_lag_periodic(raw.vertical_N),
          filter.calc_zero_lag_periodic(raw.fore_aft_N), filter.calc_zero_lag_periodic(raw.lateral_N)};
}

std::optional<GroundMetrics> calc_ground_metrics(const FootForce& lp50hz, const RunnerScale& runner) {
  check_force(lp50hz);
  LUMBARUN_THROW_UNLESS(runner.body_mass_kg > 0.0, "body mass {} kg must be positive", runner.body_mass_kg);
  const CubicSpline vertical = build_stride_spline(lp50hz.vertical_N, lp50hz.sample_rate_hz);
  const std::optional<Contact> contact = find_contact(lp50hz.vertical_N, vertical, lp50hz.sample_rate_hz);
  if (!contact) return std::nullopt;
  GroundMetrics m;
  m.stride_time_s = static_cast<double>(lp50hz.vertical_N.size()) / lp50hz.sample_rate_hz;
  m.contact_start_s = contact->start_s;
  m.contact_end_s = contact->end_s;
  m.contact_time_s = contact->end_s - contact->start_s;
  m.flight_time_s = 0.5 * m.stride_time_s - m.contact_time_s;
  m.duty_factor = m.contact_time_s / m.stride_time_s;
  const Stance stance = build_stance(lp50hz, vertical, *contact, runner.body_mass_kg * kStandardGravity);
  update_vertical(stance, m);
  update_horizontal(stance, m);
  m.stiffness = calc_sine_stiffness(runner.body_mass_kg, runner.speed_m_s, runner.leg_length_m,
                                    m.contact_time_s, m.flight_time_s);
  return m;
}

}  // namespace lumbarun
