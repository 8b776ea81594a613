// The colours of the scene.
#pragma once

#include <vtkColorTransferFunction.h>
#include <vtkSmartPointer.h>

#include "sim/charts/palette.h"

namespace lumbarun::viz {

inline constexpr Color kBone = {0.925, 0.880, 0.790};
inline constexpr Color kCartilage = {0.780, 0.800, 0.800};
inline constexpr Color kForce = {0.000, 0.360, 0.650};
inline constexpr Color kGround = {0.865, 0.875, 0.880};
inline constexpr Color kSkyTop = {0.840, 0.885, 0.925};
inline constexpr Color kSkyLow = {0.975, 0.980, 0.985};
inline constexpr Color kShoeUpper = {0.95, 0.47, 0.13};
inline constexpr Color kMidsole = {0.965, 0.960, 0.945};
inline constexpr Color kOutsole = {0.20, 0.21, 0.23};
inline constexpr Color kHeldThing = {0.66, 0.62, 0.55};
inline constexpr Color kSock = {0.60, 0.63, 0.66};

using ColorMap = vtkSmartPointer<vtkColorTransferFunction>;

// Viridis, for disc loads.
ColorMap build_load_colors(double low, double high);
// From pale flesh to deep red, lightness falling evenly. For muscles.
ColorMap build_muscle_colors(double low, double high);
// Blue, grey, orange, apart for every kind of colour vision. For differences.
ColorMap build_difference_colors(double low, double high);

// kUndefined where there is no number.
Color get_color(vtkColorTransferFunction* colors, double value);

// A bone's colour where it is hidden by its other parts: `shade` from 0 to 255.
Color calc_shaded(const Color& color, double shade);

}  // namespace lumbarun::viz
