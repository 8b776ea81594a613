// One lumbar disc (with its ligaments and facets) as a rotational spring and damper about the three disc-frame axes.
//
// Per axis, moment on the superior vertebra [N m] at rotation θ [rad] and rate θ̇ [rad/s]:
//   M(θ) = -( k_m θ + k_d (sqrt(θ² + ε²) - ε) ) - c θ̇
//   k_m = (k⁺ + k⁻)/2,  k_d = (k⁺ - k⁻)/2:  stiffness k⁺ for θ > 0, k⁻ for θ < 0, joined smoothly over ε = 1°.
// Zero at θ = rest (neutral standing plus the scenario's offset). Axis order: extension (+Z), bending (+X), rotation (+Y).
// Frames: disc frame of DESIGN §1; θ are the level's coordinates.
//
// Stiffness, intact, unloaded (N m/deg): flexion 1.8, extension 2.6, lateral 2.3, axial 8.4
//   (Schmidt et al. 1998 Spine 23:2167), multiplied by the preload factor 1 / 1.71 / 2.11 at 0 / 250 / 500 N
//   (Gardner-Morse & Stokes 2004 J Biomech 37:205), linear between, clamped at 500 N; axial clamped at 13 N m/deg
//   (upper end of preloaded segments in the same review).
// Damping c = k · kDampingTime: Costi et al. 2008 Spine 33:1731 found rotational stiffness 26-83 % higher at 1 Hz than at
//   0.001 Hz, mean 13 % per decade, that is a loss tangent near (π/2)·ln(1.45)/ln(1000) = 0.085; at the 3 Hz of a step
//   c = 0.085 k/(2π·3) -> 0.0045 s (derived, estimate).
// Valid to about ±8° per level; no facet contact, no ligament slack, no coupling between axes.
#pragma once

#include <array>
#include <cmath>

#include "sim/core/index.h"
#include "sim/core/units.h"

namespace lumbarun {

inline constexpr double kDiscDampingTime = 0.0045;           // s
inline constexpr double kDiscBlendAngle = 1.0 * kRadPerDeg;  // ε, rad (estimate)
inline constexpr double kDiscPreloadClamp = 500.0;           // N

struct DiscAxis {
  CoordinateIndex coordinate;
  double stiffness_positive = 0.0;  // N m/rad, θ > 0
  double stiffness_negative = 0.0;  // N m/rad, θ < 0
  double damping = 0.0;             // N m s/rad
  double rest = 0.0;                // rad
};

struct Disc {
  std::array<DiscAxis, 3> axes;  // extension, bending, rotation
  double preload = 0.0;          // N, the frozen preload the stiffness was built with
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

// A disc at its frozen preload [N]; coordinates in axis order; `stiffness_scale` multiplies all (conditions).
inline Disc build_disc(const std::array<CoordinateIndex, 3>& coordinates, double preload,
                       double stiffness_scale) {
  constexpr double kFlexion = 1.8, kExtension = 2.6, kLateral = 2.3, kAxial = 8.4,
                   kAxialClamp = 13.0;  // N m/deg
  const double factor = calc_preload_factor(preload) * stiffness_scale;
  const double axial = std::min(kAxial * calc_preload_factor(preload), kAxialClamp) * stiffness_scale;
  const auto axis = [](CoordinateIndex i, double positive, double negative) {
    const double k_plus = positive * kDegPerRad, k_minus = negative * kDegPerRad;
    return DiscAxis{i, k_plus, k_minus, kDiscDampingTime * 0.5 * (k_plus + k_minus), 0.0};
  };
  Disc disc;
  disc.preload = preload;
  disc.axes = {axis(coordinates[0], kExtension * factor, kFlexion * factor),
               axis(coordinates[1], kLateral * factor, kLateral * factor),
               axis(coordinates[2], axial, axial)};
  return disc;
}

// Elastic moment on the superior vertebra [N m].
template <class T>
T calc_elastic_moment(const DiscAxis& axis, const T& q) {
  using std::sqrt;
  const double k_mean = 0.5 * (axis.stiffness_positive + axis.stiffness_negative);
  const double k_half_difference = 0.5 * (axis.stiffness_positive - axis.stiffness_negative);
  const T angle = q - T(axis.rest);
  const T magnitude = sqrt(angle * angle + T(kDiscBlendAngle * kDiscBlendAngle)) - T(kDiscBlendAngle);
  return -(angle * T(k_mean) + magnitude * T(k_half_difference));
}

// Energy stored by the elastic moment [J].
inline double calc_stored_energy(const DiscAxis& axis, double q) {
  const double e = kDiscBlendAngle;
  const double k_mean = 0.5 * (axis.stiffness_positive + axis.stiffness_negative);
  const double k_half_difference = 0.5 * (axis.stiffness_positive - axis.stiffness_negative);
  const double x = q - axis.rest;
  const double root_integral = 0.5 * (x * std::sqrt(x * x + e * e) + e * e * std::asinh(x / e));
  return 0.5 * k_mean * x * x + k_half_difference * (root_integral - e * x);
}

}  // namespace lumbarun
