// A lumbar ligament: a straight band between two neighbouring vertebrae that only pulls.
//   tension F = k s(l - l_s),  s the rounded ramp of one_sided.h with toe width w          [N]
//   l    length between its two points [m],  l_s slack length [m],  strain = l/l_s - 1 (negative: slack)
// Ends: p_I in the disc frame of the inferior vertebra, p_S in that of the superior one; the two frames
// coincide in neutral standing (origin mid-disc, X anterior, Y cranial, Z right).
// Stiffness is that of the linear part of a tensile test (Pintar et al. 1992 J Biomech 25:1351, per level); the
// toe is an estimate. Valid up to the failure strains of that source (0.1 to 1.2 by ligament); no failure, no
// rate dependence. Numbers: models/runner/ligaments.csv, their sources: models/runner/SOURCES.md.
#pragma once

#include <string>

#include "sim/spatial/vector3.h"
#include "sim/tissue/one_sided.h"

namespace lumbarun {

struct Ligament {
  std::string name;           // e.g. L4_L5_ALL, L4_L5_CL_r
  Vector3<double> p_I, p_S;   // m
  double stiffness = 0.0;     // k, N/m
  double slack_length = 0.0;  // l_s, m
  double toe_width = 0.0;     // w, m
};

// Tension [N] at length [m].
template <class T>
T calc_tension(const Ligament& ligament, const T& length) {
  return calc_smooth_positive(length - T(ligament.slack_length), ligament.toe_width) * T(ligament.stiffness);
}

// J, up to a constant.
inline double calc_stored_energy(const Ligament& ligament, double length) {
  return ligament.stiffness *
         calc_smooth_positive_integral(length - ligament.slack_length, ligament.toe_width);
}

inline double calc_strain(const Ligament& ligament, double length) {
  return length / ligament.slack_length - 1.0;
}

}  // namespace lumbarun
