// Strides nobody can run: keys that contradict each other, the flight or the friction of the ground.
#pragma once

#include <optional>
#include <string>

#include "models/gait_norm.h"
#include "scenarios/scenario.h"

namespace lumbarun {

// A value that does not go with the others: the key to name, and why, with the nearest valid choice.
struct StrideConflict {
  std::string key;
  std::string reason;
};
std::optional<StrideConflict> find_stride_conflict(const Scenario& scenario, const GaitNorm& norm);

}  // namespace lumbarun
