#include "scenarios/report/svg_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/report/svg_plot.h"

namespace lumbarun {
namespace {

const char* get_color(std::size_t series) { return kChartColors[series % std::size(kChartColors)]; }

std::string calc_path(const SvgPlot& plot, const std::vector<double>& x, const std::vector<double>& y) {
  std::string path;
  bool is_down = false;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool is_there = std::isfinite(y[i]);
    if (is_there)
      path += fmt::format("{}{:.1f} {:.1f}", is_down ? "L" : "M", plot.calc_x(x[i]), plot.calc_y(y[i]));
    is_down = is_there;
  }
  return path;
}

std::vector<double> collect(const std::vector<Estimate>& estimates) {
  std::vector<double> values;
  for (const Estimate& item : estimates) values.insert(values.end(), {item.value, item.low, item.high});
  return values;
}

// From blue over white to red.
std::string calc_heat_color(double share) {
  const auto mix = [&](int cold, int hot) {
    return share < 0.5 ? static_cast<int>(cold + (247 - cold) * 2 * share)
                       : static_cast<int>(247 + (hot - 247) * (2 * share - 1));
  };
  return fmt::format("#{:02x}{:02x}{:02x}", mix(33, 178), mix(102, 24), mix(172, 43));
}

}  // namespace

std::string calc_bar_chart(const ChartText& text, const std::vector<std::string>& names,
                           const std::vector<BarSeries>& series) {
  std::vector<double> values = {0.0};
  std::vector<std::string> legend;
  std::size_t longest = 0;
  for (const BarSeries& item : series) {
    const auto own = collect(item.bars);
    values.insert(values.end(), own.begin(), own.end());
    legend.push_back(item.name);
  }
  for (const std::string& name : names) longest = std::max(longest, name.size());
  const double count = static_cast<double>(names.size());
  SvgPlot plot(text, calc_chart_range(values), {count + 0.6, -0.6},
               std::min(260.0, 34 + 6.2 * static_cast<double>(longest)));
  plot.add_x_ticks();
  const double thick = 0.7 / static_cast<double>(series.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    const double middle = static_cast<double>(i) + 0.5;
    plot.add_text(plot.calc_x(calc_chart_range(values).low) - 6, plot.calc_y(middle) + 4, "end", names[i]);
    for (std::size_t s = 0; s < series.size(); ++s) {
      const Estimate& bar = series[s].bars[i];
      if (!std::isfinite(bar.value)) continue;
      const double top = plot.calc_y(middle - 0.35 + thick * static_cast<double>(s));
      const double bottom = plot.calc_y(middle - 0.35 + thick * static_cast<double>(s + 1));
      const double x0 = plot.calc_x(std::min(0.0, bar.value));
      const double x1 = plot.calc_x(std::max(0.0, bar.value));
      plot.add(fmt::format(
          R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" fill-opacity="0.8"/>)", x0,
          top, x1 - x0, bottom - top - 1, get_color(s)));
      if (!std::isfinite(bar.low) || !std::isfinite(bar.high)) continue;
      plot.add(fmt::format(R"(<line x1="{0:.1f}" x2="{1:.1f}" y1="{2:.1f}" y2="{2:.1f}" stroke="#1a202c"/>)",
                           plot.calc_x(bar.low), plot.calc_x(bar.high), 0.5 * (top + bottom)));
    }
  }
  if (series.size() > 1) plot.add_legend(legend);
  return plot.finish();
}

std::string calc_response_chart(const ChartText& text, const ResponseSeries& series) {
  SvgPlot plot(text, calc_chart_range(series.x), calc_chart_range(series.y));
  plot.add_x_ticks();
  plot.add_y_ticks();
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) continue;
    plot.add(fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="2" fill="#718096" fill-opacity="0.5"/>)",
                         plot.calc_x(series.x[i]), plot.calc_y(series.y[i])));
  }
  std::vector<double> means;
  for (std::size_t i = 0; i < series.bin_x.size(); ++i) {
    const Estimate& bin = series.bin_y[i];
    means.push_back(bin.value);
    if (!std::isfinite(bin.low) || !std::isfinite(bin.high)) continue;
    plot.add(fmt::format(
        R"(<line x1="{0:.1f}" x2="{0:.1f}" y1="{1:.1f}" y2="{2:.1f}" stroke="{3}" stroke-width="2"/>)",
        plot.calc_x(series.bin_x[i]), plot.calc_y(bin.low), plot.calc_y(bin.high), get_color(0)));
  }
  plot.add(fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="2"/>)",
                       calc_path(plot, series.bin_x, means), get_color(0)));
  return plot.finish();
}

std::string calc_band_chart(const ChartText& text, const std::vector<double>& x,
                            const std::vector<BandSeries>& series) {
  std::vector<double> values;
  std::vector<std::string> legend;
  for (const BandSeries& item : series) {
    const auto own = collect(item.line);
    values.insert(values.end(), own.begin(), own.end());
    legend.push_back(item.name);
  }
  SvgPlot plot(text, calc_chart_range(x), calc_chart_range(values));
  plot.add_x_ticks();
  plot.add_y_ticks();
  for (std::size_t s = 0; s < series.size(); ++s) {
    std::vector<double> line;
    std::string band;
    for (std::size_t i = 0; i < x.size(); ++i) {
      line.push_back(series[s].line[i].value);
      band += fmt::format("{:.1f},{:.1f} ", plot.calc_x(x[i]), plot.calc_y(series[s].line[i].low));
    }
    for (std::size_t i = x.size(); i > 0; --i) {
      band += fmt::format("{:.1f},{:.1f} ", plot.calc_x(x[i - 1]), plot.calc_y(series[s].line[i - 1].high));
    }
    plot.add(fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="0.18"/>)", band, get_color(s)));
    plot.add(fmt::format(R"(<path d="{}" fill="none" stroke="{}" stroke-width="2"/>)",
                         calc_path(plot, x, line), get_color(s)));
  }
  if (series.size() > 1) plot.add_legend(legend);
  return plot.finish();
}

std::string calc_surface_chart(const ChartText& text, const std::vector<double>& x_edges,
                               const std::vector<double>& y_edges, const std::vector<double>& cells,
                               const std::string& unit) {
  const ChartRange range = calc_chart_range(cells);
  ChartText titled = text;
  titled.title += fmt::format(", {} (blue) … {} {} (red)", calc_number_text(range.low),
                              calc_number_text(range.high), unit);
  SvgPlot plot(titled, {x_edges.front(), x_edges.back()}, {y_edges.front(), y_edges.back()});
  for (std::size_t j = 0; j + 1 < y_edges.size(); ++j) {
    for (std::size_t i = 0; i + 1 < x_edges.size(); ++i) {
      const double cell = cells[j * (x_edges.size() - 1) + i];
      const std::string color =
          std::isfinite(cell) ? calc_heat_color((cell - range.low) / (range.high - range.low)) : "#cbd5e0";
      const double x = plot.calc_x(x_edges[i]);
      const double y = plot.calc_y(y_edges[j + 1]);
      plot.add(fmt::format(R"(<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}"/>)", x, y,
                           plot.calc_x(x_edges[i + 1]) - x, plot.calc_y(y_edges[j]) - y, color));
      plot.add_text(0.5 * (x + plot.calc_x(x_edges[i + 1])), 0.5 * (y + plot.calc_y(y_edges[j])) + 4,
                    "middle", calc_number_text(cell));
    }
  }
  plot.add_x_ticks();
  plot.add_y_ticks();
  return plot.finish();
}

}  // namespace lumbarun
