// "Did you mean …": the known name with the smallest edit distance.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lumbarun {

int calc_edit_distance(std::string_view a, std::string_view b);

// Empty when `known` is empty.
std::string nearest_name(std::string_view name, const std::vector<std::string>& known);

}  // namespace lumbarun
