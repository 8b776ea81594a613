#include "scenarios/record_variability.h"

#include <cmath>
#include <functional>
#include <limits>

namespace lumbarun {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

double calc_deviation(const std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double mean = 0.0, square = 0.0;
  for (const double value : values) mean += value / n;
  for (const double value : values) square += (value - mean) * (value - mean);
  return std::sqrt(square / (n - 1.0));
}

struct FootQuantity {
  const char* name;
  const char* unit;
  const char* long_name;
  std::function<double(const GroundMetrics&)> get;
};

const std::vector<FootQuantity>& foot_quantities() {
  using G = GroundMetrics;
  static const std::vector<FootQuantity> quantities = {
      {"stride_time_sd", "s", "standard deviation of stride time over the recorded strides",
       [](const G& m) { return m.stride_time_s; }},
      {"contact_time_sd", "s", "standard deviation of contact time over the recorded strides",
       [](const G& m) { return m.contact_time_s; }},
      {"active_peak_lp50hz_sd", "BW",
       "standard deviation of the active peak over the recorded strides, 50 Hz low-pass",
       [](const G& m) { return m.active_peak_lp50hz_bw; }},
      {"impact_peak_lp50hz_sd", "BW",
       "standard deviation of the impact peak over the recorded strides, 50 Hz low-pass; undefined if one "
       "has none",
       [](const G& m) { return m.impact_peak_lp50hz_bw.value_or(kUndefined); }},
      {"loading_rate_lp50hz_sd", "BW/s",
       "standard deviation of the loading rate over the recorded strides, 50 Hz low-pass",
       [](const G& m) { return m.instantaneous_loading_rate_lp50hz_bw_per_s; }}};
  return quantities;
}

}  // namespace

void write_variability(const std::vector<StrideMetrics>& strides, RunRecord& record) {
  if (strides.size() < 2) return;
  for (const FootQuantity& quantity : foot_quantities()) {
    NamedValue value{quantity.name, quantity.unit, quantity.long_name, ValueAxis::kFoot, {}, true};
    for (int foot = 0; foot < kFootCount; ++foot) {
      std::vector<double> values;
      for (const StrideMetrics& stride : strides)
        values.push_back(stride.feet[foot] ? quantity.get(*stride.feet[foot]) : kUndefined);
      value.values.push_back(calc_deviation(values));
    }
    record.metrics.push_back(std::move(value));
  }
  NamedValue value{"peak_compression_sd",
                   "N",
                   "standard deviation of the largest compression over the recorded strides, unfiltered",
                   ValueAxis::kLevel,
                   {},
                   true};
  for (std::size_t level = 0; level < strides.front().peak_compression.size(); ++level) {
    std::vector<double> values;
    for (const StrideMetrics& stride : strides) values.push_back(stride.peak_compression[level]);
    value.values.push_back(calc_deviation(values));
  }
  record.metrics.push_back(std::move(value));
}

}  // namespace lumbarun
