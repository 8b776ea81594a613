// Zero-lag Butterworth low-pass filter.
//
// One pass is the digital Butterworth filter of order n by the bilinear transform with prewarped cutoff f_c
// at sampling rate f_s; its gain is
//
//   |H(f)|² = 1 / (1 + (tan(π f / f_s) / tan(π f_c / f_s))^(2n)),
//
// The zero-lag filter runs it forward and then backward: the lag cancels and the gain is |H|². At f_c that is
// 1/2 (−6 dB). f_c is *not* corrected for the second pass (Winter 2009 divides it by 0.802 at n = 2 so that
// −3 dB stays at f_c): a published "low-pass at f_c, zero lag" mostly means the uncorrected filter, and so do
// we. A filter of order n here is often called "order 2n, zero lag" in papers.
//
// Ends of a record: odd reflection about the first and last sample (x₋ₖ = 2x₀ − xₖ), and each pass starts
// from the steady state of its first input. A constant and a straight line therefore pass unchanged. Odd
// reflection copies noise of the end sample: the first and last 1/f_c seconds are less certain than the rest.
// A periodic record (n samples of one period, last ≠ first) is filtered as the infinite repetition of itself.
//
// Valid for 1 <= order <= 8 and 0 < f_c < 0.5·f_s. Source: Oppenheim & Schafer, Discrete-Time Signal
// Processing, 3rd ed., section 7.2 (bilinear transform); Gustafsson 1996, IEEE Trans. Signal Process. 44:988
// (forward-backward).
#pragma once

#include <array>
#include <span>
#include <vector>

namespace lumbarun {

class ButterworthLowPass {
 public:
  // Throws BadInput unless the values lie in the range above.
  ButterworthLowPass(int order, double cutoff_hz, double sample_rate_hz);

  // Gain of the zero-lag filter, |H|², at 0 <= frequency < f_s / 2.
  double calc_gain(double frequency_hz) const;

  // Zero-lag filtered copy of a record with two ends; an empty record gives an empty one.
  std::vector<double> calc_zero_lag(std::span<const double> samples) const;

  // Zero-lag filtered copy of one period. The wrap-around error is below 1e-15 of the signal.
  std::vector<double> calc_zero_lag_periodic(std::span<const double> samples) const;

 private:
  // y = b0 x + b1 x₋₁ + b2 x₋₂ − a1 y₋₁ − a2 y₋₂, unit gain at 0 Hz. A first-order section has b2 = a2 = 0.
  struct Section {
    double b0, b1, b2, a1, a2;
  };

  std::span<const Section> sections() const { return {sections_.data(), section_count_}; }
  void update_one_pass(std::span<double> samples) const;
  void update_both_passes(std::vector<double>& padded) const;

  int order_;
  double cutoff_hz_;
  double sample_rate_hz_;
  std::array<Section, 4> sections_{};
  std::size_t section_count_ = 0;
};

}  // namespace lumbarun
