#include "scenarios/dose/run_steps.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/loads/dose_steps.h"
#include "sim/loads/ground_metrics.h"

namespace lumbarun {
namespace {

constexpr double kUnloaded_s =
    0.030;  // shorter gaps are a landing foot's chatter (estimate; flights last 80 ms and more)

double get_stride_time(const RunRecord& record, const std::string& file) {
  for (const NamedValue& metric : record.metrics) {
    if (metric.name != "stride_time") continue;
    for (const double value : metric.values) {
      if (std::isfinite(value)) return value;
    }
  }
  throw BadInput(file +
                 ": no metric stride_time: the run has no strides, or was written by an older version");
}

// Size of each foot's force, per foot.
std::vector<std::vector<double>> calc_foot_forces(const RunRecord& record) {
  const std::size_t feet = record.names.feet.size();
  std::vector<std::vector<double>> force(feet);
  for (std::size_t i = 0; i < record.ground.force.size(); i += 3) {
    const double* f = &record.ground.force[i];
    force[i / 3 % feet].push_back(std::hypot(f[0], f[1], f[2]));
  }
  return force;
}

}  // namespace

std::array<RunSteps, kLevelCount> calc_run_steps(const RunRecord& record, const std::string& file) {
  LUMBARUN_THROW_UNLESS(record.header.speed_m_s > 0.0, "{}: speed 0 m/s: a posture has no steps to count",
                        file);
  LUMBARUN_THROW_UNLESS(
      record.names.levels == std::vector<std::string>(kLevelNames.begin(), kLevelNames.end()),
      "{}: other levels than T12_L1 … L5_S1", file);
  const double stride_time = get_stride_time(record, file);
  const std::size_t samples = record.time.size();
  const double step_s = record.time.back() / static_cast<double>(samples - 1);
  const auto unloaded = static_cast<std::size_t>(std::ceil(kUnloaded_s / step_s));
  const auto touchdowns = find_touchdowns(calc_foot_forces(record), kContactThreshold_N, unloaded);
  const auto strides = std::llround((record.time.back() + step_s) / stride_time);
  LUMBARUN_THROW_UNLESS(static_cast<long long>(touchdowns.size()) == 2 * strides,
                        "{}: {} touchdowns in {} strides, expected two a stride", file, touchdowns.size(),
                        strides);
  std::array<RunSteps, kLevelCount> steps;
  for (int level = 0; level < kLevelCount; ++level) {
    std::vector<double> compression;
    for (std::size_t i = level; i < record.discs.compression.size(); i += kLevelCount)
      compression.push_back(record.discs.compression[i]);
    steps[level] = {2000.0 / (record.header.speed_m_s * stride_time),
                    calc_step_peaks(compression, touchdowns)};
  }
  return steps;
}

}  // namespace lumbarun
