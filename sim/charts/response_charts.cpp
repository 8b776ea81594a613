#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/charts/axes.h"
#include "sim/charts/chart_kinds.h"

namespace lumbarun {
namespace {

constexpr std::size_t kPanelsPerRow = 3;
constexpr double kPanelWidth = 128;
constexpr double kPanelHeight = 100;
constexpr double kGapX = 20;
constexpr double kGapY = 50;
constexpr double kLeft = 48;
constexpr double kTop = 34;
const Color kDot = {0.70, 0.74, 0.79};

void draw_level_axis(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                     const ResponsePanel& panel) {
  const double bottom = frame.get_bottom();
  const double room = frame.width / static_cast<double>(panel.levels.size()) - 2;
  for (std::size_t i = 0; i < panel.levels.size(); ++i) {
    const double x = calc_x(frame, range, static_cast<double>(i));
    drawing.add_line(x, bottom, x, bottom + 3, kInk, 0.8);
    drawing.words.push_back({shorten_text(panel.levels[i], 0.8 * kChartLetters, room), x, bottom + 12,
                             0.8 * kChartLetters, WordAlign::kCenter});
  }
  drawing.add_line(frame.left, bottom, frame.get_right(), bottom, kInk, 0.8);
  drawing.words.push_back(
      {panel.x_label, frame.left + 0.5 * frame.width, bottom + 26, kChartLetters, WordAlign::kCenter});
}

void draw_panel(Drawing& drawing, const PlotFrame& frame, const AxisRange& y, const ResponsePanel& panel,
                bool has_numbers) {
  const bool is_number = panel.levels.empty();
  const AxisRange x = is_number ? calc_data_range(panel.x, 5)
                                : AxisRange{-0.5, static_cast<double>(panel.levels.size()) - 0.5, 1};
  draw_y_axis(drawing, frame, y, has_numbers);
  is_number ? draw_x_axis(drawing, frame, x, panel.x_label) : draw_level_axis(drawing, frame, x, panel);
  for (std::size_t i = 0; i < panel.x.size(); ++i) {
    if (!std::isfinite(panel.x[i]) || !std::isfinite(panel.y[i])) continue;
    // Words: points beside each other in the order of the scenarios.
    const double aside = is_number ? 0 : 0.6 * (std::fmod(0.618034 * static_cast<double>(i), 1.0) - 0.5);
    drawing.add_dot(calc_x(frame, x, panel.x[i] + aside), calc_y(frame, y, panel.y[i]), 1.3, kDot);
  }
  Stroke mean{{}, kCurves[0], 1.6};
  for (std::size_t i = 0; i < panel.bin_x.size(); ++i) {
    const Estimate& bin = panel.bin_y[i];
    if (!std::isfinite(bin.value)) continue;
    const double at = calc_x(frame, x, panel.bin_x[i]);
    mean.points.push_back({at, calc_y(frame, y, bin.value)});
    drawing.add_dot(at, calc_y(frame, y, bin.value), 2.2, kCurves[0]);
    if (!std::isfinite(bin.low) || !std::isfinite(bin.high)) continue;
    drawing.add_line(at, calc_y(frame, y, std::max(bin.low, y.low)), at,
                     calc_y(frame, y, std::min(bin.high, y.high)), kCurves[0], 1.2);
  }
  if (is_number && mean.points.size() > 1) drawing.strokes.push_back(std::move(mean));
}

}  // namespace

Drawing build_response_chart(const std::string& title, const std::vector<ResponsePanel>& panels) {
  const std::size_t rows = (panels.size() + kPanelsPerRow - 1) / kPanelsPerRow;
  const std::size_t columns = std::min(panels.size(), kPanelsPerRow);
  Drawing drawing{kLeft + static_cast<double>(std::max<std::size_t>(columns, 2)) * (kPanelWidth + kGapX),
                  kTop + static_cast<double>(rows) * (kPanelHeight + kGapY) - 14,
                  {},
                  {},
                  {},
                  title};
  drawing.words.push_back({title, 8, 18, 1.15 * kChartLetters, WordAlign::kLeft, true});
  std::vector<std::vector<double>> values;
  for (const ResponsePanel& panel : panels) values.push_back(panel.y);
  const AxisRange range = calc_data_range(values);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const PlotFrame frame{kLeft + static_cast<double>(i % kPanelsPerRow) * (kPanelWidth + kGapX),
                          kTop + static_cast<double>(i / kPanelsPerRow) * (kPanelHeight + kGapY), kPanelWidth,
                          kPanelHeight};
    draw_panel(drawing, frame, range, panels[i], i % kPanelsPerRow == 0);
  }
  return drawing;
}

Drawing build_band_chart(const std::string& title, const std::vector<Estimate>& line) {
  Drawing drawing{380, 220, {}, {}, {}, title};
  const PlotFrame frame{52, 40, 304, 134};
  Curve mean{"", kCurves[0], false, {}};
  Curve low = mean;
  Curve high = mean;
  for (const Estimate& point : line) {
    mean.values.push_back(point.value);
    low.values.push_back(point.low);
    high.values.push_back(point.high);
  }
  const AxisRange range = calc_axis_range({mean, low, high});
  const AxisRange percent{0, static_cast<double>(line.size() - 1), 1};
  draw_axes(drawing, frame, title, range);
  Area band{{}, calc_mixture({1, 1, 1}, kCurves[0], 0.25)};
  Stroke stroke{{}, kCurves[0], 1.8};
  for (std::size_t i = 0; i < line.size(); ++i) {
    const double x = calc_x(frame, percent, static_cast<double>(i));
    band.points.push_back({x, calc_y(frame, range, line[i].high)});
    stroke.points.push_back({x, calc_y(frame, range, line[i].value)});
  }
  for (std::size_t i = line.size(); i-- > 0;) {
    band.points.push_back(
        {calc_x(frame, percent, static_cast<double>(i)), calc_y(frame, range, line[i].low)});
  }
  drawing.areas.push_back(std::move(band));
  drawing.strokes.push_back(std::move(stroke));
  return drawing;
}

Drawing build_surface_chart(const ChartText& text, const std::vector<double>& x_edges,
                            const std::vector<double>& y_edges, const std::vector<double>& cells,
                            const std::string& unit) {
  Drawing drawing{380, 240, {}, {}, {}, text.title};
  const PlotFrame frame{62, 40, 224, 156};
  const AxisRange range = calc_data_range(cells);
  const AxisRange x{x_edges.front(), x_edges.back(), calc_data_range(x_edges).step};
  const AxisRange y{y_edges.front(), y_edges.back(), calc_data_range(y_edges).step};
  draw_x_axis(drawing, frame, x, text.x_label, false);
  draw_y_axis(drawing, frame, y);
  drawing.words.push_back({text.title, 8, 18, 1.15 * kChartLetters, WordAlign::kLeft, true});
  drawing.words.push_back({text.y_label, frame.left, frame.top - 7, kChartLetters});
  for (std::size_t j = 0; j + 1 < y_edges.size(); ++j) {
    for (std::size_t i = 0; i + 1 < x_edges.size(); ++i) {
      const double cell = cells[j * (x_edges.size() - 1) + i];
      const Color color = calc_load_color((cell - range.low) / (range.high - range.low));
      const double left = calc_x(frame, x, x_edges[i]);
      const double top = calc_y(frame, y, y_edges[j + 1]);
      const double width = calc_x(frame, x, x_edges[i + 1]) - left;
      const double height = calc_y(frame, y, y_edges[j]) - top;
      drawing.add_rectangle(left, top, width, height, color);
      drawing.words.push_back({format_number(cell), left + 0.5 * width, top + 0.5 * height + 3,
                               0.9 * kChartLetters, WordAlign::kCenter, false, false,
                               calc_readable_color(color)});
    }
  }
  std::erase_if(drawing.strokes, [](const Stroke& stroke) { return stroke.color == kGridColor; });
  draw_color_scale(drawing, frame, range, unit);
  return drawing;
}

}  // namespace lumbarun
