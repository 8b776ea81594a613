// The rows of the registry: every key with its place, unit, range, effect and source.
#pragma once

#include <vector>

#include "scenarios/key_registry.h"

namespace lumbarun {

std::vector<ScenarioKey> build_scenario_keys();

}  // namespace lumbarun
