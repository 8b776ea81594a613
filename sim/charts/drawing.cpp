#include "sim/charts/drawing.h"

#include <array>
#include <cmath>
#include <numbers>

namespace lumbarun {

void Drawing::add_rectangle(double x, double y, double w, double h, const Color& color) {
  areas.push_back({{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}}, color});
}

void Drawing::add_dot(double x, double y, double radius, const Color& color) {
  constexpr int kCorners = 12;
  Area area{{}, color};
  for (int i = 0; i < kCorners; ++i) {
    const double angle = 2 * std::numbers::pi * (i + 0.5) / kCorners;
    area.points.push_back({x + radius * std::cos(angle), y + radius * std::sin(angle)});
  }
  areas.push_back(std::move(area));
}

void Drawing::add_line(double x0, double y0, double x1, double y1, const Color& color, double line_width) {
  strokes.push_back({{{x0, y0}, {x1, y1}}, color, line_width});
}

double calc_text_width(const std::string& text, double size) {
  // Adobe's font metrics of Helvetica, thousandths of the size, from the space to the tilde.
  static constexpr std::array<int, 95> kWidths = {
      278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
      556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
      611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
      667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
      222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
  double width = 0;
  for (char letter : text) {
    if ((static_cast<unsigned char>(letter) & 0xc0) == 0x80) continue;  // the rest of a letter of UTF-8
    const int index = static_cast<unsigned char>(letter) - 32;
    width += index >= 0 && index < 95 ? kWidths[static_cast<std::size_t>(index)] : 556;
  }
  return width * size / 1000;
}

}  // namespace lumbarun
