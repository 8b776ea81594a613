// Amplitudes of a periodic record by the real discrete Fourier transform.
//
// n samples of one period T (last ≠ first), x_j = x(jT/n):
//   x_j = Σ_{k=0}^{⌊n/2⌋} cosine_k cos(2πkj/n) + sine_k sin(2πkj/n)     (exact at the samples)
// Parseval: mean(x²) = cosine_0² + ½ Σ (cosine_k² + sine_k²), where for even n the last term counts fully.
// Direct sums, O(n²): a stride of 1000 samples takes about a millisecond.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace lumbarun {

struct Spectrum {
  std::vector<double> frequency_hz;  // k / T
  std::vector<double> cosine;        // in the unit of the signal
  std::vector<double> sine;          // in the unit of the signal

  double calc_amplitude(std::size_t harmonic) const;
};

Spectrum calc_spectrum(std::span<const double> samples, double sample_rate_hz);

}  // namespace lumbarun
