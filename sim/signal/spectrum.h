// Amplitudes of a periodic record by the real discrete Fourier transform.
//
// n samples of one period T (last ≠ first), x_j = x(jT/n):
//   x_j = Σ_{k=0}^{⌊n/2⌋} cosine_k cos(2πkj/n) + sine_k sin(2πkj/n)     (exact at the samples)
// Parseval: mean(x²) = cosine_0² + ½ Σ (cosine_k² + sine_k²), where for even n the last term counts fully.
// Direct sums, O(n²): a stride of 1000 samples takes about a millisecond; O(n) per frequency when only the low ones are asked for.
// The mean square that a band of frequencies carries is P = Σ ½ (cosine_k² + sine_k²) over its bins (DC and Nyquist count fully).
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <vector>

namespace lumbarun {

struct Spectrum {
  std::vector<double> frequency_hz;  // k / T
  std::vector<double> cosine;        // in the unit of the signal
  std::vector<double> sine;          // in the unit of the signal

  std::size_t sample_count = 0;  // n

  double calc_amplitude(std::size_t harmonic) const;
  // Mean square [unit²] of the bins in low … high, ends included; a bin within a quarter of a bin of an end counts as at it.
  double calc_band_power(double low_hz, double high_hz) const;
};

// Frequencies above `highest_hz` are left out.
Spectrum calc_spectrum(std::span<const double> samples, double sample_rate_hz,
                       double highest_hz = std::numeric_limits<double>::infinity());

}  // namespace lumbarun
