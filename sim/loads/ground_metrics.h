// What the ground force of one foot says about a step. The definitions are those of the 26-runner reference
// data (RBDS, Fukuchi et al. 2017, PeerJ 5:e3298): force low-passed at 50 Hz, contact where the vertical
// force exceeds 50 N.
//
// Input: one stride of one foot, periodic, uniformly sampled, in the axes of the ground plane (vertical: along its
// normal, up positive; fore-aft: along the path in the plane, forward positive; lateral: to the right, positive). On
// level ground these are the world's; on a slope "vertical" reads "normal", as slope treadmills measure it. The
// stride may begin anywhere, and the contact may run over its end. BW = body mass without shoes · 9.80665
// m/s².
//
// "lp50hz" in a name: the force went through the zero-lag Butterworth low-pass of order 2, 50 Hz, forward and
// backward (sim/signal/butterworth.h), as a closed cycle. Between samples a periodic cubic spline is used, so
// that peaks, crossings and slopes do not depend on the phase of the samples. t counts from contact start.
#pragma once

#include <optional>
#include <vector>

#include "sim/loads/leg_stiffness.h"

namespace lumbarun {

inline constexpr double kGroundCutoff_hz = 50.0;     // RBDS
inline constexpr int kGroundFilterOrder = 2;         // per pass
inline constexpr double kContactThreshold_N = 50.0;  // RBDS
inline constexpr double kImpactWindow_s = 0.050;     // an impact peak comes in the first 50 ms (RBDS)
inline constexpr double kImpactFallbackShare =
    0.13;  // of contact time, stands for a missing impact peak (Willy 2008)
inline constexpr double kLoadingRateFrom = 0.20;  // of the time to the impact peak (Milner et al. 2006,
inline constexpr double kLoadingRateTo = 0.80;    //   Med. Sci. Sports Exerc. 38:323)

struct FootForce {
  double sample_rate_hz = 0.0;  // n samples last exactly one stride
  std::vector<double> vertical_N;
  std::vector<double> fore_aft_N;
  std::vector<double> lateral_N;
};

struct RunnerScale {
  double body_mass_kg = 0.0;
  double speed_m_s = 0.0;     // along the plane
  double leg_length_m = 0.0;  // hip to ground, standing
};

struct GroundMetrics {
  double stride_time_s = 0.0;
  double contact_start_s = 0.0;  // in [0, stride)
  double contact_end_s = 0.0;    // contact_start + contact_time; may exceed the stride
  double contact_time_s = 0.0;
  double flight_time_s =
      0.0;  // stride/2 − contact: the mean of the two flights of a symmetric runner; < 0 without flight
  double duty_factor = 0.0;  // contact / stride

  double active_peak_lp50hz_bw = 0.0;         // largest vertical force after the impact window
  double active_peak_time_lp50hz_s = 0.0;     // t of the active peak
  double vertical_impulse_lp50hz_bw_s = 0.0;  // ∫ F_y over contact

  // First local maximum of the vertical force within 50 ms; nothing when there is none.
  std::optional<double> impact_peak_lp50hz_bw;
  std::optional<double> impact_peak_time_lp50hz_s;
  // Slope between 20 % and 80 % of the time to the impact peak, or of 13 % of contact when there is none.
  double average_loading_rate_lp50hz_bw_per_s = 0.0;
  // Largest slope of the vertical force in the first 50 ms.
  double instantaneous_loading_rate_lp50hz_bw_per_s = 0.0;

  double braking_peak_lp50hz_bw = 0.0;          // smallest fore-aft force, ≤ 0
  double propulsion_peak_lp50hz_bw = 0.0;       // largest fore-aft force, ≥ 0
  double braking_impulse_lp50hz_bw_s = 0.0;     // ∫ min(F_x, 0) over contact
  double propulsion_impulse_lp50hz_bw_s = 0.0;  // ∫ max(F_x, 0) over contact
  double mediolateral_range_lp50hz_bw = 0.0;    // largest − smallest lateral force in contact

  std::optional<SineStiffness> stiffness;  // sim/loads/leg_stiffness.h; nothing without flight
};

// The three components through the 50 Hz filter. The sampling rate must exceed 100 Hz.
FootForce filter_ground_force_lp50hz(const FootForce& raw);

// From force that is already low-passed at 50 Hz. Nothing when the foot never exceeds the threshold or never
// leaves the ground. The longest contact counts when there are several. Throws BadInput for series of unequal
// length, fewer than 20 samples or numbers that are not finite.
std::optional<GroundMetrics> calc_ground_metrics(const FootForce& lp50hz, const RunnerScale& runner);

}  // namespace lumbarun
