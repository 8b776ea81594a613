#include "sim/charts/axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lumbarun {
namespace {

// Round steps of 1, 2 or 5 that cut the range into 4 to 8 parts.
double calc_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 4)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (range / (factor * power) <= 8) return factor * power;
  }
  return 10 * power;
}

constexpr AxisRange kStride = {0, 100, 20};

}  // namespace

AxisRange calc_axis_range(const std::vector<Curve>& curves) {
  double low = 0;
  double high = 0;
  for (const Curve& curve : curves) {
    for (double value : curve.values) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  if (high - low <= 0) high = 1;
  const double step = calc_step(high - low);
  return {step * std::floor(low / step), step * std::ceil(high / step), step};
}

AxisRange calc_data_range(const std::vector<double>& values, int ticks) {
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (double value : values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (low > high) low = high = 0;
  const double spread = high - low;
  const double rim = spread > 0 ? 0.05 * spread : std::max(0.1 * std::abs(low), 1e-9);
  AxisRange range{low - rim, high + rim, 0};
  range.step = calc_step(range.high - range.low);
  while ((range.high - range.low) / range.step > ticks) range.step *= 2;
  return range;
}

AxisRange calc_data_range(const std::vector<std::vector<double>>& groups, int ticks) {
  std::vector<double> values;
  for (const auto& group : groups) values.insert(values.end(), group.begin(), group.end());
  return calc_data_range(values, ticks);
}

double calc_x(const PlotFrame& frame, const AxisRange& range, double value) {
  return frame.left + frame.width * (value - range.low) / (range.high - range.low);
}

double calc_y(const PlotFrame& frame, const AxisRange& range, double value) {
  return frame.top + frame.height * (range.high - value) / (range.high - range.low);
}

std::vector<double> calc_ticks(const AxisRange& range) {
  std::vector<double> ticks;
  const auto last = static_cast<int>(std::floor(range.high / range.step + 1e-9));
  for (auto i = static_cast<int>(std::ceil(range.low / range.step - 1e-9)); i <= last; ++i)
    ticks.push_back(i * range.step);
  return ticks;
}

std::string format_tick(double value, double step) {
  if (step < 1e-4) return fmt::format("{:.3g}", value);
  const int digits = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  return fmt::format("{:.{}f}", std::abs(value) < 1e-12 ? 0.0 : value, digits);
}

std::string format_number(double value) { return std::isfinite(value) ? fmt::format("{:.4g}", value) : "–"; }

std::string build_label(const std::string& name, const std::string& unit) {
  return unit.empty() || unit == "1" ? name : name + " [" + unit + "]";
}

std::vector<std::string> wrap_text(const std::string& text, double size, double width) {
  std::vector<std::string> lines = {""};
  std::string word;
  const auto flush = [&] {
    if (!lines.back().empty() && calc_text_width(lines.back() + word, size) > width) lines.emplace_back();
    lines.back() += word;
    word.clear();
  };
  for (char letter : text) {
    word += letter;
    if (letter == ' ' || letter == '_') flush();
  }
  flush();
  return lines;
}

std::string shorten_text(const std::string& text, double size, double width) {
  if (calc_text_width(text, size) <= width) return text;
  std::string part = text;
  while (!part.empty() && calc_text_width(part + "…", size) > width) part.pop_back();
  return part + "…";
}

void draw_x_axis(Drawing& drawing, const PlotFrame& frame, const AxisRange& range, const std::string& label,
                 bool has_grid) {
  const double bottom = frame.get_bottom();
  for (double tick : calc_ticks(range)) {
    const double x = calc_x(frame, range, tick);
    if (has_grid && x > frame.left + 1e-9) drawing.add_line(x, frame.top, x, bottom, kGridColor, 0.6);
  }
  for (double tick : calc_ticks(range)) {
    const double x = calc_x(frame, range, tick);
    drawing.add_line(x, bottom, x, bottom + 3, kInk, 0.8);
    drawing.words.push_back(
        {format_tick(tick, range.step), x, bottom + 13, kChartLetters, WordAlign::kCenter});
  }
  drawing.add_line(frame.left, bottom, frame.get_right(), bottom, kInk, 0.8);
  drawing.words.push_back(
      {label, frame.left + 0.5 * frame.width, bottom + 26, kChartLetters, WordAlign::kCenter});
}

void draw_y_axis(Drawing& drawing, const PlotFrame& frame, const AxisRange& range, bool has_numbers) {
  for (double tick : calc_ticks(range)) {
    const double y = calc_y(frame, range, tick);
    drawing.add_line(frame.left, y, frame.get_right(), y,
                     std::abs(tick) < 1e-9 * range.step ? Color{0.6, 0.62, 0.65} : kGridColor, 0.6);
    if (!has_numbers) continue;
    drawing.words.push_back(
        {format_tick(tick, range.step), frame.left - 5, y + 3.2, kChartLetters, WordAlign::kRight});
  }
  drawing.add_line(frame.left, frame.top, frame.left, frame.get_bottom(), kInk, 0.8);
}

void draw_stride_axis(Drawing& drawing, const PlotFrame& frame) {
  draw_x_axis(drawing, frame, kStride, "Stride from right foot contact [%]", false);
}

void draw_title(Drawing& drawing, const PlotFrame& frame, const std::string& title) {
  drawing.words.push_back({title, frame.left, frame.top - 8, 1.15 * kChartLetters, WordAlign::kLeft, true});
}

void draw_axes(Drawing& drawing, const PlotFrame& frame, const std::string& title, const AxisRange& range) {
  draw_y_axis(drawing, frame, range);
  draw_title(drawing, frame, title);
  draw_x_axis(drawing, frame, kStride, "Stride from right foot contact [%]");
}

void draw_lines(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                const std::vector<double>& percent, const std::vector<Curve>& curves) {
  for (const Curve& curve : curves) {
    Stroke stroke{{}, curve.color, curve.is_dashed ? 1.2 : 1.6, curve.is_dashed};
    const auto finish = [&] {
      if (stroke.points.size() > 1) drawing.strokes.push_back(stroke);
      stroke.points.clear();
    };
    for (std::size_t i = 0; i < percent.size(); ++i) {
      if (std::isfinite(curve.values[i])) {
        stroke.points.push_back({calc_x(frame, kStride, percent[i]), calc_y(frame, range, curve.values[i])});
      } else {
        finish();
      }
    }
    finish();
  }
}

void draw_curves(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                 const std::vector<double>& percent, const std::vector<Curve>& curves) {
  draw_lines(drawing, frame, range, percent, curves);
  draw_legend(drawing, frame, curves, false);
}

void draw_stack(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                const std::vector<double>& percent, const std::vector<Curve>& curves) {
  std::vector<double> above(percent.size(), 0.0);
  std::vector<double> below(percent.size(), 0.0);
  for (const Curve& curve : curves) {
    for (bool is_above : {true, false}) {
      std::vector<double>& base = is_above ? above : below;
      Area area{{}, curve.color};
      std::vector<PlanePoint> back;
      for (std::size_t i = 0; i < percent.size(); ++i) {
        const double value = std::isfinite(curve.values[i]) ? curve.values[i] : 0;
        const double part = is_above ? std::max(0.0, value) : std::min(0.0, value);
        back.push_back({calc_x(frame, kStride, percent[i]), calc_y(frame, range, base[i])});
        base[i] += part;
        area.points.push_back({calc_x(frame, kStride, percent[i]), calc_y(frame, range, base[i])});
      }
      area.points.insert(area.points.end(), back.rbegin(), back.rend());
      drawing.areas.push_back(std::move(area));
    }
  }
  draw_legend(drawing, frame, curves, true);
}

void draw_legend(Drawing& drawing, const PlotFrame& frame, const std::vector<Curve>& curves, bool is_filled) {
  const double x = frame.get_right() + 10;
  double y = frame.top + 8;
  for (const Curve& curve : curves) {
    if (is_filled) {
      drawing.add_rectangle(x, y - 7, 14, 8, curve.color);
    } else {
      drawing.strokes.push_back({{{x, y - 3}, {x + 16, y - 3}}, curve.color, 1.8, curve.is_dashed});
    }
    drawing.words.push_back({curve.name, x + 20, y, kChartLetters});
    y += 14;
  }
}

void draw_color_scale(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                      const std::string& unit) {
  constexpr int kSteps = 64;
  constexpr double kWidth = 12;
  const double x = frame.get_right() + 16;
  const double height = frame.height / kSteps;
  for (int s = 0; s < kSteps; ++s) {
    // A little overlap: no seams.
    drawing.add_rectangle(x, frame.top + s * height, kWidth, s + 1 < kSteps ? 1.1 * height : height,
                          calc_load_color(1 - (s + 0.5) / kSteps));
  }
  for (double tick : calc_ticks(range)) {
    drawing.words.push_back({format_tick(tick, range.step) + " " + unit, x + kWidth + 5,
                             calc_y(frame, range, tick) + 3, kChartLetters});
  }
}

}  // namespace lumbarun
