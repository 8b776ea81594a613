// Axes, curves and legends of a chart.
#pragma once

#include <string>
#include <vector>

#include "viz/charts/drawing.h"

namespace lumbarun::viz {

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
};

struct AxisRange {
  double low;
  double high;
  double step;  // between ticks
};
// Covers all finite values and zero, with ends on ticks.
AxisRange calc_axis_range(const std::vector<Curve>& curves);

// Axis from 0 to 100 % of the stride below, `range` at the left, with title and grid.
void draw_axes(Drawing& drawing, const PlotFrame& frame, const std::string& title, const AxisRange& range);
void draw_stride_axis(Drawing& drawing, const PlotFrame& frame);
// Curves over `percent`, with their names at the right.
void draw_curves(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                 const std::vector<double>& percent, const std::vector<Curve>& curves);
// Curves stacked as areas, positive above and negative below zero.
void draw_stack(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                const std::vector<double>& percent, const std::vector<Curve>& curves);
void draw_legend(Drawing& drawing, const PlotFrame& frame, const std::vector<Curve>& curves, bool is_filled);

}  // namespace lumbarun::viz
