// The little JSON that `--json` needs.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace lumbarun {

std::string calc_json(const std::string& text);  // quoted and escaped
std::string calc_json(double number);            // null if it is not finite

// Names and values that are JSON already, in order: {"name": value, …}.
using JsonMembers = std::vector<std::pair<std::string, std::string>>;
std::string calc_json_object(const JsonMembers& members);
std::string calc_json_list(const std::vector<std::string>& values);

}  // namespace lumbarun
