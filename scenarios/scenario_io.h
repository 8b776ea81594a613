// Scenario files in and out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_entries.h"

namespace lumbarun {

// Reads a scenario file. Later says beat earlier ones: defaults, presets, included files, the file,
// `overrides` ("key=value").
// @throws BadInput with file, line, key, value, allowed range and nearest known key.
Scenario read_scenario(const std::string& path, const std::vector<std::string>& overrides = {});

// The same from text; `file_name` is for messages.
Scenario parse_scenario(const std::string& text, const std::string& file_name,
                        const std::vector<std::string>& overrides = {});

// The same from entries; later ones beat earlier ones, all of them beat presets and defaults.
Scenario resolve_scenario(const std::vector<ScenarioEntry>& entries);

// The resolved scenario as TOML: every key with the value it has, so that reading it gives the same scenario
// under any version of the presets.
std::string calc_scenario_text(const Scenario& scenario);

// The same runner and stride with the shoe and the surface of habitual.*, and no habits of its own; nothing if
// habitual.* says "same" throughout.
std::optional<Scenario> build_habitual_scenario(const Scenario& scenario);

// A name for what is computed, whatever its title: SHA-1 of the resolved scenario and of `also`, as a UUID.
std::string calc_scenario_hash(const Scenario& scenario, const std::string& also = "");

// For everything random in a run of this scenario: the same wherever, whenever and in whatever order it runs.
std::uint64_t calc_scenario_seed(const Scenario& scenario);

}  // namespace lumbarun
