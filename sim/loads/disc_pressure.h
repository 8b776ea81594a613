// Pressure in the nucleus of a lumbar disc from its compression:
//
//   p = max(F, 0) / (f · A),     A = A_ref · ρ_level · (m / m_ref)^(2/3)
//
//   F      compression [N], normal to the mid-disc plane, positive when the disc is pressed (DESIGN's disc
//   frame: −F_y) f      correction factor 0.66: the measured force is 0.66 p A because the annulus carries
//   stress below the nucleus pressure
//          and the outer rim none (Dreischarf et al. 2013, J. Biomech. 46:511; from the literature as
//          remembered, not re-read)
//   A_ref  18 cm², the L4/5 disc of the man whose pressures are our reference, m_ref = 70 kg
//          (Wilke et al. 1999, Spine 24:755)
//   ρ      area of a level relative to L4/5: square of the ratio of antero-posterior disc
//   lengths 30.23, 32.03, 32.86,
//          33.08, 31.33 mm at L1/2 … L5/S1 (computed tomography, ages 40–60, Anatomical Sciences Journal,
//          Iran), assuming alike outlines; T12/L1 continues the step from L2/3 to L1/2 (estimate)
//   2/3    an area of geometrically alike bodies (estimate)
//
// A tensile load gives 0: the law knows nothing about suction, nor about the intrinsic pressure of an
// unloaded disc (about 0.1 MPa lying prone, Wilke 1999), which the muscle tone of our model does not produce
// by itself. Valid for healthy discs and moderate bending: a degenerated disc, or full flexion, does not have
// one pressure.
//
// Band: the correction lies between 0.66 and 1 (no correction), and the published L4/5 areas between 15.6
// and 17.8 cm² (Huber) beside Wilke's 18. low = f 1 and A; high = f 0.66 and A · 15.6/18. It is the spread of
// the formula, not of people.
#pragma once

#include <array>

#include "sim/core/levels.h"

namespace lumbarun {

inline constexpr double kDiscPressureCorrection = 0.66;
inline constexpr double kReferenceDiscArea_m2 = 18.0e-4;
inline constexpr double kSmallestReferenceDiscArea_m2 = 15.6e-4;
inline constexpr double kReferenceDiscMass_kg = 70.0;
// T12/L1 … L5/S1, in the order of kLevelNames.
inline constexpr std::array<double, kLevelCount> kDiscAreaRatio = {0.745, 0.835, 0.938, 0.987, 1.000, 0.897};

struct DiscPressure {
  double value_Pa = 0.0;
  double low_Pa = 0.0;
  double high_Pa = 0.0;
};

// level: 0 … kLevelCount − 1, cranial to caudal. body_mass_kg > 0.
double calc_disc_area_m2(int level, double body_mass_kg);
DiscPressure calc_disc_pressure(double compression_N, double disc_area_m2);

}  // namespace lumbarun
