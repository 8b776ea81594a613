#include "viz/scene/colors.h"

#include <vtkNew.h>

#include <cmath>

namespace lumbarun::viz {
namespace {

template <std::size_t N>
ColorMap build_colors(const std::array<Color, N>& colors, double low, double high) {
  vtkNew<vtkColorTransferFunction> function;
  for (std::size_t i = 0; i < N; ++i) {
    const double value = low + (high - low) * static_cast<double>(i) / (N - 1);
    function->AddRGBPoint(value, colors[i][0], colors[i][1], colors[i][2]);
  }
  return function;
}

}  // namespace

ColorMap build_load_colors(double low, double high) { return build_colors(kViridis, low, high); }

ColorMap build_muscle_colors(double low, double high) {
  static constexpr std::array<Color, 5> kFlesh = {{{0.960, 0.845, 0.790},
                                                   {0.925, 0.640, 0.560},
                                                   {0.850, 0.410, 0.350},
                                                   {0.700, 0.180, 0.170},
                                                   {0.440, 0.030, 0.070}}};
  return build_colors(kFlesh, low, high);
}

ColorMap build_difference_colors(double low, double high) {
  static constexpr std::array<Color, 5> kBlueOrange = {{{0.020, 0.250, 0.560},
                                                        {0.400, 0.640, 0.850},
                                                        {0.930, 0.930, 0.920},
                                                        {0.960, 0.640, 0.310},
                                                        {0.680, 0.270, 0.020}}};
  return build_colors(kBlueOrange, low, high);
}

Color get_color(vtkColorTransferFunction* colors, double value) {
  Color color = kUndefined;
  if (std::isfinite(value)) colors->GetColor(value, color.data());
  return color;
}

Color calc_shaded(const Color& color, double shade) {
  constexpr Color kHidden = {0.36, 0.25, 0.17};
  const double t = shade / 255;
  Color result;
  for (std::size_t i = 0; i < 3; ++i) result[i] = color[i] * (t + (1 - t) * kHidden[i]);
  return result;
}

}  // namespace lumbarun::viz
