#include "sim/signal/spectrum.h"

#include <cmath>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {

double Spectrum::calc_amplitude(std::size_t harmonic) const {
  return std::hypot(cosine.at(harmonic), sine.at(harmonic));
}

double Spectrum::calc_band_power(double low_hz, double high_hz) const {
  LUMBARUN_THROW_UNLESS(frequency_hz.size() > 1 && low_hz <= high_hz,
                        "no power between {} and {} Hz in {} bins", low_hz, high_hz, frequency_hz.size());
  const double margin = 0.25 * frequency_hz[1];
  LUMBARUN_THROW_UNLESS(high_hz - margin <= frequency_hz.back() + frequency_hz[1],
                        "the spectrum ends at {} Hz, below the band {} … {} Hz", frequency_hz.back(), low_hz,
                        high_hz);
  double power = 0.0;
  for (std::size_t k = 0; k < frequency_hz.size(); ++k) {
    if (frequency_hz[k] < low_hz - margin || frequency_hz[k] > high_hz + margin) continue;
    const bool single = k == 0 || 2 * k == sample_count;
    power += (single ? 1.0 : 0.5) * (cosine[k] * cosine[k] + sine[k] * sine[k]);
  }
  return power;
}

Spectrum calc_spectrum(std::span<const double> samples, double sample_rate_hz, double highest_hz) {
  LUMBARUN_THROW_UNLESS(!samples.empty(), "spectrum of an empty record");
  LUMBARUN_THROW_UNLESS(sample_rate_hz > 0.0, "sampling rate {} Hz must be positive", sample_rate_hz);
  const std::size_t n = samples.size();
  std::vector<double> cos_table(n), sin_table(n);
  for (std::size_t j = 0; j < n; ++j) {
    const double angle = 2.0 * kPi * static_cast<double>(j) / static_cast<double>(n);
    cos_table[j] = std::cos(angle);
    sin_table[j] = std::sin(angle);
  }
  Spectrum spectrum;
  spectrum.sample_count = n;
  for (std::size_t k = 0; k <= n / 2; ++k) {
    const double frequency = static_cast<double>(k) * sample_rate_hz / static_cast<double>(n);
    if (frequency > highest_hz) break;
    double cosine = 0.0, sine = 0.0;
    for (std::size_t j = 0, place = 0; j < n; ++j, place = (place + k) % n) {
      cosine += samples[j] * cos_table[place];
      sine += samples[j] * sin_table[place];
    }
    const bool single = k == 0 || 2 * k == n;
    const double scale = (single ? 1.0 : 2.0) / static_cast<double>(n);
    spectrum.frequency_hz.push_back(frequency);
    spectrum.cosine.push_back(scale * cosine);
    spectrum.sine.push_back(single ? 0.0 : scale * sine);
  }
  return spectrum;
}

}  // namespace lumbarun
