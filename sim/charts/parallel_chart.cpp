#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/charts/axes.h"
#include "sim/charts/chart_kinds.h"

namespace lumbarun {
namespace {

constexpr double kColumn = 66;  // from axis to axis
constexpr double kLeft = 40;
constexpr double kTop = 68;
constexpr double kHeight = 170;
constexpr double kSmall = 8;
constexpr std::size_t kMostLines = 400;

struct Scale {
  AxisRange range;
  bool has_levels;
};

Scale calc_scale(const ParallelAxis& axis) {
  if (axis.levels.empty()) return {calc_data_range(axis.values, 6), false};
  return {{-0.3, static_cast<double>(axis.levels.size()) - 0.7, 1}, true};
}

void draw_axis(Drawing& drawing, const PlotFrame& frame, const ParallelAxis& axis, double x) {
  const Scale scale = calc_scale(axis);
  drawing.add_line(x, frame.top, x, frame.get_bottom(), kInk, 1.0);
  const auto add_tick = [&](double value, const std::string& text) {
    const double y = calc_y(frame, scale.range, value);
    drawing.add_line(x, y, x + 3, y, kInk, 0.8);
    // Numbers stand on paper of their own: lines run behind them.
    const std::string shown = shorten_text(text, kSmall, kColumn - 12);
    drawing.add_line(x + 4, y, x + 6 + calc_text_width(shown, kSmall), y, {1, 1, 1}, 8.5);
    drawing.words.push_back({shown, x + 5, y + 2.8, kSmall});
  };
  if (scale.has_levels) {
    for (std::size_t i = 0; i < axis.levels.size(); ++i) add_tick(static_cast<double>(i), axis.levels[i]);
  } else {
    for (double tick : calc_ticks(scale.range)) add_tick(tick, format_tick(tick, scale.range.step));
  }
  const auto lines = wrap_text(axis.label, kSmall, kColumn - 6);
  double y = frame.top - 8 - 9 * static_cast<double>(std::min<std::size_t>(lines.size(), 4) - 1);
  for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 4); ++i, y += 9) {
    drawing.words.push_back(
        {shorten_text(lines[i], kSmall, kColumn - 4), x, y, kSmall, WordAlign::kCenter, true});
  }
}

// Scenarios with all values, the lowest of the last axis first.
std::vector<std::size_t> find_scenarios(const std::vector<ParallelAxis>& axes) {
  std::vector<std::size_t> whole;
  for (std::size_t i = 0; i < axes.back().values.size(); ++i) {
    const bool is_whole = std::all_of(
        axes.begin(), axes.end(), [&](const ParallelAxis& axis) { return std::isfinite(axis.values[i]); });
    if (is_whole) whole.push_back(i);
  }
  const std::size_t step = 1 + whole.size() / kMostLines;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < whole.size(); i += step) shown.push_back(whole[i]);
  std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
    return axes.back().values[a] < axes.back().values[b];
  });
  return shown;
}

}  // namespace

Drawing build_parallel_chart(const std::string& title, const std::vector<ParallelAxis>& axes) {
  const double count = static_cast<double>(axes.size());
  Drawing drawing{kLeft + kColumn * (count - 1) + 60, kTop + kHeight + 30, {}, {}, {}, title};
  const PlotFrame frame{kLeft, kTop, kColumn * (count - 1), kHeight};
  drawing.words.push_back({title, 8, 16, 1.15 * kChartLetters, WordAlign::kLeft, true});
  const std::vector<std::size_t> shown = find_scenarios(axes);
  const AxisRange last = calc_scale(axes.back()).range;
  for (std::size_t scenario : shown) {
    const double value = axes.back().values[scenario];
    Stroke line{{}, calc_load_color((value - last.low) / (last.high - last.low)), 0.7};
    for (std::size_t a = 0; a < axes.size(); ++a) {
      const AxisRange range = calc_scale(axes[a]).range;
      // Lines of one word lie beside each other, not over each other.
      const double aside =
          axes[a].levels.empty() ? 0 : 0.3 * (std::fmod(0.618034 * static_cast<double>(scenario), 1.0) - 0.5);
      line.points.push_back({frame.left + kColumn * static_cast<double>(a),
                             calc_y(frame, range, axes[a].values[scenario] + aside)});
    }
    drawing.strokes.push_back(std::move(line));
  }
  for (std::size_t a = 0; a < axes.size(); ++a)
    draw_axis(drawing, frame, axes[a], frame.left + kColumn * static_cast<double>(a));
  const std::size_t all = axes.back().values.size();
  drawing.words.push_back({fmt::format("{} of {} scenarios; colour: the last axis", shown.size(), all), 8,
                           drawing.height - 8, kSmall});
  return drawing;
}

}  // namespace lumbarun
