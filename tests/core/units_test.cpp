#include "sim/core/units.h"

#include <gtest/gtest.h>

#include "sim/core/levels.h"

namespace lumbarun {
namespace {

TEST(Units, DegreesAndRadians) {
  EXPECT_DOUBLE_EQ(deg_to_rad(180.0), 3.14159265358979323846);
  EXPECT_DOUBLE_EQ(rad_to_deg(1.0), 57.295779513082320877);
  EXPECT_DOUBLE_EQ(rad_to_deg(deg_to_rad(-50.5)), -50.5);
}

// The order of every file: cranial to caudal, each level's lower vertebra the next one's upper.
TEST(Levels, RunFromCranialToCaudal) {
  EXPECT_EQ(kLevelNames.front(), "T12_L1");
  EXPECT_EQ(kLevelNames.back(), "L5_S1");
  for (int i = 0; i + 1 < kLevelCount; ++i) {
    const std::string_view upper = kLevelNames[i], lower = kLevelNames[i + 1];
    EXPECT_EQ(upper.substr(upper.find('_') + 1), lower.substr(0, lower.find('_')));
  }
}

}  // namespace
}  // namespace lumbarun
