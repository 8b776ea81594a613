// What accelerometers and a force plate's double integration would see of a simulated stride.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "scenarios/scenario_model.h"
#include "sim/forward/stride_sampling.h"

namespace lumbarun {

inline constexpr int kShockSegmentCount = 4;
// From the ground up. Points: the shank of the foot in contact a hand above the ankle, the origins of sacrum and L3, the middle of the
// head (fixed to the thorax: the model has no neck).
inline constexpr std::array<const char*, kShockSegmentCount> kShockSegments = {"tibia", "sacrum", "L3",
                                                                               "head"};

struct SegmentMotion {
  // Foot, segment: upward acceleration, gravity not included, per sample [m/s²]. Above the shank alike for both feet.
  std::array<std::array<std::vector<double>, kShockSegmentCount>, kFootCount> acceleration;
  std::vector<double> mass_centre_height;  // along the normal of the ground plane, per sample [m]
};

SegmentMotion calc_segment_motion(const ScenarioModel& built, const StrideSamples& stride);

}  // namespace lumbarun
