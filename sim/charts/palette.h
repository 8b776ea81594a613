// The colours of pictures and charts: legible for colour-blind readers, on light ground.
#pragma once

#include <array>

namespace lumbarun {

using Color = std::array<double, 3>;  // red, green, blue, 0 to 1

inline constexpr Color kInk = {0.13, 0.15, 0.18};
inline constexpr Color kWarning = {0.70, 0.10, 0.10};
// Where there is no number.
inline constexpr Color kUndefined = {0.62, 0.62, 0.62};

// Six curves that stay apart for every kind of colour vision: Okabe & Ito (2008) without its yellow.
inline constexpr std::array<Color, 6> kCurves = {{{0.000, 0.447, 0.698},
                                                  {0.902, 0.624, 0.000},
                                                  {0.000, 0.620, 0.451},
                                                  {0.800, 0.475, 0.655},
                                                  {0.337, 0.706, 0.914},
                                                  {0.835, 0.369, 0.000}}};

// Evenly spaced colours of viridis (Smith & van der Walt 2015): perceptually uniform. For loads.
inline constexpr std::array<Color, 9> kViridis = {{{0.267, 0.005, 0.329},
                                                   {0.283, 0.141, 0.458},
                                                   {0.254, 0.265, 0.530},
                                                   {0.207, 0.372, 0.553},
                                                   {0.164, 0.471, 0.558},
                                                   {0.128, 0.567, 0.551},
                                                   {0.267, 0.679, 0.481},
                                                   {0.478, 0.821, 0.318},
                                                   {0.993, 0.906, 0.144}}};

// Viridis at `share` of its length, 0 to 1; kUndefined for NaN.
Color calc_load_color(double share);
// `share` of the way from `from` to `to`.
Color calc_mixture(const Color& from, const Color& to, double share);
// Ink or white, whichever can be read on `ground`.
Color calc_readable_color(const Color& ground);

}  // namespace lumbarun
