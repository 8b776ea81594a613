#include "sim/sweeps/sweep_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/charts/axes.h"
#include "sim/charts/chart_kinds.h"
#include "sim/statistics/bootstrap.h"
#include "sim/sweeps/response_surface.h"

namespace lumbarun {
namespace {

constexpr int kTornadoGroups = 4;       // the ends of a tornado's bars are quarters of the scenarios
constexpr std::size_t kMostInputs = 6;  // of parallel coordinates
constexpr std::size_t kMostOutputs = 3;

// File names hold neither brackets nor dots.
std::string build_file_name(std::string name) {
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '[' || c == '.' || c == ' '; }, '_');
  std::erase(name, ']');
  return name;
}

// "stride.speed_m_s" with the unit m/s: "speed"; "shoe.preset = racing_flat": "shoe preset = racing flat".
std::string build_readable(std::string key, std::string unit) {
  for (const char* table : {"stride.", "runner.", "condition."}) {
    for (std::size_t at; (at = key.find(table)) != std::string::npos;)
      key.erase(at, std::string(table).size());
  }
  if (unit == "steps/min") unit = "spm";
  std::replace(unit.begin(), unit.end(), '/', '_');
  if (!unit.empty() && key.ends_with("_" + unit)) key.resize(key.size() - unit.size() - 1);
  std::replace_if(
      key.begin(), key.end(), [](char c) { return c == '_' || c == '.'; }, ' ');
  return key;
}

std::string get_label(const InputColumn& input) {
  return build_label(build_readable(input.name, input.unit), input.unit);
}

// "peak_compression[L5_S1]": "peak compression, L5/S1".
std::string get_title(const OutputColumn& output) {
  std::string title = output.name.substr(0, output.name.find('['));
  std::replace(title.begin(), title.end(), '_', ' ');
  if (title.size() == output.name.size()) return title;
  std::string level = output.name.substr(title.size() + 1);
  level.pop_back();
  std::replace(level.begin(), level.end(), '_', '/');
  return title + ", " + level;
}
std::string get_label(const OutputColumn& output) { return build_label(get_title(output), output.unit); }

Drawing build_sensitivity_chart(const SensitivityTable& table, const OutputColumn& output,
                                std::size_t number) {
  std::vector<BarSeries> series = {{table.first_name, {}}};
  if (!table.second_name.empty()) series.push_back({table.second_name, {}});
  for (const Sensitivity& row : get_rows(table, number)) {
    series[0].bars.push_back(row.first);
    if (series.size() > 1) series[1].bars.push_back(row.second);
  }
  std::vector<std::string> names;
  for (const std::string& factor : table.factors) names.push_back(build_readable(factor, ""));
  return build_bar_chart({get_title(output), table.method, ""}, names, series);
}

struct GroupMean {
  std::string text;
  Estimate mean;
};

std::vector<GroupMean> calc_group_means(const InputColumn& input, const OutputColumn& output) {
  const Grouping grouping = calc_grouping(input, kTornadoGroups);
  std::vector<GroupMean> means;
  for (int group = 0; group < static_cast<int>(grouping.names.size()); ++group) {
    const std::vector<double> values = collect_group(grouping, group, output.numbers);
    if (values.empty()) continue;
    const std::vector<double> inside = collect_group(grouping, group, input.numbers);
    means.push_back({input.levels.empty() ? fmt::format("{:.3g}", calc_mean(inside))
                                          : grouping.names[static_cast<std::size_t>(group)],
                     calc_mean_estimate(values)});
  }
  // Words have no order of their own: that of their means.
  if (!input.levels.empty()) {
    std::stable_sort(means.begin(), means.end(),
                     [](const GroupMean& a, const GroupMean& b) { return a.mean.value < b.mean.value; });
  }
  return means;
}

std::optional<Drawing> build_tornado(const SweepData& data, const OutputColumn& output) {
  std::vector<double> all;
  for (double value : output.numbers) {
    if (std::isfinite(value)) all.push_back(value);
  }
  std::vector<TornadoBar> bars;
  for (const InputColumn& input : data.inputs) {
    const std::vector<GroupMean> means = calc_group_means(input, output);
    if (means.size() < 2) continue;
    bars.push_back(
        {get_label(input), means.front().mean, means.back().mean, means.front().text, means.back().text});
  }
  if (bars.empty()) return std::nullopt;
  return build_tornado_chart(
      {get_title(output), "mean of the scenarios there" + build_label("", output.unit), ""}, calc_mean(all),
      bars);
}

std::optional<Drawing> build_responses(const SweepData& data, const OutputColumn& output) {
  std::vector<ResponsePanel> panels;
  for (const InputColumn& input : data.inputs) {
    const Response response = calc_response(input, output);
    if (response.x.empty()) continue;
    panels.push_back({get_label(input), input.numbers, output.numbers, response.x, response.y, input.levels});
  }
  if (panels.empty()) return std::nullopt;
  return build_response_chart(get_label(output), panels);
}

std::optional<Drawing> build_surface(const SweepData& data, const SensitivityTable& table,
                                     std::size_t output) {
  const auto surface = calc_response_surface(data, table, output);
  if (!surface) return std::nullopt;
  const OutputColumn& column = data.outputs[output];
  return build_surface_chart({get_label(column), get_label(*surface->x), get_label(*surface->y)},
                             surface->across.edges, surface->up.edges, surface->means,
                             column.unit == "1" ? "" : column.unit);
}

// Mean and 5 to 95 % of the scenarios.
std::optional<Drawing> build_band(const CurveColumn& curve) {
  std::vector<Estimate> line;
  for (std::size_t phase = 0; phase < static_cast<std::size_t>(kPhaseCount); ++phase) {
    std::vector<double> values;
    for (const auto& scenario : curve.scenarios) {
      if (!scenario.empty()) values.push_back(scenario[phase]);
    }
    if (values.empty()) return std::nullopt;
    line.push_back({calc_mean(values), calc_quantile(values, 0.05), calc_quantile(values, 0.95)});
  }
  return build_band_chart(get_label(OutputColumn{curve.name, curve.unit, "", false, {}}) +
                              ", mean and 5 to 95 % of the scenarios",
                          line);
}

// The inputs that matter most for the first headline, then the headlines, the first of them last; loads of discs, told
// by their level, come first.
std::optional<Drawing> build_parallel(const SweepData& data, const SensitivityTable& table) {
  std::vector<std::size_t> headlines;
  for (std::size_t i = 0; i < data.outputs.size(); ++i) {
    const auto& numbers = data.outputs[i].numbers;
    const bool has_numbers =
        std::any_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
    if (data.outputs[i].is_headline && has_numbers) headlines.push_back(i);
  }
  if (headlines.empty() || data.inputs.empty()) return std::nullopt;
  std::stable_partition(headlines.begin(), headlines.end(),
                        [&](std::size_t i) { return data.outputs[i].name.ends_with(']'); });
  if (headlines.size() > kMostOutputs) headlines.resize(kMostOutputs);
  std::vector<const InputColumn*> inputs = sort_inputs(data, table, headlines.front());
  if (inputs.size() > kMostInputs) inputs.resize(kMostInputs);
  std::vector<ParallelAxis> axes;
  for (const InputColumn* input : inputs) axes.push_back({get_label(*input), input->numbers, input->levels});
  for (auto i = headlines.rbegin(); i != headlines.rend(); ++i)
    axes.push_back({get_label(data.outputs[*i]), data.outputs[*i].numbers, {}});
  return build_parallel_chart(data.header.title, axes);
}

}  // namespace

std::vector<NamedDrawing> build_sweep_charts(const SweepData& data, const SensitivityTable& table) {
  std::vector<NamedDrawing> charts;
  const auto add = [&](const std::string& name, std::optional<Drawing> drawing) {
    if (drawing) charts.push_back({build_file_name(name), std::move(*drawing)});
  };
  for (std::size_t i = 0; i < data.outputs.size(); ++i) {
    const OutputColumn& output = data.outputs[i];
    if (!output.is_headline) continue;
    add("sensitivity_" + output.name, build_sensitivity_chart(table, output, i));
    add("tornado_" + output.name, build_tornado(data, output));
    add("response_" + output.name, build_responses(data, output));
    add("surface_" + output.name, build_surface(data, table, i));
  }
  for (const CurveColumn& curve : data.curves) add("curve_" + curve.name, build_band(curve));
  add("parallel_coordinates", build_parallel(data, table));
  return charts;
}

}  // namespace lumbarun
