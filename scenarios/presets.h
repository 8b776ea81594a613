// What the tables under models/ say: named sets of values for a group of keys (shoes and surfaces), measured gaits.
#pragma once

#include <string>
#include <vector>

#include "models/gait_norm.h"
#include "scenarios/scenario_entries.h"

namespace lumbarun {

// Where the tables are: the environment variable LUMBARUN_DATA_DIR, or models/ of the source tree this
// program was built from.
std::string get_models_directory();

// The measured gaits, read once in a process (a sweep asks for them with every scenario).
const GaitNorm& get_gait_norm();

// `group` is "shoe" or "surface".
std::vector<std::string> read_preset_names(const std::string& group);

// The values that a preset gives to the keys of its group.
std::vector<ScenarioEntry> read_preset(const std::string& group, const std::string& name);

// Of all tables under models/: what was computed with other tables is something else.
std::string calc_tables_hash();

}  // namespace lumbarun
