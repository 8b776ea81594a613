// Inside everything is SI and radians. These convert at the boundary (tables, scenario keys, reports).
#pragma once

#include <numbers>

namespace lumbarun {

inline constexpr double kPi = std::numbers::pi;
inline constexpr double kRadPerDeg = kPi / 180.0;
inline constexpr double kDegPerRad = 180.0 / kPi;
inline constexpr double kSquareMetrePerSquareCentimetre = 1e-4;

// Standard gravity, m/s² (CGPM 1901, rounded to 9.80665).
inline constexpr double kStandardGravity = 9.80665;

inline constexpr double deg_to_rad(double deg) { return deg * kRadPerDeg; }
inline constexpr double rad_to_deg(double rad) { return rad * kDegPerRad; }

}  // namespace lumbarun
