#include "sim/loads/segment_shock.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/contracts.h"
#include "sim/signal/butterworth.h"
#include "sim/signal/spectrum.h"

namespace lumbarun {
namespace {

constexpr std::size_t kLeastContactSamples = 8;

// The samples within the contact, in order, from a closed stride.
std::vector<double> get_contact(std::span<const double> stride, double rate_hz,
                                const ContactWindow& contact) {
  const auto first = static_cast<std::size_t>(std::ceil(contact.start_s * rate_hz));
  const auto last = static_cast<std::size_t>(std::floor((contact.start_s + contact.duration_s) * rate_hz));
  std::vector<double> samples;
  for (std::size_t j = first; j <= last; ++j) samples.push_back(stride[j % stride.size()]);
  return samples;
}

void remove_line(std::vector<double>& samples) {
  const auto n = static_cast<double>(samples.size());
  const double middle = 0.5 * (n - 1.0);
  double mean = 0.0, slope = 0.0;
  for (std::size_t j = 0; j < samples.size(); ++j) {
    mean += samples[j] / n;
    slope += samples[j] * (static_cast<double>(j) - middle);
  }
  slope *= 12.0 / (n * (n * n - 1.0));
  for (std::size_t j = 0; j < samples.size(); ++j)
    samples[j] -= mean + slope * (static_cast<double>(j) - middle);
}

std::optional<double> calc_gain_db(double lower, double upper) {
  if (!(lower > 0.0) || !(upper > 0.0)) return std::nullopt;
  return 10.0 * std::log10(upper / lower);
}

}  // namespace

SegmentShock calc_segment_shock(std::span<const double> upward_m_s2, double sample_rate_hz,
                                const ContactWindow& contact) {
  LUMBARUN_THROW_UNLESS(contact.start_s >= 0.0 && contact.duration_s > 0.0,
                        "a contact from {} s over {} s is none", contact.start_s, contact.duration_s);
  const ButterworthLowPass filter(kShockFilterOrder, kShockCutoff_hz, sample_rate_hz);
  const std::vector<double> smooth =
      get_contact(filter.calc_zero_lag_periodic(upward_m_s2), sample_rate_hz, contact);
  std::vector<double> raw = get_contact(upward_m_s2, sample_rate_hz, contact);
  LUMBARUN_THROW_UNLESS(raw.size() >= kLeastContactSamples,
                        "a contact of {} samples has no spectrum, {} are needed", raw.size(),
                        kLeastContactSamples);
  const auto length = static_cast<double>(raw.size());
  remove_line(raw);
  const double seconds = std::ceil(length / sample_rate_hz);
  raw.resize(std::max(raw.size(), static_cast<std::size_t>(std::llround(seconds * sample_rate_hz))), 0.0);
  const Spectrum spectrum = calc_spectrum(raw, sample_rate_hz, kImpactBand.high_hz + 1.0);
  const double scale = static_cast<double>(raw.size()) / length;
  return {*std::max_element(smooth.begin(), smooth.end()),
          scale * spectrum.calc_band_power(kActiveBand.low_hz, kActiveBand.high_hz),
          scale * spectrum.calc_band_power(kImpactBand.low_hz, kImpactBand.high_hz)};
}

Transmission calc_transmission(const SegmentShock& lower, const SegmentShock& upper) {
  Transmission t;
  if (lower.peak_lp50hz_m_s2 > 0.0) t.peak_ratio_lp50hz = upper.peak_lp50hz_m_s2 / lower.peak_lp50hz_m_s2;
  t.gain_3_8hz_db = calc_gain_db(lower.power_3_8hz_m2_s4, upper.power_3_8hz_m2_s4);
  t.gain_9_20hz_db = calc_gain_db(lower.power_9_20hz_m2_s4, upper.power_9_20hz_m2_s4);
  return t;
}

}  // namespace lumbarun
