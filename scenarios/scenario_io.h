// Scenario files in and out.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.h"

namespace lumbarun {

// Reads a scenario file. Later says beat earlier ones: defaults, presets, included files, the file,
// `overrides` ("key=value").
// @throws BadInput with file, line, key, value, allowed range and nearest known key.
Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides = {});

// The same from text; `file_name` is for messages.
Scenario parse_scenario(const std::string& text, const std::string& file_name,
                        const std::vector<std::string>& overrides = {});

// The resolved scenario as TOML: every key with the value it has, so that reading it gives the same scenario
// under any version of the presets.
std::string calc_scenario_text(const Scenario& scenario);

}  // namespace lumbarun
