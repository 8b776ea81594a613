#include "scenarios/key_listing.h"

#include <fmt/format.h>

#include "scenarios/json_text.h"
#include "scenarios/key_registry.h"

namespace lumbarun {
namespace {

// A bar would end the cell.
std::string calc_cell(std::string text) {
  for (size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2))
    text.replace(at, 1, "\\|");
  return text;
}

std::string calc_key_json(const ScenarioKey& key) {
  JsonMembers members = {{"name", calc_json(key.name)},
                         {"type", calc_json(get_type_name(key))},
                         {"unit", calc_json(key.unit)},
                         {"default", calc_json(calc_default_text(key))}};
  if (key.min < key.max || key.min != 0.0) {
    members.emplace_back("min", calc_json(key.min));
    members.emplace_back("max", calc_json(key.max));
  }
  std::vector<std::string> choices;
  for (const std::string& choice : key.choices) choices.push_back(calc_json(choice));
  if (!choices.empty()) members.emplace_back("choices", calc_json_list(choices));
  members.emplace_back("effect", calc_json(key.effect));
  members.emplace_back("source", calc_json(key.source));
  return calc_json_object(members);
}

}  // namespace

std::string calc_key_listing_text() {
  std::string text;
  for (const ScenarioKey& key : get_scenario_keys()) {
    text += fmt::format("{}  ({}; {}; default {})\n    {}\n    source: {}\n", key.name, get_type_name(key),
                        calc_allowed_text(key), calc_default_text(key), key.effect, key.source);
  }
  return text;
}

std::string calc_key_listing_json() {
  std::string lines;
  for (const ScenarioKey& key : get_scenario_keys()) {
    lines += fmt::format("{}  {}", lines.empty() ? "" : ",\n", calc_key_json(key));
  }
  return fmt::format("[\n{}\n]\n", lines);
}

std::string calc_key_listing_markdown() {
  std::string text =
      "# Scenario keys\n\nWritten by `lumbarun schema --markdown`; a test compares. Every key may be left "
      "out. A file may also say\n"
      "`include = [\"other.toml\"]`: what stands in the included files comes first, the file's own keys beat "
      "it.\n\n"
      "| key | type | allowed | default | effect | source |\n|---|---|---|---|---|---|\n";
  for (const ScenarioKey& key : get_scenario_keys()) {
    text += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", key.name, get_type_name(key),
                        calc_cell(calc_allowed_text(key)), calc_default_text(key), calc_cell(key.effect),
                        calc_cell(key.source));
  }
  return text;
}

std::string calc_scenario_template() {
  std::string text =
      "# A scenario. Lines that begin with # are comments: take the # away to change a value from its "
      "default.\n"
      "# `lumbarun schema` says where ranges and defaults come from.\n";
  std::string open_group;
  for (const ScenarioKey& key : get_scenario_keys()) {
    const size_t dot = key.name.find('.');
    const std::string group = dot == std::string::npos ? "" : key.name.substr(0, dot);
    if (group != open_group) text += fmt::format("\n[{}]\n", group);
    open_group = group;
    const std::string value = calc_value_text(key, Scenario());
    const bool is_open = dot == std::string::npos || group == "runner" || key.name == "stride.speed_m_s";
    text += fmt::format("# {} Allowed: {}.\n{}{} = {}\n", key.effect, calc_allowed_text(key),
                        is_open ? "" : "# ", key.name.substr(dot + 1),
                        value.empty() ? fmt::format("({})", calc_default_text(key)) : value);
  }
  return text;
}

}  // namespace lumbarun
