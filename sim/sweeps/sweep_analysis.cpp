#include "sim/sweeps/sweep_analysis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/statistics/bootstrap.h"
#include "sim/statistics/effect_size.h"

namespace lumbarun {
namespace {

constexpr int kBins = 8;
constexpr int kMaxLevels = 6;  // a number with no more values is also a group
constexpr double kNormal975 = 1.959963984540054;

std::vector<double> get_distinct(const std::vector<double>& numbers) {
  std::set<double> values;
  for (const double x : numbers) {
    if (std::isfinite(x)) values.insert(x);
  }
  return {values.begin(), values.end()};
}

Grouping calc_level_grouping(const InputColumn& input) {
  Grouping grouping{input.levels, {}, {}};
  for (const double number : input.numbers) grouping.group.push_back(static_cast<int>(number));
  return grouping;
}

Grouping calc_value_grouping(const InputColumn& input, const std::vector<double>& values) {
  Grouping grouping;
  for (const double value : values) grouping.names.push_back(fmt::format("{:.6g}", value));
  for (const double number : input.numbers) {
    const auto found = std::find(values.begin(), values.end(), number);
    grouping.group.push_back(found == values.end() ? -1 : static_cast<int>(found - values.begin()));
  }
  grouping.edges.push_back(values.front() - (values.size() > 1 ? 0.5 * (values[1] - values[0]) : 0.5));
  for (std::size_t i = 0; i + 1 < values.size(); ++i)
    grouping.edges.push_back(0.5 * (values[i] + values[i + 1]));
  grouping.edges.push_back(values.back() + (values.size() > 1 ? values.back() - grouping.edges.back() : 0.5));
  return grouping;
}

}  // namespace

Estimate calc_mean_estimate(const std::vector<double>& values) {
  if (values.empty()) return {};
  const double mean = calc_mean(values);
  if (values.size() < 2) return {mean, std::nan(""), std::nan("")};
  const double half = kNormal975 * std::sqrt(calc_variance(values) / static_cast<double>(values.size()));
  return {mean, mean - half, mean + half};
}

std::vector<double> collect_group(const Grouping& grouping, int group, const std::vector<double>& numbers) {
  std::vector<double> values;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (grouping.group[i] == group && std::isfinite(numbers[i])) values.push_back(numbers[i]);
  }
  return values;
}

Grouping calc_grouping(const InputColumn& input, int count) {
  if (!input.levels.empty()) return calc_level_grouping(input);
  const std::vector<double> values = get_distinct(input.numbers);
  if (values.empty()) return {{"unknown"}, std::vector<int>(input.numbers.size(), 0), {0, 1}};
  if (static_cast<int>(values.size()) <= count) return calc_value_grouping(input, values);
  Grouping grouping;
  for (int i = 0; i <= count; ++i) {
    grouping.edges.push_back(calc_quantile(values, static_cast<double>(i) / count));
    if (i > 0)
      grouping.names.push_back(fmt::format("{:.4g} … {:.4g}", grouping.edges[i - 1], grouping.edges[i]));
  }
  for (const double number : input.numbers) {
    const auto above = std::upper_bound(grouping.edges.begin() + 1, grouping.edges.end() - 1, number);
    grouping.group.push_back(std::isfinite(number) ? static_cast<int>(above - grouping.edges.begin()) - 1
                                                   : -1);
  }
  return grouping;
}

std::vector<OutputSummary> calc_summaries(const SweepData& data) {
  std::vector<OutputSummary> summaries;
  for (const OutputColumn& output : data.outputs) {
    std::vector<double> values;
    for (const double x : output.numbers) {
      if (std::isfinite(x)) values.push_back(x);
    }
    OutputSummary summary{output.name, static_cast<int>(values.size())};
    summary.mean = values.empty() ? std::nan("") : calc_mean(values);
    summary.deviation = values.size() < 2 ? std::nan("") : std::sqrt(calc_variance(values));
    summary.low = calc_quantile(values, 0.025);
    summary.median = calc_quantile(values, 0.5);
    summary.high = calc_quantile(values, 0.975);
    summaries.push_back(summary);
  }
  return summaries;
}

Response calc_response(const InputColumn& input, const OutputColumn& output) {
  const Grouping grouping = calc_grouping(input, kBins);
  Response response;
  for (int group = 0; group < static_cast<int>(grouping.names.size()); ++group) {
    const std::vector<double> inside = collect_group(grouping, group, input.numbers);
    const std::vector<double> values = collect_group(grouping, group, output.numbers);
    if (inside.empty()) continue;
    response.x.push_back(calc_mean(inside));
    response.y.push_back(calc_mean_estimate(values));
    response.count.push_back(static_cast<int>(values.size()));
  }
  return response;
}

std::vector<LevelEffect> calc_level_effects(const SweepData& data) {
  std::vector<LevelEffect> effects;
  for (const InputColumn& input : data.inputs) {
    const bool has_levels =
        !input.levels.empty() || static_cast<int>(get_distinct(input.numbers).size()) <= kMaxLevels;
    if (!has_levels) continue;
    const Grouping grouping = calc_grouping(input, kMaxLevels);
    for (const OutputColumn& output : data.outputs) {
      const std::vector<double> first = collect_group(grouping, 0, output.numbers);
      for (int group = 1; group < static_cast<int>(grouping.names.size()); ++group) {
        const GroupDifference found =
            calc_group_difference(first, collect_group(grouping, group, output.numbers));
        effects.push_back({input.name, grouping.names[0], grouping.names[static_cast<std::size_t>(group)],
                           output.name, found.first_count, found.second_count, found.mean, found.hedges_g,
                           found.hedges_low, found.hedges_high});
      }
    }
  }
  return effects;
}

std::vector<FailureShare> calc_failure_shares(const SweepData& data) {
  std::vector<FailureShare> shares;
  for (const InputColumn& input : data.inputs) {
    const Grouping grouping = calc_grouping(input, 4);
    for (std::size_t group = 0; group < grouping.names.size(); ++group) {
      FailureShare share{input.name, grouping.names[group], 0, 0};
      for (std::size_t i = 0; i < data.codes.size(); ++i) {
        if (grouping.group[i] != static_cast<int>(group) || data.codes[i] == SweepStatus::kMissing) continue;
        ++share.count;
        share.failed += is_failure(data.codes[i]) ? 1 : 0;
      }
      shares.push_back(share);
    }
  }
  return shares;
}

}  // namespace lumbarun
