#include "sim/signal/butterworth.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr int kMaxOrder = 8;

// The slowest pole decays as exp(−2π f_c sin(π/2n) t). After this many neper it is below double precision.
constexpr double kFullDecayNeper = 40.0;
// Enough for the reflected ends, whose reflection is itself a guess.
constexpr double kEndDecayNeper = 14.0;

std::size_t calc_padding(int order, double cutoff_per_sample, double neper) {
  const double decay_per_sample = 2.0 * kPi * cutoff_per_sample * std::sin(kPi / (2.0 * order));
  return static_cast<std::size_t>(std::ceil(neper / decay_per_sample)) + 1;
}

}  // namespace

ButterworthLowPass::ButterworthLowPass(int order, double cutoff_hz, double sample_rate_hz)
    : order_(order), cutoff_hz_(cutoff_hz), sample_rate_hz_(sample_rate_hz) {
  LUMBARUN_THROW_UNLESS(order >= 1 && order <= kMaxOrder, "low-pass order {} is outside 1..{}", order,
                        kMaxOrder);
  LUMBARUN_THROW_UNLESS(cutoff_hz > 0.0 && cutoff_hz < 0.5 * sample_rate_hz,
                        "low-pass cutoff {} Hz is outside 0..{} Hz (half the sampling rate)", cutoff_hz,
                        0.5 * sample_rate_hz);
  const double k = std::tan(kPi * cutoff_hz / sample_rate_hz);  // prewarped analog cutoff
  if (order % 2 == 1) {
    sections_[section_count_++] = {k / (1.0 + k), k / (1.0 + k), 0.0, (k - 1.0) / (1.0 + k), 0.0};
  }
  for (int pair = 0; pair < order / 2; ++pair) {
    // Pole pair of the analog prototype: s² + d s + 1, d = 2 sin((2·pair + 1) π / 2n).
    const double d = 2.0 * std::sin((2.0 * pair + 1.0) * kPi / (2.0 * order));
    const double norm = 1.0 / (1.0 + d * k + k * k);
    const double b = k * k * norm;
    sections_[section_count_++] = {b, 2.0 * b, b, 2.0 * (k * k - 1.0) * norm, (1.0 - d * k + k * k) * norm};
  }
}

double ButterworthLowPass::calc_gain(double frequency_hz) const {
  const double ratio =
      std::tan(kPi * frequency_hz / sample_rate_hz_) / std::tan(kPi * cutoff_hz_ / sample_rate_hz_);
  return 1.0 / (1.0 + std::pow(ratio, 2.0 * order_));
}

void ButterworthLowPass::update_one_pass(std::span<double> samples) const {
  for (const Section& s : sections()) {
    // Steady state of a constant input equal to the first sample: unit gain, so all past values are that
    // sample.
    double x1 = samples.front(), x2 = x1, y1 = x1, y2 = x1;
    for (double& sample : samples) {
      const double x0 = sample;
      sample = s.b0 * x0 + s.b1 * x1 + s.b2 * x2 - s.a1 * y1 - s.a2 * y2;
      x2 = x1;
      x1 = x0;
      y2 = y1;
      y1 = sample;
    }
  }
}

void ButterworthLowPass::update_both_passes(std::vector<double>& padded) const {
  update_one_pass(padded);
  std::reverse(padded.begin(), padded.end());
  update_one_pass(padded);
  std::reverse(padded.begin(), padded.end());
}

std::vector<double> ButterworthLowPass::calc_zero_lag(std::span<const double> samples) const {
  if (samples.size() < 2) return {samples.begin(), samples.end()};
  const std::size_t n = samples.size();
  const std::size_t padding =
      std::min(n - 1, calc_padding(order_, cutoff_hz_ / sample_rate_hz_, kEndDecayNeper));
  std::vector<double> padded;
  padded.reserve(n + 2 * padding);
  for (std::size_t k = padding; k >= 1; --k) padded.push_back(2.0 * samples[0] - samples[k]);
  padded.insert(padded.end(), samples.begin(), samples.end());
  for (std::size_t k = 1; k <= padding; ++k) padded.push_back(2.0 * samples[n - 1] - samples[n - 1 - k]);
  update_both_passes(padded);
  const auto first = padded.begin() + static_cast<std::ptrdiff_t>(padding);
  return {first, first + static_cast<std::ptrdiff_t>(n)};
}

std::vector<double> ButterworthLowPass::calc_zero_lag_periodic(std::span<const double> samples) const {
  if (samples.empty()) return {};
  const std::size_t n = samples.size();
  const std::size_t padding = calc_padding(order_, cutoff_hz_ / sample_rate_hz_, kFullDecayNeper);
  std::vector<double> padded(n + 2 * padding);
  const std::size_t shift = n - padding % n;  // padded[padding] is samples[0]
  for (std::size_t k = 0; k < padded.size(); ++k) padded[k] = samples[(k + shift) % n];
  update_both_passes(padded);
  const auto first = padded.begin() + static_cast<std::ptrdiff_t>(padding);
  return {first, first + static_cast<std::ptrdiff_t>(n)};
}

}  // namespace lumbarun
