#include "sim/core/nearest_name.h"

#include <gtest/gtest.h>

namespace lumbarun {
namespace {

// Levenshtein 1966; kitten -> sitting and Saturday -> Sunday are the textbook cases.
TEST(EditDistance, TextbookCases) {
  EXPECT_EQ(calc_edit_distance("kitten", "sitting"), 3);
  EXPECT_EQ(calc_edit_distance("Saturday", "Sunday"), 3);
  EXPECT_EQ(calc_edit_distance("", "disc"), 4);
  EXPECT_EQ(calc_edit_distance("disc", ""), 4);
  EXPECT_EQ(calc_edit_distance("", ""), 0);
  EXPECT_EQ(calc_edit_distance("pelvis_tx", "pelvis_tx"), 0);
  EXPECT_EQ(calc_edit_distance("ab", "ba"), 2);
}

TEST(EditDistance, IsAMetric) {
  const std::vector<std::string> words = {
      "hip_flexion_r", "hip_flexion_l", "knee_angle_r", "L5_S1_extension", "x", ""};
  for (const auto& a : words) {
    for (const auto& b : words) {
      EXPECT_EQ(calc_edit_distance(a, b), calc_edit_distance(b, a));
      EXPECT_EQ(calc_edit_distance(a, b) == 0, a == b);
      for (const auto& c : words) {
        EXPECT_LE(calc_edit_distance(a, c), calc_edit_distance(a, b) + calc_edit_distance(b, c));
      }
    }
  }
}

TEST(NearestName, FindsTheTypo) {
  const std::vector<std::string> known = {"stride.speed_m_s", "stride.cadence_spm", "runner.mass_kg",
                                          "runner.height_m"};
  EXPECT_EQ(nearest_name("stride.sped_m_s", known), "stride.speed_m_s");
  EXPECT_EQ(nearest_name("runner.mass", known), "runner.mass_kg");
  EXPECT_EQ(nearest_name("runner.height_m", known), "runner.height_m");
}

TEST(NearestName, FirstOfEquallyNearAndEmptyForNone) {
  EXPECT_EQ(nearest_name("hip_x", {"hip_r", "hip_l"}), "hip_r");
  EXPECT_EQ(nearest_name("hip", {}), "");
}

}  // namespace
}  // namespace lumbarun
