// Intra-abdominal pressure as a pair of opposite forces that pushes the thorax up from the pelvis.
//   F = p A,  along the line from a point of the pelvis to a point of the thorax                [N]
// Both points lie the lever d ahead of the discs L5/S1 and T12/L1 in standing. The force unloads the discs between and
// extends the spine about them; with the spine's lordosis the line runs closer to the middle discs than to its ends.
// A = 243 cm², d = 38 mm: diaphragm and lever of McGill & Norman 1987 Ergonomics 30:1565 (remembered).
// The pressure is a given constant, so the pair has the potential -F l (l distance of the points). It says nothing about
// the muscles that make the pressure, nor about the stiffness it gives to the trunk.
#pragma once

#include <cmath>

#include "sim/multibody/data.h"

namespace lumbarun {

inline constexpr double kDiaphragmArea = 0.0243;  // A, m²
inline constexpr double kAbdominalLever = 0.038;  // d, m

struct AbdominalPressure {
  double force = 0.0;                // F, N; 0: no such element
  CoordinateIndex lower, upper;      // links of pelvis and thorax
  Vector3<double> p_lower, p_upper;  // m, in these links
};

// Adds the pair to data.applied. Needs positions.
template <class T>
void apply_abdominal_pressure(const AbdominalPressure& abdomen, Data<T>& data) {
  using std::sqrt;
  if (abdomen.force == 0.0) return;
  const Vector3<T> below = calc_position(data, abdomen.lower, abdomen.p_lower);
  const Vector3<T> above = calc_position(data, abdomen.upper, abdomen.p_upper);
  const Vector3<T> span = above - below;
  const Vector3<T> push = span * (T(abdomen.force) / sqrt(dot(span, span)));
  apply_force_at(data, abdomen.upper, above, push);
  apply_force_at(data, abdomen.lower, below, -push);
}

// J
inline double calc_stored_energy(const AbdominalPressure& abdomen, const Data<double>& data) {
  if (abdomen.force == 0.0) return 0.0;
  const Vector3<double> span = calc_position(data, abdomen.upper, abdomen.p_upper) -
                               calc_position(data, abdomen.lower, abdomen.p_lower);
  return -abdomen.force * std::sqrt(dot(span, span));
}

}  // namespace lumbarun
