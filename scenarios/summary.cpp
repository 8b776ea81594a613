#include "scenarios/summary.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace lumbarun {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// One level's column of a time × level array; empty if the run has no such array.
std::vector<double> get_column(const std::vector<double>& values, size_t level, size_t level_count) {
  std::vector<double> column;
  for (size_t i = level; i < values.size(); i += level_count) column.push_back(values[i]);
  return column;
}

double calc_peak(const std::vector<double>& column) {
  return column.empty() ? kUndefined : *std::max_element(column.begin(), column.end());
}

double calc_mean(const std::vector<double>& column) {
  double sum = 0.0;
  for (const double value : column) sum += value;
  return column.empty() ? kUndefined : sum / static_cast<double>(column.size());
}

double calc_signed_peak(const std::vector<double>& column) {
  const auto smaller = [](double a, double b) { return std::abs(a) < std::abs(b); };
  return column.empty() ? kUndefined : *std::max_element(column.begin(), column.end(), smaller);
}

LevelSummary calc_level(const RunRecord& record, size_t level) {
  const size_t count = record.names.levels.size();
  const std::vector<double> compression = get_column(record.discs.compression, level, count);
  const double weight = record.header.body_mass_kg * record.header.gravity_m_s2;
  LevelSummary summary;
  summary.level = record.names.levels[level];
  summary.compression_peak_n = calc_peak(compression);
  summary.compression_peak_bw = summary.compression_peak_n / weight;
  summary.compression_mean_n = calc_mean(compression);
  summary.anterior_shear_peak_n = calc_signed_peak(get_column(record.discs.anterior_shear, level, count));
  summary.lateral_shear_peak_n = calc_signed_peak(get_column(record.discs.lateral_shear, level, count));
  summary.flexion_moment_peak_nm = calc_signed_peak(get_column(record.discs.flexion_moment, level, count));
  return summary;
}

std::vector<ReserveSummary> calc_reserves(const RunRecord& record) {
  std::vector<ReserveSummary> reserves;
  for (size_t i = 0; i < record.reserves.peak_share.size(); ++i) {
    reserves.push_back({record.names.reserve_coordinates[i], record.reserves.peak_share[i]});
  }
  const auto is_larger = [](const auto& a, const auto& b) {  // what is not known counts as largest
    return std::isnan(a.peak_share) ? !std::isnan(b.peak_share) : a.peak_share > b.peak_share;
  };
  std::stable_sort(reserves.begin(), reserves.end(), is_larger);
  return reserves;
}

}  // namespace

Summary calc_summary(const RunRecord& record) {
  Summary summary;
  summary.header = record.header;
  summary.feet = record.names.feet;
  summary.level_names = record.names.levels;
  summary.metrics = record.metrics;
  summary.plan = record.plan;
  summary.reserves = calc_reserves(record);
  for (const RunRecord& unadapted : record.unadapted) summary.unadapted.push_back(calc_summary(unadapted));
  if (record.discs.compression.empty()) return summary;
  for (size_t level = record.names.levels.size(); level-- > 0;) {
    summary.levels.push_back(calc_level(record, level));
  }
  return summary;
}

}  // namespace lumbarun
