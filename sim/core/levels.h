// The six lumbar levels, cranial to caudal as in every file.
#pragma once

#include <array>
#include <string_view>

namespace lumbarun {

inline constexpr int kLevelCount = 6;
inline constexpr std::array<std::string_view, kLevelCount> kLevelNames = {"T12_L1", "L1_L2", "L2_L3",
                                                                          "L3_L4",  "L4_L5", "L5_S1"};

}  // namespace lumbarun
