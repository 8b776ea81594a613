// De Groote-Fregly 2016 muscle curves, and the muscle with a rigid tendon (elastic ones: sim/tissue/elastic_tendon.h).
//   Ann Biomed Eng 44:2922; constants as coded in opensim-core DeGrooteFregly2016Muscle (reference rows
//   E1-E3).
// Active force-length, l = fibre length / optimal:
//   f_a(l) = Σ_k b1_k exp(-½ ((l - b2_k) / (b3_k + b4_k l))²),   k = 1..3
// Passive force-length, zero at l = 0.2, one at l = 1 + e0:
//   f_p(l) = (exp(kPE (l - 1) / e0) - c) / (exp(kPE) - c),   c = exp(kPE (0.2 - 1) / e0),  kPE = 4,  e0 = 0.6
// Force-velocity, v = fibre velocity / (vmax · optimal), shortening negative, v = -1 gives 0:
//   f_v(v) = d1 ln((d2 v + d3) + sqrt((d2 v + d3)² + 1)) + d4
// Rigid tendon, constant muscle thickness w = l_opt sin α0:
//   l_M cos α = L - l_slack,  l_M = sqrt((L - l_slack)² + w²);   where L - l_slack falls below kMinFiberShare
//   · l_opt it is replaced by a smooth floor, so that a slack path gives a short fibre and not a negative
//   one.
// Force along the tendon: F = F_max (a f_a f_v + f_p) cos α. We clamp f_v to [0, 1.8] (the published curve
// reaches 1.79 at v = 1) and f_p below at 0. Fibre lengths outside 0.5-1.6 are outside the curves' data and
// are flagged, not changed.
#pragma once

#include <span>

#include "sim/tissue/muscle.h"

namespace lumbarun {

inline constexpr double kMinNormalizedFiberLength = 0.5;  // flagged outside
inline constexpr double kMaxNormalizedFiberLength = 1.6;
inline constexpr double kMinFiberShare = 0.2;  // floor of (L - l_slack) / l_opt, where f_p is zero

// A long tendon takes most of a quick length change (the Achilles tendon stretches and recoils while the calf's
// fibres stay nearly still). Fibre length stays that of the rigid tendon; of the path's velocity the fibre gets
//   1 - κ,   κ = C_T / (C_T + C_M) = l_slack / (l_slack + l_opt / (0.049 · 23.4 · 0.5))
// the compliances of tendon (strain 0.049 at F_max, De Groote et al. 2016) and of active fibres at half F_max (short-range
// stiffness 23.4 F / l_opt, Cui et al. 2008 J Biomech 41:1945) in series; for l_slack > 3 l_opt only (estimate).
// Valid for changes faster than activation. Without it a calf at push-off shortens at its full maximal velocity.
inline constexpr double kLongTendonRatio = 3.0;
inline constexpr double kTendonStrainAtMaxForce = 0.049;
inline constexpr double kShortRangeStiffness = 23.4;  // force per force and strain of the fibre
double calc_tendon_velocity_share(const Muscle& muscle);

double calc_active_force_length(double normalized_length);
double calc_passive_force_length(double normalized_length);
double calc_passive_force_length_slope(double normalized_length);
double calc_force_velocity(double normalized_velocity);

// The fibre on what the path leaves it: x = l_M cos α (floored) and l_M = sqrt(x² + w²), w the constant thickness.
struct FiberGeometry {
  double along = 0.0;        // m, x
  double along_slope = 1.0;  // dx / d(available), 1 above the floor
  double length = 0.0;       // m, l_M
};
FiberGeometry calc_fiber_geometry(const Muscle& muscle, double available);

struct MuscleState {
  double fiber_length = 0.0;             // m
  double normalized_fiber_length = 0.0;  // 1
  double cos_pennation = 1.0;
  double active_capacity = 0.0;  // N along the tendon per unit activation
  double passive_force = 0.0;    // N along the tendon
  bool is_in_range = true;       // normalised fibre length within 0.5-1.6
};

// From path length L [m] and lengthening velocity [m/s].
MuscleState calc_muscle_state(const Muscle& muscle, double path_length, double path_velocity);
// The same for many muscles, eight at a time in SIMD lanes; arrays are as long as `muscles`. Its exponentials and logarithms
// are Eigen's, so that numbers differ from the function above by rounding.
void calc_muscle_states(std::span<const Muscle> muscles, const double* path_length,
                        const double* path_velocity, MuscleState* states);

// The common factor k for optimal fibre and tendon slack length that makes the fibre `normalized_length` long
// on a path of length L, keeping their ratio:  L = k (l_slack + l_opt sqrt(n² - sin² α0)).
double calc_length_scale_factor(const Muscle& muscle, double path_length, double normalized_length);

}  // namespace lumbarun
