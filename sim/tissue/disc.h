// One lumbar level: disc, ligaments and facets, as the sum of its parts.
//
// Disc alone, per axis (extension +Z, bending +X, rotation +Y), moment on the superior vertebra [N m] at angle θ
// [rad] from rest and rate θ̇ [rad/s]:
//   M = -( k_m θ + k_d (sqrt(θ² + ε²) - ε) + k_3 θ³ ) - c θ̇
//   k_m = (k⁺ + k⁻)/2,  k_d = (k⁺ - k⁻)/2:  stiffness k⁺ for θ > 0, k⁻ for θ < 0, joined smoothly over ε = 1°;
//   k_3 >= 0 stiffens the ends.
// Along the level's axial slide, where the tree has one, x upwards from rest:  F = -k_a x - c_a ẋ          [N]
// Ligaments (ligament.h) and facets (facet.h) act between points of the two vertebrae; their moments and axial
// forces follow from the geometry, coupling between the axes included:
//   τ_k = a_k · Σ (R p_S) × F - τ⁰_k,   a_k the level's axes, R = Rz(θ_ext) Rx(θ_bend) Ry(θ_rot)
// τ⁰ is their value in neutral standing, so that a level is at rest there (a standing person's resting tensions
// are part of the disc's). Everything but c is conservative: calc_stored_energy.
//
// Disc alone, L4/5, unloaded, quasi-static (N m, deg), Heuer et al. 2007 J Biomech 40:271, as polynomials of Han
// (2010) in the AnyBody repository:  flexion-extension 0.4726 θ + 0.002 θ³ (the term 0.0141 θ² is left out: the
// source's sense of θ is not stated), lateral 0.6989 θ + 0.00102 θ³ (cubic for its 0.0087 θ|θ|, least squares over
// 10°), axial 1.0191 θ + 0.0061 θ³.
// Other levels by geometry: fibre strain ∝ θ d/h, moment ∝ area · d, d antero-posterior (flexion), transverse
// (lateral) or mean (axial) diameter, h height (models/spine_builder.cpp).
// Preload multiplies k (not k_3, ligaments or facets) by 1 / 1.71 / 2.11 at 0 / 250 / 500 N, linear between,
//   clamped at 500 N (Gardner-Morse & Stokes 2004 J Biomech 37:205: small motions about neutral).
// Rate: those tests were slow (about 0.03 Hz), a step has 3 Hz; Costi et al. 2008 Spine 33:1731 found 51 %
//   (flexion), 83 % (extension), 29 % (lateral), 26 % (axial) more from 0.001 to 1 Hz: two of those three decades.
// Damping c = 4.5 ms · segment stiffness: loss tangent near (π/2) ln(1.45)/ln(1000) = 0.085 of the same source,
//   at 3 Hz (derived, estimate). Valid to about ±12° per level. No shear coordinate, no creep.
#pragma once

#include <array>
#include <cmath>
#include <vector>

#include "sim/core/index.h"
#include "sim/core/units.h"
#include "sim/spatial/vector3.h"
#include "sim/tissue/facet.h"
#include "sim/tissue/ligament.h"

namespace lumbarun {

inline constexpr double kDiscDampingTime = 0.0045;           // s
inline constexpr double kDiscBlendAngle = 1.0 * kRadPerDeg;  // ε, rad (estimate)
inline constexpr double kDiscPreloadClamp = 500.0;           // N

struct DiscAxis {
  CoordinateIndex coordinate;
  double stiffness_positive = 0.0;  // k⁺, N m/rad, θ > 0
  double stiffness_negative = 0.0;  // k⁻, N m/rad, θ < 0
  double hardening = 0.0;           // k_3, N m/rad³
  double damping = 0.0;             // c, N m s/rad
  double rest = 0.0;                // rad
  double neutral_moment = 0.0;      // τ⁰ of ligaments and facets, N m
  double segment_stiffness = 0.0;  // secant of the whole level over ±3°, N m/rad (for reserves and damping)
};

struct DiscSlide {
  CoordinateIndex coordinate;  // invalid: the level's height is locked
  double stiffness = 0.0;      // k_a, N/m
  double damping = 0.0;        // c_a, N s/m
  double neutral_force = 0.0;  // of ligaments and facets, N
};

struct Disc {
  std::array<DiscAxis, 3> axes;  // extension, bending, rotation
  DiscSlide slide;
  std::vector<Ligament> ligaments;
  std::vector<FacetContact> facets;
  double preload = 0.0;                  // N, the frozen preload the stiffness was built with
  double area = 0.0;                     // m²
  double height_ratio = 1.0;             // of the healthy disc's height
  double nucleus_pressure_ratio = 1.0;   // of a healthy disc's under the same compression
  double facet_compression_share = 0.0;  // of the level's compression in upright posture, 0..1
};

// 1 / 1.71 / 2.11 at 0 / 250 / 500 N, clamped at both ends.
inline double calc_preload_factor(double preload) {
  constexpr double kHalf = 250.0, kFactorHalf = 1.71, kFactorFull = 2.11;
  if (preload <= 0.0) return 1.0;
  if (preload < kHalf) return 1.0 + (kFactorHalf - 1.0) * preload / kHalf;
  if (preload < kDiscPreloadClamp)
    return kFactorHalf + (kFactorFull - kFactorHalf) * (preload - kHalf) / kHalf;
  return kFactorFull;
}

// Elastic moment of the disc alone on the superior vertebra [N m].
template <class T>
T calc_elastic_moment(const DiscAxis& axis, const T& q) {
  using std::sqrt;
  const double k_mean = 0.5 * (axis.stiffness_positive + axis.stiffness_negative);
  const double k_half_difference = 0.5 * (axis.stiffness_positive - axis.stiffness_negative);
  const T angle = q - T(axis.rest);
  T moment = angle * (T(k_mean) + angle * angle * T(axis.hardening));
  if (k_half_difference != 0.0) {
    const T magnitude = sqrt(angle * angle + T(kDiscBlendAngle * kDiscBlendAngle)) - T(kDiscBlendAngle);
    moment += magnitude * T(k_half_difference);
  }
  return -moment;
}

// Energy stored by the disc alone about one axis [J].
inline double calc_stored_energy(const DiscAxis& axis, double q) {
  const double e = kDiscBlendAngle;
  const double k_mean = 0.5 * (axis.stiffness_positive + axis.stiffness_negative);
  const double k_half_difference = 0.5 * (axis.stiffness_positive - axis.stiffness_negative);
  const double x = q - axis.rest;
  const double root_integral = 0.5 * (x * std::sqrt(x * x + e * e) + e * e * std::asinh(x / e));
  return 0.5 * k_mean * x * x + 0.25 * axis.hardening * x * x * x * x +
         k_half_difference * (root_integral - e * x);
}

}  // namespace lumbarun
