#include "viz/charts/axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lumbarun::viz {
namespace {

constexpr double kLetters = 9;
const Color kGrid = {0.88, 0.89, 0.91};

// Round steps of 1, 2 or 5 that cut the range into 4 to 8 parts.
double calc_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 4)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (range / (factor * power) <= 8) return factor * power;
  }
  return 10 * power;
}

double calc_x(const PlotFrame& frame, double percent) { return frame.left + frame.width * percent / 100; }

double calc_y(const PlotFrame& frame, const AxisRange& range, double value) {
  return frame.top + frame.height * (range.high - value) / (range.high - range.low);
}

std::string format_tick(double value, double step) {
  const int digits = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
  return fmt::format("{:.{}f}", std::abs(value) < 1e-12 ? 0.0 : value, digits);
}

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

void draw_stride_axis(Drawing& drawing, const PlotFrame& frame) {
  const double bottom = frame.top + frame.height;
  for (int tick = 0; tick <= 100; tick += 20) {
    const double x = calc_x(frame, tick);
    drawing.add_line(x, bottom, x, bottom + 3, kInk, 0.8);
    drawing.words.push_back({fmt::format("{}", tick), x, bottom + 13, kLetters, WordAlign::kCenter});
  }
  drawing.add_line(frame.left, bottom, frame.left + frame.width, bottom, kInk, 0.8);
  drawing.words.push_back({"Stride from right foot contact [%]", frame.left + 0.5 * frame.width, bottom + 26,
                           kLetters, WordAlign::kCenter});
}

void draw_axes(Drawing& drawing, const PlotFrame& frame, const std::string& title, const AxisRange& range) {
  for (int tick = 20; tick <= 100; tick += 20) {
    drawing.add_line(calc_x(frame, tick), frame.top, calc_x(frame, tick), frame.top + frame.height, kGrid,
                     0.6);
  }
  const auto count = static_cast<int>(std::lround((range.high - range.low) / range.step));
  for (int i = 0; i <= count; ++i) {
    const double value = range.low + i * range.step;
    const double y = calc_y(frame, range, value);
    drawing.add_line(frame.left, y, frame.left + frame.width, y,
                     std::abs(value) < 1e-9 * range.step ? Color{0.6, 0.62, 0.65} : kGrid, 0.6);
    drawing.words.push_back(
        {format_tick(value, range.step), frame.left - 5, y + 3.2, kLetters, WordAlign::kRight});
  }
  drawing.add_line(frame.left, frame.top, frame.left, frame.top + frame.height, kInk, 0.8);
  drawing.words.push_back({title, frame.left, frame.top - 8, 1.15 * kLetters, WordAlign::kLeft, true});
  draw_stride_axis(drawing, frame);
}

void draw_curves(Drawing& drawing, const PlotFrame& frame, const AxisRange& range,
                 const std::vector<double>& percent, const std::vector<Curve>& curves) {
  for (const Curve& curve : curves) {
    Stroke stroke{{}, curve.color, curve.is_dashed ? 1.2 : 1.6, curve.is_dashed};
    const auto finish = [&] {
      if (stroke.points.size() > 1) drawing.strokes.push_back(stroke);
      stroke.points.clear();
    };
    for (std::size_t i = 0; i < percent.size(); ++i) {
      if (std::isfinite(curve.values[i])) {
        stroke.points.push_back({calc_x(frame, percent[i]), calc_y(frame, range, curve.values[i])});
      } else {
        finish();
      }
    }
    finish();
  }
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
        back.push_back({calc_x(frame, percent[i]), calc_y(frame, range, base[i])});
        base[i] += part;
        area.points.push_back({calc_x(frame, percent[i]), calc_y(frame, range, base[i])});
      }
      area.points.insert(area.points.end(), back.rbegin(), back.rend());
      drawing.areas.push_back(std::move(area));
    }
  }
  draw_legend(drawing, frame, curves, true);
}

void draw_legend(Drawing& drawing, const PlotFrame& frame, const std::vector<Curve>& curves, bool is_filled) {
  const double x = frame.left + frame.width + 10;
  double y = frame.top + 8;
  for (const Curve& curve : curves) {
    if (is_filled) {
      drawing.add_rectangle(x, y - 7, 14, 8, curve.color);
    } else {
      drawing.strokes.push_back({{{x, y - 3}, {x + 16, y - 3}}, curve.color, 1.8, curve.is_dashed});
    }
    drawing.words.push_back({curve.name, x + 20, y, kLetters});
    y += 14;
  }
}

}  // namespace lumbarun::viz
