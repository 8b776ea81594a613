// Posture keys that do not go together, or not with the rest of a scenario.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_entries.h"

namespace lumbarun {

// A key that says nothing here or contradicts another one, by the user's entries.
struct PostureConflict {
  std::string key;
  std::string reason;
};
std::optional<PostureConflict> find_posture_conflict(const std::vector<ScenarioEntry>& entries,
                                                     const Scenario& scenario);

}  // namespace lumbarun
