#include "scenarios/record_metrics.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "scenarios/record_shock.h"
#include "scenarios/record_stride.h"
#include "scenarios/record_variability.h"
#include "sim/loads/ground_metrics.h"

namespace lumbarun {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

// Hip to ground in standing: the hip's height over the lowest sole point at q = 0.
double calc_leg_length(const Runner& runner) {
  RunnerData<double> data(runner);
  const std::vector<double> zero(runner.model.coordinate_count(), 0.0);
  update_external_forces(runner, data, zero.data(), zero.data());
  double lowest = std::numeric_limits<double>::infinity();
  for (const auto& element : data.elements) lowest = std::min(lowest, element.position.y);
  return data.tree.link[runner.legs[0].hip].p_WL.y - lowest;
}

// Along normal, path and right of the ground plane: on level ground up, forward, right.
FootForce get_foot_force(const StrideSamples& stride, const GroundPlane& plane, int foot) {
  const Vector3<double> path = plane.calc_path(), right = cross(path, plane.normal);
  FootForce force;
  force.sample_rate_hz = static_cast<double>(stride.time.size()) / stride.duration;
  for (const auto& feet : stride.feet) {
    force.vertical_N.push_back(dot(plane.normal, feet[foot].force));
    force.fore_aft_N.push_back(dot(path, feet[foot].force));
    force.lateral_N.push_back(dot(right, feet[foot].force));
  }
  return force;
}

struct FootMetric {
  const char* name;
  const char* unit;
  const char* long_name;
  std::function<double(const GroundMetrics&)> get;
};

const std::vector<FootMetric>& foot_metrics() {
  using G = GroundMetrics;
  static const std::vector<FootMetric> metrics = {
      {"stride_time", "s", "right foot contact to right foot contact",
       [](const G& m) { return m.stride_time_s; }},
      {"contact_time", "s", "vertical force above 50 N, 50 Hz low-pass",
       [](const G& m) { return m.contact_time_s; }},
      {"flight_time", "s", "half stride less contact time", [](const G& m) { return m.flight_time_s; }},
      {"duty_factor", "1", "contact time over stride time", [](const G& m) { return m.duty_factor; }},
      {"active_peak_lp50hz", "BW", "largest vertical force after 50 ms, 50 Hz low-pass",
       [](const G& m) { return m.active_peak_lp50hz_bw; }},
      {"active_peak_time_lp50hz", "s", "from contact to the active peak, 50 Hz low-pass",
       [](const G& m) { return m.active_peak_time_lp50hz_s; }},
      {"impact_peak_lp50hz", "BW",
       "first maximum of vertical force within 50 ms, 50 Hz low-pass; undefined without one",
       [](const G& m) { return m.impact_peak_lp50hz_bw.value_or(kUndefined); }},
      {"impact_peak_time_lp50hz", "s",
       "from contact to the impact peak, 50 Hz low-pass; undefined without one",
       [](const G& m) { return m.impact_peak_time_lp50hz_s.value_or(kUndefined); }},
      {"loading_rate_lp50hz", "BW/s", "largest slope of vertical force within 50 ms, 50 Hz low-pass",
       [](const G& m) { return m.instantaneous_loading_rate_lp50hz_bw_per_s; }},
      {"average_loading_rate_lp50hz", "BW/s",
       "slope of vertical force from 20 to 80 % of the way to impact, 50 Hz low-pass",
       [](const G& m) { return m.average_loading_rate_lp50hz_bw_per_s; }},
      {"vertical_impulse_lp50hz", "BW s", "impulse of vertical force in contact, 50 Hz low-pass",
       [](const G& m) { return m.vertical_impulse_lp50hz_bw_s; }},
      {"braking_peak_lp50hz", "BW", "smallest fore-aft force, 50 Hz low-pass",
       [](const G& m) { return m.braking_peak_lp50hz_bw; }},
      {"propulsion_peak_lp50hz", "BW", "largest fore-aft force, 50 Hz low-pass",
       [](const G& m) { return m.propulsion_peak_lp50hz_bw; }},
      {"braking_impulse_lp50hz", "BW s", "impulse of backward force, 50 Hz low-pass",
       [](const G& m) { return m.braking_impulse_lp50hz_bw_s; }},
      {"propulsion_impulse_lp50hz", "BW s", "impulse of forward force, 50 Hz low-pass",
       [](const G& m) { return m.propulsion_impulse_lp50hz_bw_s; }},
      {"mediolateral_range_lp50hz", "BW", "largest less smallest lateral force in contact, 50 Hz low-pass",
       [](const G& m) { return m.mediolateral_range_lp50hz_bw; }},
      {"vertical_stiffness_sine", "N/m",
       "vertical stiffness from contact and flight time (Morin et al. 2005); undefined without flight",
       [](const G& m) { return m.stiffness ? m.stiffness->vertical_stiffness_n_m : kUndefined; }},
      {"leg_stiffness_sine", "N/m",
       "leg stiffness from contact and flight time (Morin et al. 2005); undefined without flight",
       [](const G& m) {
         return m.stiffness && m.stiffness->leg_stiffness_n_m ? *m.stiffness->leg_stiffness_n_m : kUndefined;
       }},
  };
  return metrics;
}

RunnerScale calc_runner_scale(const ScenarioModel& built, double speed) {
  return {built.runner.body_mass, speed, calc_leg_length(built.runner)};
}

FootGroundMetrics calc_feet(const ScenarioModel& built, const RunnerScale& scale,
                            const StrideSamples& stride) {
  FootGroundMetrics feet;
  for (int foot = 0; foot < kFootCount; ++foot) {
    feet[foot] = calc_ground_metrics(
        filter_ground_force_lp50hz(get_foot_force(stride, built.runner.contact.plane, foot)), scale);
  }
  return feet;
}

void write_foot_metrics(const FootGroundMetrics& feet, RunRecord& record) {
  for (const FootMetric& metric : foot_metrics()) {
    NamedValue value{metric.name, metric.unit, metric.long_name, ValueAxis::kFoot, {}, true};
    for (const auto& m : feet) value.values.push_back(m ? metric.get(*m) : kUndefined);
    record.metrics.push_back(std::move(value));
  }
}

void write_level_peaks(RunRecord& record) {
  const auto add = [&](const char* name, const char* unit, const char* long_name,
                       const std::vector<double>& series, auto better) {
    NamedValue value{name, unit, long_name, ValueAxis::kLevel, {}, false};
    for (int level = 0; level < kLevelCount; ++level) {
      double best = series[level];
      for (size_t i = level; i < series.size(); i += kLevelCount)
        best = better(series[i], best) ? series[i] : best;
      value.values.push_back(best);
    }
    record.metrics.push_back(std::move(value));
  };
  const auto larger = [](double a, double b) { return a > b; };
  const auto larger_size = [](double a, double b) { return std::abs(a) > std::abs(b); };
  add("peak_compression", "N", "largest compression over the recording, unfiltered", record.discs.compression,
      larger);
  add("peak_anterior_shear", "N", "anterior shear of largest size, signed, unfiltered",
      record.discs.anterior_shear, larger_size);
  add("peak_pressure", "Pa", "largest intradiscal pressure, unfiltered", record.discs.intradiscal_pressure,
      larger);
}

// The frozen preload of each level, and what one outer pass with the mean compression of this run would change.
void write_preloads(const Runner& runner, RunRecord& record) {
  NamedValue preload{"disc_preload",    "N", "frozen preload that the disc stiffness was built with",
                     ValueAxis::kLevel, {},  false};
  NamedValue change{"disc_preload_factor_change",
                    "1",
                    "preload factor at this run's mean compression over the one used, less one",
                    ValueAxis::kLevel,
                    {},
                    false};
  const auto samples = static_cast<double>(record.time.size());
  for (int level = 0; level < kLevelCount; ++level) {
    double mean = 0.0;
    for (size_t i = level; i < record.discs.compression.size(); i += kLevelCount)
      mean += record.discs.compression[i] / samples;
    const double used = runner.discs[level].preload;
    preload.values.push_back(used);
    change.values.push_back(calc_preload_factor(mean) / calc_preload_factor(used) - 1.0);
  }
  record.metrics.push_back(std::move(preload));
  record.metrics.push_back(std::move(change));
}

// Largest compression of each level over samples first … first + count − 1 of the recording.
std::vector<double> calc_peak_compression(const RunRecord& record, size_t first, size_t count) {
  std::vector<double> peaks(kLevelCount, -std::numeric_limits<double>::infinity());
  for (size_t i = first * kLevelCount; i < (first + count) * kLevelCount; ++i) {
    peaks[i % kLevelCount] = std::max(peaks[i % kLevelCount], record.discs.compression[i]);
  }
  return peaks;
}

void write_strides(const ScenarioModel& built, const RunnerScale& scale,
                   const std::vector<StrideSamples>& strides, RunRecord& record) {
  std::vector<StrideMetrics> metrics;
  size_t first = 0;
  for (const StrideSamples& stride : strides) {
    const size_t count = stride.time.size();
    metrics.push_back({calc_feet(built, scale, stride), calc_peak_compression(record, first, count)});
    first += count;
  }
  write_variability(metrics, record);
}

void write_means(const ScenarioModel& built, const StrideSamples& stride, RunRecord& record) {
  double vertical = 0.0, net = 0.0, braking = 0.0;
  for (const auto& feet : stride.feet) {
    const double fore_aft = feet[0].force.x + feet[1].force.x;
    vertical += feet[0].force.y + feet[1].force.y;
    net += fore_aft;
    braking += std::min(0.0, fore_aft);
  }
  const double expected = built.runner.model.total_mass() * built.runner.model.gravity;
  const double mean = vertical / static_cast<double>(stride.feet.size());
  record.metrics.push_back({"mean_vertical_force_ratio",
                            "1",
                            "mean vertical ground force over the weight of body and shoes",
                            ValueAxis::kScalar,
                            {mean / expected},
                            false});
  record.metrics.push_back({"net_fore_aft_impulse_ratio",
                            "1",
                            "net fore-aft impulse over the braking impulse; undefined without braking",
                            ValueAxis::kScalar,
                            {braking < 0.0 ? std::abs(net / braking) : kUndefined},
                            true});
}

void write_energy(const EnergyLedger& ledger, RunRecord& record) {
  for (int i = 0; i < kEnergyStoreCount; ++i) {
    record.energy.push_back({std::string("stored_") + kEnergyStoreNames[i], ledger.stored[i]});
  }
  for (int i = 0; i < kEnergyFlowCount; ++i) record.energy.push_back({kEnergyFlowNames[i], ledger.flow[i]});
}

}  // namespace

void write_disc_metrics(const ScenarioModel& built, RunRecord& record) {
  write_level_peaks(record);
  write_preloads(built.get_simulated_runner(), record);
}

void write_metrics(const ScenarioModel& built, const GaitRequest& request,
                   const std::vector<StrideSamples>& strides, RunRecord& record) {
  const StrideSamples& stride = strides.back();
  const RunnerScale scale = calc_runner_scale(built, request.speed);
  const FootGroundMetrics feet = calc_feet(built, scale, stride);
  const SegmentMotion motion = calc_segment_motion(built, stride);
  write_foot_metrics(feet, record);
  write_bounce(motion, feet, scale, built.runner.contact.ground_stiffness, record);
  write_disc_metrics(built, record);
  write_shock(motion, feet, record);
  write_strides(built, scale, strides, record);
  write_means(built, stride, record);
  write_stride_outcome(built, stride, record);
  write_energy(stride.ledger, record);
}

}  // namespace lumbarun
