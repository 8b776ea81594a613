// Pressure in the nucleus of a lumbar disc from its compression:
//
//   p = n max(F, 0) / (f · A)
//
//   F      compression [N], normal to the mid-disc plane, positive when the disc is pressed (DESIGN's disc
//   frame: −F_y) f      correction factor 0.66: the measured force is 0.66 p A because the annulus carries
//   stress below the nucleus pressure
//          and the outer rim none (Dreischarf et al. 2013, J. Biomech. 46:511; from the literature as
//          remembered, not re-read)
//   A      area of the level: models/runner/discs.csv, scaled with body mass^(2/3) (models/spine_builder.cpp)
//   n      nucleus pressure of the disc over a healthy one's under the same compression (degeneration)
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

namespace lumbarun {

inline constexpr double kDiscPressureCorrection = 0.66;
inline constexpr double kReferenceDiscArea_m2 = 18.0e-4;
inline constexpr double kSmallestReferenceDiscArea_m2 = 15.6e-4;

struct DiscPressure {
  double value_Pa = 0.0;
  double low_Pa = 0.0;
  double high_Pa = 0.0;
};

// nucleus_ratio: n, 1 for a healthy disc.
DiscPressure calc_disc_pressure(double compression_N, double disc_area_m2, double nucleus_ratio = 1.0);

}  // namespace lumbarun
