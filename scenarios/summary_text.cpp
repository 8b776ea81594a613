#include <fmt/format.h>

#include <cmath>

#include "scenarios/summary.h"

namespace lumbarun {
namespace {

// Four significant digits, or a dash for what the run has not got.
std::string number(double value) { return std::isnan(value) ? "-" : fmt::format("{:.4g}", value); }

std::string calc_values(const Summary& summary, const NamedValue& metric) {
  if (metric.values.size() == 1) return number(metric.values[0]);
  const std::vector<std::string>& names =
      metric.axis == ValueAxis::kFoot ? summary.feet : summary.level_names;
  std::vector<std::string> parts;
  for (size_t i = 0; i < metric.values.size(); ++i) {
    parts.push_back(fmt::format("{} {}", i < names.size() ? names[i] : "?", number(metric.values[i])));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string calc_head(const RunHeader& header) {
  std::string text = fmt::format("{}\n", header.title);
  text += fmt::format("  status    {}\n", header.status);
  const std::string speed = header.speed_m_s == 0.0 ? "at rest" : number(header.speed_m_s) + " m/s";
  text += fmt::format("  runner    {} kg, {}\n", number(header.body_mass_kg), speed);
  text += fmt::format("  program   lumbarun {} ({})\n", header.program_version, header.git_hash);
  return text;
}

std::string calc_metric_rows(const Summary& summary) {
  std::string text;
  for (const NamedValue& metric : summary.metrics) {
    const std::string unit = metric.unit == "1" ? "" : metric.unit;
    text += fmt::format("  {:<44} {} {}\n", metric.long_name, calc_values(summary, metric), unit);
  }
  return text.empty() ? text : "\nmetrics\n" + text;
}

std::string calc_level_rows(const Summary& summary) {
  if (summary.levels.empty()) return "";
  std::string text = fmt::format("\n{:<10}{:>24}{:>14}{:>18}{:>18}{:>18}\n", "disc", "peak compression",
                                 "mean", "anterior shear", "lateral shear", "flexion moment");
  for (const LevelSummary& level : summary.levels) {
    text += fmt::format("{:<10}{:>14} N {:>5} BW{:>12} N{:>16} N{:>16} N{:>14} N m\n", level.level,
                        number(level.compression_peak_n), number(level.compression_peak_bw),
                        number(level.compression_mean_n), number(level.anterior_shear_peak_n),
                        number(level.lateral_shear_peak_n), number(level.flexion_moment_peak_nm));
  }
  return text;
}

std::string calc_reserve_row(const Summary& summary) {
  if (summary.reserves.empty()) return "";
  const ReserveSummary& largest = summary.reserves.front();
  if (std::isnan(largest.peak_share))
    return "\nlargest reserve unknown: sharing found no answer at some instants\n";
  return fmt::format("\nlargest reserve {:.1f} % of the coordinate's own peak net moment, at {}\n",
                     100.0 * largest.peak_share, largest.coordinate);
}

}  // namespace

std::string calc_summary_text(const Summary& summary) {
  std::string text = calc_head(summary.header) + calc_metric_rows(summary) + calc_level_rows(summary) +
                     calc_reserve_row(summary);
  for (const Summary& unadapted : summary.unadapted) text += "\n" + calc_summary_text(unadapted);
  return text;
}

}  // namespace lumbarun
