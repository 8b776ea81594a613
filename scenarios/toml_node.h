// TOML files as toml++ sees them; only their readers include this.
#pragma once

#include <toml++/toml.h>

#include <string>
#include <vector>

#include "scenarios/scenario_entries.h"

namespace lumbarun {

// @throws BadInput if there is no such file.
std::string read_text(const std::string& path);

// @throws BadInput with line and column if it is not TOML.
toml::table parse_toml(const std::string& text, const std::string& file_name);

// "file:line:column"
std::string calc_where(const toml::node& node, const std::string& file_name);

// On one line; real numbers with the fewest digits that bring them back.
std::string calc_node_text(const toml::node& node);

EntryValue calc_entry_value(const toml::node& node);
ScenarioEntry build_scenario_entry(const std::string& name, const toml::node& node,
                                   const std::string& file_name);

// All values of a table; each name gets `prefix`. Tables that are groups of scenario keys are entered.
void append_entries(const toml::table& table, const std::string& prefix, const std::string& file_name,
                    std::vector<ScenarioEntry>& entries);

}  // namespace lumbarun
