// CSV tables of scenarios: a header of scenario keys, one row per level. Cells hold numbers, true, false or text without
// commas, or nothing: then the level leaves that key as the base scenario has it. Spaces around cells do not count, empty lines
// and lines that begin with # are skipped.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario_entries.h"

namespace lumbarun {

struct AxisTable {
  std::vector<std::string> keys;
  std::vector<std::vector<ScenarioEntry>> rows;
};

// @throws BadInput with file and line if a row has another number of cells than the header, the table has no rows, or a key
// stands there twice. Keys and values are not yet checked against the registry.
AxisTable read_axis_table(const std::string& path);
AxisTable parse_axis_table(const std::string& text, const std::string& file_name);

}  // namespace lumbarun
