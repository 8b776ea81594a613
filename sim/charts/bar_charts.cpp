#include <algorithm>
#include <cmath>

#include "sim/charts/axes.h"
#include "sim/charts/chart_kinds.h"

namespace lumbarun {
namespace {

constexpr double kWidth = 380;
constexpr double kRow = 22;
constexpr double kNames = 130;  // room for the names of the bars
constexpr double kTop = 40;
constexpr double kFoot = 36;

struct BarPage {
  Drawing drawing;
  PlotFrame frame;
};

BarPage build_page(const ChartText& text, std::size_t rows, double legend, double right) {
  const PlotFrame frame{kNames + 8, kTop + legend, kWidth - kNames - 8 - right,
                        kRow * static_cast<double>(rows)};
  Drawing drawing{kWidth, frame.get_bottom() + kFoot, {}, {}, {}, text.title};
  drawing.words.push_back({text.title, 8, 18, 1.15 * kChartLetters, WordAlign::kLeft, true});
  return {std::move(drawing), frame};
}

void add_interval(BarPage& page, const AxisRange& range, const Estimate& estimate, double y) {
  if (!std::isfinite(estimate.low) || !std::isfinite(estimate.high)) return;
  const double low = calc_x(page.frame, range, estimate.low);
  const double high = calc_x(page.frame, range, estimate.high);
  page.drawing.add_line(low, y, high, y, kInk, 0.9);
  for (double x : {low, high}) page.drawing.add_line(x, y - 2.5, x, y + 2.5, kInk, 0.9);
}

void add_name(BarPage& page, const std::string& name, double y) {
  const auto lines = wrap_text(name, kChartLetters, kNames - 4);
  double at = y + 3 - 4.7 * static_cast<double>(std::min<std::size_t>(lines.size(), 2) - 1);
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 2); ++i, at += 9.4) {
    page.drawing.words.push_back({shorten_text(lines[i], kChartLetters, kNames - 4), page.frame.left - 6, at,
                                  kChartLetters, WordAlign::kRight});
  }
}

void add_key(BarPage& page, const std::vector<std::string>& names) {
  double x = page.frame.left;
  for (std::size_t i = 0; i < names.size(); ++i) {
    page.drawing.add_rectangle(x, kTop - 10, 12, 8, kCurves[i % kCurves.size()]);
    page.drawing.words.push_back({names[i], x + 16, kTop - 3, kChartLetters});
    x += 30 + calc_text_width(names[i], kChartLetters);
  }
}

AxisRange calc_bar_range(const std::vector<Estimate>& estimates, double anchor) {
  std::vector<double> values = {anchor};
  for (const Estimate& item : estimates) values.insert(values.end(), {item.value, item.low, item.high});
  return calc_data_range(values);
}

double get_span(const TornadoBar& bar) {
  const double span = std::abs(bar.high.value - bar.low.value);
  return std::isfinite(span) ? span : -1;
}

}  // namespace

Drawing build_bar_chart(const ChartText& text, const std::vector<std::string>& names,
                        const std::vector<BarSeries>& series) {
  std::vector<Estimate> all;
  std::vector<std::string> legend;
  for (const BarSeries& item : series) {
    all.insert(all.end(), item.bars.begin(), item.bars.end());
    legend.push_back(item.name);
  }
  BarPage page = build_page(text, names.size(), series.size() > 1 ? 14 : 0, 16);
  if (series.size() > 1) add_key(page, legend);
  const AxisRange range = calc_bar_range(all, 0);
  draw_x_axis(page.drawing, page.frame, range, text.x_label);
  const double thick = 0.72 * kRow / static_cast<double>(series.size());
  const double zero = calc_x(page.frame, range, 0);
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double top = page.frame.top + kRow * static_cast<double>(i);
    add_name(page, names[i], top + 0.5 * kRow);
    for (std::size_t s = 0; s < series.size(); ++s) {
      const Estimate& bar = series[s].bars[i];
      if (!std::isfinite(bar.value)) continue;
      const double y = top + 0.14 * kRow + thick * static_cast<double>(s);
      const double end = calc_x(page.frame, range, bar.value);
      page.drawing.add_rectangle(std::min(zero, end), y, std::abs(end - zero), thick - 1,
                                 kCurves[s % kCurves.size()]);
      add_interval(page, range, bar, y + 0.5 * (thick - 1));
    }
  }
  page.drawing.add_line(zero, page.frame.top, zero, page.frame.get_bottom(), kInk, 0.9);
  return page.drawing;
}

Drawing build_tornado_chart(const ChartText& text, double middle, std::vector<TornadoBar> bars) {
  std::stable_sort(bars.begin(), bars.end(),
                   [](const TornadoBar& a, const TornadoBar& b) { return get_span(a) > get_span(b); });
  std::vector<Estimate> all;
  for (const TornadoBar& bar : bars) all.insert(all.end(), {bar.low, bar.high});
  BarPage page = build_page(text, bars.size(), 14, 16);
  add_key(page, {"input low", "input high"});
  AxisRange range = calc_bar_range(all, middle);
  // Room for the words at the ends of the bars.
  const double rim = 0.22 * (range.high - range.low);
  range = {range.low - rim, range.high + rim, calc_data_range({range.low - rim, range.high + rim}).step};
  draw_x_axis(page.drawing, page.frame, range, text.x_label);
  const double zero = calc_x(page.frame, range, middle);
  for (std::size_t i = 0; i < bars.size(); ++i) {
    const TornadoBar& bar = bars[i];
    const double top = page.frame.top + kRow * static_cast<double>(i);
    add_name(page, bar.name, top + 0.5 * kRow);
    const bool is_turned = bar.low.value > bar.high.value;
    // Both ends on one side of the mean of all: the shorter bar on top.
    const bool is_high_first = std::abs(bar.high.value - middle) > std::abs(bar.low.value - middle);
    for (bool is_high : {is_high_first, !is_high_first}) {
      const Estimate& end = is_high ? bar.high : bar.low;
      if (!std::isfinite(end.value)) continue;
      const double x = calc_x(page.frame, range, end.value);
      page.drawing.add_rectangle(std::min(zero, x), top + 0.16 * kRow, std::abs(x - zero), 0.68 * kRow,
                                 kCurves[is_high ? 1 : 0]);
      add_interval(page, range, end, top + 0.5 * kRow);
      const bool is_right = is_high != is_turned;
      const double rim_x =
          calc_x(page.frame, range,
                 is_right ? std::max(end.value, std::isfinite(end.high) ? end.high : end.value)
                          : std::min(end.value, std::isfinite(end.low) ? end.low : end.value));
      page.drawing.words.push_back({is_high ? bar.high_text : bar.low_text, rim_x + (is_right ? 4 : -4),
                                    top + 0.5 * kRow + 2.8, 0.88 * kChartLetters,
                                    is_right ? WordAlign::kLeft : WordAlign::kRight});
    }
  }
  page.drawing.add_line(zero, page.frame.top, zero, page.frame.get_bottom(), kInk, 0.9);
  return page.drawing;
}

}  // namespace lumbarun
