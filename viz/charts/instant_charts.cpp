#include "viz/charts/instant_charts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "sim/charts/chart_kinds.h"
#include "sim/core/contracts.h"
#include "viz/charts/chart_notes.h"
#include "viz/scene/quantity.h"

namespace lumbarun::viz {
namespace {

constexpr std::size_t kMostBars = 11;
constexpr double kSmall = 0.01;  // of the largest bar: not worth a bar of its own

Estimate build_bar(double value) { return {value, std::nan(""), std::nan("")}; }

std::vector<std::string> get_level_texts(const RunRecord& record) {
  std::vector<std::string> texts;
  for (const std::string& level : record.names.levels) texts.push_back(get_level_text(level));
  return texts;
}

BarSeries build_series(const std::string& name, const std::vector<double>& values) {
  BarSeries series{name, {}};
  for (double value : values) series.bars.push_back(build_bar(value));
  return series;
}

// The largest values by size, largest first.
Drawing build_sorted_bars(const RunRecord& record, const ChartText& text,
                          std::vector<std::pair<std::string, double>> items) {
  std::erase_if(items, [](const auto& item) { return !std::isfinite(item.second); });
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
  // The small ones as one: all bars still add up.
  std::size_t kept = 0;
  while (kept < std::min(items.size(), kMostBars) &&
         std::abs(items[kept].second) > kSmall * std::abs(items.front().second))
    ++kept;
  const double rest = std::accumulate(items.begin() + static_cast<long>(kept), items.end(), 0.0,
                                      [](double sum, const auto& item) { return sum + item.second; });
  items.resize(kept);
  if (rest != 0) items.emplace_back("other", rest);
  std::vector<std::string> names;
  std::vector<double> values;
  for (const auto& [name, value] : items) {
    names.push_back(build_plain_name(name));
    values.push_back(value);
  }
  Drawing drawing = build_bar_chart(text, names, {build_series("", values)});
  add_bar_notes(drawing, record);
  return drawing;
}

std::optional<Drawing> build_pressure_bars(const RunRecord& record) {
  if (record.discs.intradiscal_pressure.empty()) return std::nullopt;
  const Quantity pressure = calc_disc_quantity(record, DiscQuantity::kPressure);
  Drawing drawing = build_bar_chart({"Pressure inside the discs", pressure.get_label(), ""},
                                    get_level_texts(record), {build_series("", pressure.values)});
  add_bar_notes(drawing, record);
  return drawing;
}

// Sums over both sides.
std::optional<Drawing> build_group_bars(const RunRecord& record) {
  const std::size_t count = record.names.muscles.size();
  if (count == 0 || record.muscles.force.size() != count || record.names.muscle_groups.size() != count)
    return std::nullopt;
  std::map<std::string, double> sums;
  for (std::size_t m = 0; m < count; ++m) sums[record.names.muscle_groups[m]] += record.muscles.force[m];
  return build_sorted_bars(record, {"Force of the strongest muscle groups, both sides", "Force [N]", ""},
                           {sums.begin(), sums.end()});
}

std::optional<Drawing> build_contribution_bars(const RunRecord& record) {
  const auto& sources = record.names.contribution_sources;
  const std::size_t levels = record.names.levels.size();
  const auto& compression = record.contributions.compression;
  if (sources.empty() || compression.size() != levels * sources.size()) return std::nullopt;
  std::vector<std::pair<std::string, double>> items;
  for (std::size_t k = 0; k < sources.size(); ++k)
    items.emplace_back(sources[k], compression[(levels - 1) * sources.size() + k]);
  return build_sorted_bars(
      record,
      {"What compresses " + get_level_text(record.names.levels.back()), "Part of the compression [N]", ""},
      std::move(items));
}

}  // namespace

Drawing build_disc_bars(const RunRecord& record) {
  const Quantity compression = calc_disc_quantity(record, DiscQuantity::kCompression);
  const Quantity shear = calc_disc_quantity(record, DiscQuantity::kShear);
  Drawing drawing =
      build_bar_chart({"Load on the lumbar discs", "Force [N]", ""}, get_level_texts(record),
                      {build_series("compression", compression.values), build_series("shear", shear.values)});
  add_bar_notes(drawing, record);
  return drawing;
}

std::vector<NamedDrawing> build_instant_charts(const RunRecord& record) {
  std::vector<NamedDrawing> charts = {{"disc_loads", build_disc_bars(record)}};
  if (auto chart = build_pressure_bars(record)) charts.push_back({"disc_pressure", *chart});
  if (auto chart = build_group_bars(record)) charts.push_back({"muscle_groups", *chart});
  if (auto chart = build_contribution_bars(record)) charts.push_back({"compression_contributions", *chart});
  return charts;
}

}  // namespace lumbarun::viz
