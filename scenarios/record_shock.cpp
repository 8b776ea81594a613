#include "scenarios/record_shock.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "sim/core/units.h"
#include "sim/loads/segment_shock.h"

namespace lumbarun {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

using FootShock = std::array<SegmentShock, kShockSegmentCount>;

void add(RunRecord& record, const std::string& name, const std::string& unit, const std::string& long_name,
         const std::function<double(int foot)>& get) {
  NamedValue value{name, unit, long_name, ValueAxis::kFoot, {}, true};
  for (int foot = 0; foot < kFootCount; ++foot) value.values.push_back(get(foot));
  record.metrics.push_back(std::move(value));
}

std::array<std::optional<FootShock>, kFootCount> calc_shock(const SegmentMotion& motion,
                                                            const FootGroundMetrics& feet) {
  std::array<std::optional<FootShock>, kFootCount> shock;
  for (int foot = 0; foot < kFootCount; ++foot) {
    if (!feet[foot]) continue;
    const ContactWindow contact{feet[foot]->contact_start_s, feet[foot]->contact_time_s};
    FootShock& segments = shock[foot].emplace();
    for (int k = 0; k < kShockSegmentCount; ++k) {
      const std::vector<double>& a = motion.acceleration[foot][k];
      segments[k] = calc_segment_shock(a, static_cast<double>(a.size()) / feet[foot]->stride_time_s, contact);
    }
  }
  return shock;
}

struct ShockMetric {
  const char* name;  // the segment follows
  const char* unit;
  const char* long_name;  // of the segment
  double SegmentShock::*member;
};
const ShockMetric kShockMetrics[] = {
    {"peak_acceleration_lp50hz", "m s-2", "largest upward acceleration in contact, 50 Hz low-pass, of {}",
     &SegmentShock::peak_lp50hz_m_s2},
    {"acceleration_power_3_8hz", "m2 s-4", "mean square of upward acceleration in contact, 3 to 8 Hz, of {}",
     &SegmentShock::power_3_8hz_m2_s4},
    {"acceleration_power_9_20hz", "m2 s-4",
     "mean square of upward acceleration in contact, 9 to 20 Hz, of {}", &SegmentShock::power_9_20hz_m2_s4}};

struct TransmissionMetric {
  const char* name;  // lower and upper segment follow
  const char* unit;
  const char* long_name;
  std::optional<double> Transmission::*member;
};
const TransmissionMetric kTransmissionMetrics[] = {
    {"peak_transmission_lp50hz", "1", "peak upward acceleration of {1} over that of {0}, 50 Hz low-pass",
     &Transmission::peak_ratio_lp50hz},
    {"transmission_3_8hz", "dB", "gain of acceleration power from {0} to {1}, 3 to 8 Hz",
     &Transmission::gain_3_8hz_db},
    {"transmission_9_20hz", "dB", "gain of acceleration power from {0} to {1}, 9 to 20 Hz",
     &Transmission::gain_9_20hz_db}};

constexpr std::pair<int, int> kPaths[] = {{0, 1}, {1, 2}, {2, 3}, {0, 3}};  // segments, lower and upper

// Drop of the mass centre in contact, from touchdown to its lowest point.
double calc_drop(const std::vector<double>& height, const GroundMetrics& foot) {
  const double rate = static_cast<double>(height.size()) / foot.stride_time_s;
  const auto first = static_cast<std::size_t>(std::ceil(foot.contact_start_s * rate));
  const auto last = static_cast<std::size_t>(std::floor(foot.contact_end_s * rate));
  double lowest = height[first % height.size()];
  for (std::size_t j = first; j <= last; ++j) lowest = std::min(lowest, height[j % height.size()]);
  return height[first % height.size()] - lowest;
}

}  // namespace

void write_shock(const SegmentMotion& motion, const FootGroundMetrics& feet, RunRecord& record) {
  const auto shock = calc_shock(motion, feet);
  for (const ShockMetric& metric : kShockMetrics) {
    for (int k = 0; k < kShockSegmentCount; ++k) {
      add(record, fmt::format("{}_{}", metric.name, kShockSegments[k]), metric.unit,
          fmt::format(fmt::runtime(metric.long_name), kShockSegments[k]),
          [&](int foot) { return shock[foot] ? (*shock[foot])[k].*metric.member : kUndefined; });
    }
  }
  for (const TransmissionMetric& metric : kTransmissionMetrics) {
    for (const auto& path : kPaths) {
      const int lower = path.first, upper = path.second;
      add(record, fmt::format("{}_{}_to_{}", metric.name, kShockSegments[lower], kShockSegments[upper]),
          metric.unit,
          fmt::format(fmt::runtime(metric.long_name), kShockSegments[lower], kShockSegments[upper]),
          [&](int foot) {
            if (!shock[foot]) return kUndefined;
            const Transmission t = calc_transmission((*shock[foot])[lower], (*shock[foot])[upper]);
            return (t.*metric.member).value_or(kUndefined);
          });
    }
  }
}

void write_bounce(const SegmentMotion& motion, const FootGroundMetrics& feet, const RunnerScale& scale,
                  double ground_stiffness, RunRecord& record) {
  std::array<std::optional<SpringStiffness>, kFootCount> spring;
  for (int foot = 0; foot < kFootCount; ++foot) {
    if (!feet[foot]) continue;
    const double peak = feet[foot]->active_peak_lp50hz_bw * scale.body_mass_kg * kStandardGravity;
    spring[foot] =
        calc_spring_stiffness(peak, calc_drop(motion.mass_centre_height, *feet[foot]), scale.speed_m_s,
                              scale.leg_length_m, feet[foot]->contact_time_s, peak / ground_stiffness);
  }
  add(record, "vertical_stiffness_com_lp50hz", "N/m",
      "active peak (50 Hz low-pass) over the drop of the mass centre in contact",
      [&](int foot) { return spring[foot] ? spring[foot]->vertical_stiffness_n_m : kUndefined; });
  add(record, "leg_stiffness_com_lp50hz", "N/m",
      "active peak (50 Hz low-pass) over the leg's shortening: drop of the mass centre less the ground's "
      "give, "
      "and sweep of the leg",
      [&](int foot) {
        return spring[foot] ? spring[foot]->leg_stiffness_n_m.value_or(kUndefined) : kUndefined;
      });
}

}  // namespace lumbarun
