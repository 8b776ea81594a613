// One [[axis]] of a sweep file.
#pragma once

#include <string>

#include "scenarios/sweep/sweep_spec.h"
#include "scenarios/toml_node.h"

namespace lumbarun {

// `needs_levels`: in a grid, a range or distribution must say how many levels it has.
// Values of levels are not yet checked against the registry; keys and bounds of distributions are.
SweepAxisSpec read_axis(const toml::table& table, const std::string& file_name, bool needs_levels);

}  // namespace lumbarun
