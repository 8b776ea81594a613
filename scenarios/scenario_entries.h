// Scenario text as a flat list of what it says, with the place where it says it; not yet checked against the
// key registry.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace lumbarun {

// A table, an array or a date: right for no key.
struct OtherToml {};

using EntryValue = std::variant<OtherToml, bool, std::int64_t, double, std::string>;

struct ScenarioEntry {
  std::string name;  // dotted, e.g. runner.mass_kg
  EntryValue value;
  std::string text;   // the value as the user wrote it, in TOML
  std::string where;  // "runs/easy.toml:7:3" or "--set"
};

// Entries of a file and, before them, of the files it includes (`include = ["base.toml"]`, paths from the
// including file).
// @throws BadInput if a file cannot be read, is not TOML, or includes itself.
std::vector<ScenarioEntry> read_scenario_entries(const std::string& path);

// Entries of TOML text; `file_name` is for messages. Includes are refused.
std::vector<ScenarioEntry> parse_scenario_entries(const std::string& text, const std::string& file_name);

// One `key=value` of the command line. Text values need no quotes.
ScenarioEntry parse_override(const std::string& text);

// One table of a file of named tables; every entry's name gets the prefix "<group>.".
// @throws BadInput if there is no such table, naming those there are.
std::vector<ScenarioEntry> read_named_table(const std::string& path, const std::string& table,
                                            const std::string& group);

// Names of the tables of a file, in file order.
std::vector<std::string> read_table_names(const std::string& path);

// A text value in TOML quotes.
std::string calc_toml_text(const std::string& value);

}  // namespace lumbarun
