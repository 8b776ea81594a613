#include "scenarios/stride_words.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {
namespace {

constexpr double kUnbounded = 90.0;
// Strike by the sole's angle at touchdown. Bounds 8.0° and -1.6° between rear-, mid- and forefoot strike: Altman & Davis
// 2012 (Gait Posture 35:298; remembered). What each word asks for lies inside its band (estimates).
constexpr StrikeBand kStrikes[] = {
    {"rearfoot", 8.0, 15.0, kUnbounded}, {"midfoot", -1.6, 3.0, 8.0}, {"forefoot", -kUnbounded, -8.0, -1.6}};

}  // namespace

const StrikeBand* find_strike_band(const std::string& name) {
  const auto it = std::find_if(std::begin(kStrikes), std::end(kStrikes),
                               [&](const StrikeBand& strike) { return name == strike.name; });
  return it == std::end(kStrikes) ? nullptr : &*it;
}

double calc_cadence_spm(const StrideKeys& stride, const GaitNorm& norm) {
  if (stride.cadence_spm) return *stride.cadence_spm;
  if (stride.step_length_m) return 60.0 * stride.speed_m_s / *stride.step_length_m;
  return norm.calc_cadence_spm(stride.speed_m_s);
}

double calc_slope(const StrideKeys& stride) { return std::atan(0.01 * stride.grade_percent); }

}  // namespace lumbarun
