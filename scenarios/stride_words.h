// What the stride keys say by themselves, before a runner is built.
#pragma once

#include <string>

#include "models/gait_norm.h"
#include "scenarios/scenario.h"

namespace lumbarun {

// Strikes told by the sole's angle at touchdown: the band a word stands for, and what it asks for inside it.
struct StrikeBand {
  const char* name;
  double low_deg, asked_deg, high_deg;
};
// Null where the word is none of them.
const StrikeBand* find_strike_band(const std::string& name);

// Cadence from the key, from step length, or from the norm at that speed.
double calc_cadence_spm(const StrideKeys& stride, const GaitNorm& norm);

// Tilt of the ground along the path [rad]: a grade of 100 % is 45°.
double calc_slope(const StrideKeys& stride);

}  // namespace lumbarun
