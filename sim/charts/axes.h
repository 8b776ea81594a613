// Axes, curves and legends of a chart.
#pragma once

#include <string>
#include <vector>

#include "sim/charts/drawing.h"

namespace lumbarun {

inline constexpr double kChartLetters = 9;
inline constexpr Color kGridColor = {0.88, 0.89, 0.91};

struct Curve {
  std::string name;
  Color color;
  bool is_dashed;
  std::vector<double> values;  // one per x; NaN: a gap
};

// The rectangle between the axes, points.
struct PlotFrame {
  double left;
  double top;
  double width;
  double height;

  double get_right() const { return left + width; }
  double get_bottom() const { return top + height; }
};

struct AxisRange {
  double low;
  double high;
  double step;  // between ticks, which are multiples of it
};
// Covers all finite values and zero, with ends on ticks.
AxisRange calc_axis_range(const std::vector<Curve>& curves);
// Covers the finite values and a little more; at most `ticks` of them.
AxisRange calc_data_range(const std::vector<double>& values, int ticks = 6);
// The same about the values of one group after the other.
AxisRange calc_data_range(const std::vector<std::vector<double>>& groups, int ticks = 6);

double calc_x(const PlotFrame& frame, const AxisRange& range, double value);
double calc_y(const PlotFrame& frame, const AxisRange& range, double value);
std::vector<double> calc_ticks(const AxisRange& range);
std::string format_tick(double value, double step);
// Four digits; a dash for NaN.
std::string format_number(double value);
// "name [unit]"; without a unit the name alone.
std::string build_label(const std::string& name, const std::string& unit);
// Words on lines that are no wider than `width`, points; breaks at spaces and underscores.
std::vector<std::string> wrap_text(const std::string& text, double size, double width);
// Shortened to `width`, with dots.
std::string shorten_text(const std::string& text, double size, double width);

// Below: ticks, numbers and label; the grid if wanted.
void draw_x_axis(Drawing& drawing, const PlotFrame& frame, const AxisRange& range, const std::string& label,
                 bool has_grid = true);
// At the left: grid, ticks and numbers.
void draw_y_axis(Drawing& drawing, const PlotFrame& frame, const AxisRange& range, bool has_numbers = true);
// Axis from 0 to 100 % of the stride below, `range` at the left, with title and grid.
void draw_axes(Drawing& drawing, const PlotFrame& frame, const std::string& title, const AxisRange& range);
void draw_stride_axis(Drawing& drawing, const PlotFrame& frame);
void draw_title(Drawing& drawing, const PlotFrame& frame, const std::string& title);
// Curves over `percent`.
void draw_lines(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                const std::vector<double>& percent, const std::vector<Curve>& curves);
// With their names at the right.
void draw_curves(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                 const std::vector<double>& percent, const std::vector<Curve>& curves);
// Curves stacked as areas, positive above and negative below zero.
void draw_stack(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                const std::vector<double>& percent, const std::vector<Curve>& curves);
void draw_legend(Drawing& drawing, const PlotFrame& frame, const std::vector<Curve>& curves, bool is_filled);
// Viridis from low to high along the right of the frame, with numbers.
void draw_color_scale(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                      const std::string& unit);

}  // namespace lumbarun
