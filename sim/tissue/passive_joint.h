// Passive moments of the limb joints.
//
// 1. Range-of-motion law of one coordinate, conservative, plus viscous damping:
//      M(q) = k1 exp(k2 (q - q_hi)) + k3 exp(k4 (q - q_lo)) - k_lin (q - q_rest) - c q̇     [N m], q [rad]
//    with k1 < 0 < k2 (resists the upper end) and k3 > 0 > k4 (resists the lower end). Form and constants of the hip
//    adduction, hip rotation and subtalar joints: Anderson 1999 (dissertation, Univ. Texas), as used for running by
//    Falisse et al. 2019 J R Soc Interface 16:20190402. MTP: 25 N m/rad (Sasaki & Neptune) plus shoe bending (estimate).
// 2. Sagittal hip, knee, ankle coupled by two-joint muscles: Riener & Edrich 1999 J Biomech 32:539, equations 1-3,
//    angles in degrees, hip and knee flexion and dorsiflexion positive, moments in N m towards those directions:
//      hip   = exp(1.4655 - 0.0034 K - 0.0750 H) - exp(1.3403 - 0.0226 K + 0.0305 H) + 8.072
//      knee  = exp(1.800 + 0.0460 A - 0.0352 K + 0.0217 H) - exp(-3.971 + 0.0004 A + 0.0495 K - 0.0128 H) - 4.820
//              + exp(2.220 - 0.150 K)
//      ankle = exp(-7.9763 - 0.1949 A + 0.0008 K) - exp(2.1016 + 0.0843 A - 0.0176 K) + 1.792
//    Tight hip flexors move the part that resists extension by n degrees: H becomes H - n in the first exponential of
//    the hip (hip_flexor_shift).
//    It is the whole passive moment, muscle fibres included; the sharing step splits the fibres' part off. It has no
//    potential (the couplings are not symmetric), so its work is integrated, not stored. Measured range: hip -10..90,
//    knee 0..95, ankle -25..25 degrees; beyond it the exponentials go on, which stiffens the ends.
#pragma once

#include <cmath>

#include "sim/core/index.h"
#include "sim/core/scalar_function.h"
#include "sim/core/units.h"

namespace lumbarun {

struct RangeLaw {
  CoordinateIndex coordinate;
  double k1 = 0.0, k2 = 0.0, q_hi = 0.0;  // N m, 1/rad, rad
  double k3 = 0.0, k4 = 0.0, q_lo = 0.0;  // N m, 1/rad, rad
  double linear_stiffness = 0.0;          // N m/rad
  double rest = 0.0;                      // rad
  double damping = 0.0;                   // N m s/rad
};

struct LegPassive {
  CoordinateIndex hip, knee, ankle;
  double hip_flexor_shift = 0.0;  // rad, n: extension is resisted as if the hip were n further extended
  double scale = 1.0;             // factor on all three moments
};

template <class T>
struct LegPassiveMoments {
  T hip, knee, ankle;  // N m
};

inline const ScalarFunctionPtr& exponential() {
  static const ScalarFunctionPtr function = std::make_shared<Exponential>();
  return function;
}

// Elastic part [N m].
template <class T>
T calc_elastic_moment(const RangeLaw& law, const T& q) {
  T moment = (T(law.rest) - q) * T(law.linear_stiffness);
  if (law.k1 != 0.0) moment += evaluate(exponential(), (q - T(law.q_hi)) * T(law.k2)) * T(law.k1);
  if (law.k3 != 0.0) moment += evaluate(exponential(), (q - T(law.q_lo)) * T(law.k4)) * T(law.k3);
  return moment;
}

// Energy stored by the elastic part [J].
inline double calc_stored_energy(const RangeLaw& law, double q) {
  double energy = 0.5 * law.linear_stiffness * (q - law.rest) * (q - law.rest);
  if (law.k1 != 0.0) energy -= law.k1 / law.k2 * std::exp(law.k2 * (q - law.q_hi));
  if (law.k3 != 0.0) energy -= law.k3 / law.k4 * std::exp(law.k4 * (q - law.q_lo));
  return energy;
}

// Without the factor.
template <class T>
LegPassiveMoments<T> calc_leg_passive_moments(const T& hip, const T& knee, const T& ankle,
                                              double hip_flexor_shift = 0.0) {
  const T H = hip * T(kDegPerRad), K = knee * T(kDegPerRad), A = ankle * T(kDegPerRad);
  const auto e = [](const T& x) { return evaluate(exponential(), x); };
  LegPassiveMoments<T> m;
  m.hip = e(T(1.4655 + 0.0750 * kDegPerRad * hip_flexor_shift) - K * T(0.0034) - H * T(0.0750)) -
          e(T(1.3403) - K * T(0.0226) + H * T(0.0305)) + T(8.072);
  m.knee = e(T(1.800) + A * T(0.0460) - K * T(0.0352) + H * T(0.0217)) -
           e(T(-3.971) + A * T(0.0004) + K * T(0.0495) - H * T(0.0128)) - T(4.820) +
           e(T(2.220) - K * T(0.150));
  m.ankle =
      e(T(-7.9763) - A * T(0.1949) + K * T(0.0008)) - e(T(2.1016) + A * T(0.0843) - K * T(0.0176)) + T(1.792);
  return m;
}

// Of one leg at coordinates q[].
template <class T>
LegPassiveMoments<T> calc_leg_passive_moments(const LegPassive& leg, const T* q) {
  auto m = calc_leg_passive_moments(q[leg.hip], q[leg.knee], q[leg.ankle], leg.hip_flexor_shift);
  if (leg.scale != 1.0) m = {m.hip * T(leg.scale), m.knee * T(leg.scale), m.ankle * T(leg.scale)};
  return m;
}

}  // namespace lumbarun
