// The key registry for readers: people, programs, documentation.
#pragma once

#include <string>

namespace lumbarun {

std::string calc_key_listing_text();
std::string calc_key_listing_json();
std::string calc_key_listing_markdown();  // docs/scenario-keys.md
std::string calc_scenario_template();     // a scenario file that says nothing but the defaults, with comments

}  // namespace lumbarun
