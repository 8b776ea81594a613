// What a scenario asks of the stride, worked into the measured norm before the planner tracks it. Every request acts on
// the reference alone: what the planned runner does with it is an outcome.
//
// Contact time at step time T (speed given):   t_c = t_c,norm (T/T_norm)^0.65
//   Farley & González 1996 (J Biomech 29:181) measured leg stiffness 7.0 and 16.3 kN/m at -26 and +36 % of the preferred
//   stride frequency, 2.5 m/s. The contact times that give these through the sine model (sim/loads/leg_stiffness.h) have
//   the exponent 0.645-0.66 for bodies of 60-72 kg and legs of 0.88-0.94 m. So the duty factor rises with cadence.
//   People differ (RBDS S003: 208 ms where this law says 231); so t_c may be given.
// Phase: stance takes its new share of the stride by the smooth monotone map  φ(τ) = τ + A [sin(4πτ + ψ) - sin ψ],
//   ψ = π - 2πd', A = (d' - d)/(2 sin 2πd'),  d, d' duty factor of norm and stride;  φ(0) = 0, φ(d') = d, while |4πA| < 1/2;
//   beyond (slow strides at the highest cadences) A stays there.
// Pelvis bounce: the force keeps its shape over the new stance and flight (models/pelvis_bounce.h).
// Foot: path under the pelvis stretched fore-aft by t_c/t_c,norm (it is swept back at the running speed), its height over
//   the ground kept; on a slope s the height rises by s times the distance ahead of the hip and the sole turns with the
//   plane. The hip comes down, or up, until the longest leg of stance is as long as the norm's: foot and hip drift apart
//   at touchdown on a descent and at take-off on an ascent. Gravity, trunk and pelvis stay as on the level.
// Ground: where it gives more than asphalt, the loaded foot is led deeper by the give, (π/2)(T/t_c) m g/k half a sine over
//   stance, so that pelvis and trunk keep their path and the leg makes up for the ground: runners on boards of 21 to
//   950 kN/m kept contact time, cadence and the fall of the mass centre and stiffened their legs (Ferris et al. 1999,
//   J Biomech 32:787; Kerdok et al. 2002, J Appl Physiol 92:469). What the planned runner does is the plan's.
// Strike: the sole's angle to the plane at touchdown is moved from the norm's α₀ to the asked α, fading in over the last
//   fifth of the stride before contact and out over the first tenth after it (w, estimates). After contact the forefoot
//   comes down from α as it comes down from α₀, α(φ) + w α(φ) (α/α₀ - 1); a foot that lands on its ball (α < 0) lowers its
//   heel instead of slapping further, α(φ) + w (α - α(φ)); its toes stay level. The sole's lowest point keeps its height.
// For these three, hip flexion, knee and ankle follow at every phase by damped least squares on the model; a leg that
// would have to straighten beyond 6° of knee flexion gives up reach instead.
// Pelvic tilt moves the mean and hip flexion takes the opposite, so that the thigh keeps its direction; trunk lean moves
// the mean of lumbar extension. Step width: constant hip adduction and subtalar angle, so that the sole at mid-stance
// lies as far from the midline as asked, turned as before.
// Valid for slopes within ±15 %, widths 0-0.3 m.
#pragma once

#include <optional>

#include "models/gait_norm.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

struct StrideShape {
  double slope = 0.0;                         // rad, of the plane along the path, uphill positive
  std::optional<double> contact_time{};       // s, of each foot
  std::optional<double> step_width{};         // m, between the soles' midlines at mid-stance
  std::optional<double> trunk_lean{};         // rad, mean of thorax from upright, forward positive
  std::optional<double> pelvic_tilt{};        // rad, mean, anterior positive
  std::optional<double> foot_strike_angle{};  // rad, sole to plane at touchdown, toe-up positive
};

// Where a coordinate's reference comes from.
struct CoordinateSource {
  GaitCoordinate row;
  double share = 1.0;  // of the tabulated coordinate
};
std::vector<CoordinateSource> find_sources(const Model& model, const GaitNorm& norm);

// φ(τ) above; the default is the identity.
class PhaseWarp {
 public:
  PhaseWarp() = default;
  PhaseWarp(double norm_duty, double duty);
  struct Phase {
    double value = 0.0;   // φ
    double rate = 1.0;    // dφ/dτ
    double change = 0.0;  // d²φ/dτ²
  };
  Phase calc(double phase) const;

 private:
  double amplitude_ = 0.0, shift_ = 0.0;
};

struct ShapedGait {
  PeriodicGait gait;
  PhaseWarp warp;
};

// `speed` m/s, `cadence` steps/s. At the norm's cadence and an empty shape the norm itself.
ShapedGait calc_shaped_gait(const Runner& runner, const GaitNorm& norm, double speed, double cadence,
                            const StrideShape& shape);

// Angle of the sole to the level ground at touchdown in the norm [rad], on this runner's foot and shoe.
double calc_norm_strike_angle(const Runner& runner, const GaitNorm& norm, double speed);
// Step width of the norm [m], on this runner's legs.
double calc_norm_step_width(const Runner& runner, const GaitNorm& norm, double speed);

// Angle of a foot's sole line, heel to metatarsal heads, to the plane, toe-up positive [rad]; after update_positions.
double calc_sole_angle(const Runner& runner, const Data<double>& data, int foot);

}  // namespace lumbarun
