// How the shock of landing goes up through the body: acceleration of a segment in one foot's contact, and what of it arrives at the
// segment above.
//
// Input: one stride of the upward acceleration of a point [m/s²], gravity not included (0 at rest), periodic, uniformly sampled,
// and the contact of one foot.
//
//   peak_lp50hz    largest upward acceleration in contact, after the zero-lag Butterworth low-pass of order 2, 50 Hz, forward and
//                  backward, of the closed stride (sim/signal/butterworth.h), read at the samples
//   power_*        mean square of the unfiltered acceleration of the contact in a frequency band [m²/s⁴]: the samples of the contact,
//                  less their least-squares line, padded with zeros to whole seconds, so that bins are 1 Hz (1/s for s seconds),
//                  square window, scaled back by padded over contact length. Over all bins it is the mean square of the contact.
//   transmission   peak ratio upper/lower; gain of a band 10 log10(P_upper/P_lower) [dB], below 0 where the body attenuates
//
// Bands: 3–8 Hz holds the active part of contact (the movement of the whole body), 9–20 Hz the impact (Xiang et al. 2022,
// Bioengineering 9:322; Shorten & Winslow 1992, Int. J. Sport Biomech. 8:288 found 5–8 and 12–20 Hz). Detrending, padding, window and
// 1 Hz bins: Mercer et al. 2002, Eur. J. Appl. Physiol. 87:403, after Shorten & Winslow. Changed: the gain is of the power of the band,
// not the mean of the gains of its bins, which one empty bin can rule.
//
// Papers measure along the axis of the shank and of the head, with skin-mounted accelerometers; this is the vertical of a bone.
// Bones of the model are rigid: only discs set free (simulate.axial_levels) and wobbling masses (simulate.soft_tissue) damp shock on
// its way besides the joints.
#pragma once

#include <optional>
#include <span>

namespace lumbarun {

inline constexpr double kShockCutoff_hz = 50.0;
inline constexpr int kShockFilterOrder = 2;  // per pass

struct FrequencyBand {
  double low_hz, high_hz;
};
inline constexpr FrequencyBand kActiveBand{3.0, 8.0};
inline constexpr FrequencyBand kImpactBand{9.0, 20.0};

// Of one foot, from the start of the stride; may run over its end.
struct ContactWindow {
  double start_s = 0.0;
  double duration_s = 0.0;
};

struct SegmentShock {
  double peak_lp50hz_m_s2 = 0.0;
  double power_3_8hz_m2_s4 = 0.0;
  double power_9_20hz_m2_s4 = 0.0;
};

// The sampling rate must exceed 100 Hz and the contact hold at least 8 samples; throws BadInput otherwise.
SegmentShock calc_segment_shock(std::span<const double> upward_m_s2, double sample_rate_hz,
                                const ContactWindow& contact);

// Nothing where the lower segment has nothing (peak or power not positive), or the upper one no power.
struct Transmission {
  std::optional<double> peak_ratio_lp50hz;
  std::optional<double> gain_3_8hz_db;
  std::optional<double> gain_9_20hz_db;
};

Transmission calc_transmission(const SegmentShock& lower, const SegmentShock& upper);

}  // namespace lumbarun
