#include "scenarios/summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace lumbarun {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Two levels, three times.
RunRecord build_record() {
  RunRecord record;
  record.header.title = "a \"test\"";
  record.header.status = "ok";
  record.header.body_mass_kg = 62.5;
  record.header.gravity_m_s2 = 9.8;
  record.names.levels = {"L4_L5", "L5_S1"};
  record.names.feet = {"right", "left"};
  record.names.reserve_coordinates = {"L4_L5_extension", "L5_S1_bending"};
  record.time = {0.0, 0.1, 0.2};
  record.discs.compression = {900, 1000, 1800, 2450, 1200, 1450};
  record.discs.anterior_shear = {100, -50, -220, 60, 130, 70};
  record.reserves.peak_share = {0.011, 0.042};
  record.metrics = {{"contact_time", "s", "contact time", ValueAxis::kFoot, {0.25, 0.26}, false},
                    {"loading_rate",
                     "N/s",
                     "loading rate",
                     ValueAxis::kScalar,
                     {std::numeric_limits<double>::quiet_NaN()},
                     true}};
  return record;
}

TEST(Summary, TakesPeaksAndMeansPerLevelCaudalFirst) {
  const Summary summary = calc_summary(build_record());
  ASSERT_EQ(summary.levels.size(), 2u);
  EXPECT_EQ(summary.levels[0].level, "L5_S1");
  EXPECT_EQ(summary.levels[0].compression_peak_n, 2450.0);
  EXPECT_NEAR(summary.levels[0].compression_peak_bw, 2450.0 / 612.5, 1e-12);
  EXPECT_NEAR(summary.levels[0].compression_mean_n, 4900.0 / 3.0, 1e-9);
  EXPECT_EQ(summary.levels[1].compression_peak_n, 1800.0);
  EXPECT_EQ(summary.levels[1].anterior_shear_peak_n, -220.0) << "the largest magnitude, with its sign";
}

TEST(Summary, LargestReserveComesFirst) {
  const Summary summary = calc_summary(build_record());
  EXPECT_EQ(summary.reserves[0].coordinate, "L5_S1_bending");
  EXPECT_THAT(calc_summary_text(summary),
              HasSubstr("largest reserve 4.2 % of the coordinate's own peak net moment, at L5_S1_bending"));
}

// Where sharing found no answer a share is not known, which is worse than any number.
TEST(Summary, UnknownReserveComesBeforeAllOthers) {
  RunRecord record = build_record();
  record.header.status = "failed: sharing found no answer at 1 of 3 samples";
  record.reserves.peak_share = {std::numeric_limits<double>::quiet_NaN(), 0.042};
  const Summary summary = calc_summary(record);
  EXPECT_EQ(summary.reserves[0].coordinate, "L4_L5_extension");
  EXPECT_EQ(summary.reserves[1].coordinate, "L5_S1_bending");
  EXPECT_THAT(calc_summary_text(summary),
              ::testing::AllOf(HasSubstr("largest reserve unknown"), Not(HasSubstr("nan"))));
}

TEST(Summary, TextNamesFeetUnitsAndWhatIsUndefined) {
  const std::string text = calc_summary_text(calc_summary(build_record()));
  EXPECT_THAT(text, HasSubstr("right 0.25, left 0.26 s"));
  EXPECT_THAT(text, HasSubstr("- N/s"));
  EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST(Summary, JsonHasNullForWhatIsUndefined) {
  const std::string json = calc_summary_json(calc_summary(build_record()));
  EXPECT_THAT(json, HasSubstr(R"("title": "a \"test\"")"));
  EXPECT_THAT(json, HasSubstr(R"("contact_time": {"unit": "s", "value": {"right": 0.25, "left": 0.26}})"));
  EXPECT_THAT(json, HasSubstr(R"("loading_rate": {"unit": "N/s", "value": null})"));
  EXPECT_THAT(json, HasSubstr(R"("compression_peak_n": 2450)"));
  EXPECT_THAT(json, Not(HasSubstr("nan")));
}

TEST(Summary, FailedRunHasNoLevels) {
  RunRecord record = build_record();
  record.header.status = "failed: no plan";
  record.discs = {};
  record.reserves = {};
  const Summary summary = calc_summary(record);
  EXPECT_TRUE(summary.levels.empty());
  EXPECT_THAT(calc_summary_text(summary), HasSubstr("failed: no plan"));
}

}  // namespace
}  // namespace lumbarun
