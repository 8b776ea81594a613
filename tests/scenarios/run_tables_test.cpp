// compare, export and init: what they make of a result and of the key registry.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

#include "scenarios/key_listing.h"
#include "scenarios/run_comparison.h"
#include "scenarios/run_export.h"
#include "scenarios/scenario_io.h"
#include "sim/core/errors.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;

RunRecord build_record(double speed, double peak) {
  RunRecord record;
  record.header.title = "a run";
  record.header.scenario = calc_scenario_text(
      parse_scenario("[stride]\nspeed_m_s = " + std::to_string(speed) + "\ncadence_spm = 170\n", "x.toml"));
  record.names.feet = {"right", "left"};
  record.names.levels = {"T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1"};
  record.metrics = {{"contact_time", "s", "contact", ValueAxis::kFoot, {0.25, 0.26}, true},
                    {"peak_compression", "N", "peak", ValueAxis::kLevel, {1, 2, 3, 4, peak, 6}, false}};
  return record;
}

TEST(Comparison, TellsKeysAndMetricsWithUnits) {
  const RunComparison found = calc_run_comparison(build_record(3.0, 2000), build_record(3.5, 2100));
  ASSERT_EQ(found.keys.size(), 1u);
  EXPECT_EQ(found.keys[0].key, "stride.speed_m_s");
  ASSERT_EQ(found.values.size(), 8u);
  EXPECT_EQ(found.values[6].name, "peak_compression[L4_L5]");
  EXPECT_EQ(found.values[6].second - found.values[6].first, 100);
  EXPECT_THAT(calc_comparison_text(found), HasSubstr("+5.0 %  N"));
  EXPECT_THAT(
      calc_comparison_json(found),
      HasSubstr(
          R"("name": "peak_compression[L4_L5]", "unit": "N", "a": 2000, "b": 2100, "difference": 100)"));
}

TEST(Comparison, MetricOfOneFileOnlyIsToldAsUndefined) {
  RunRecord second = build_record(3.0, 2000);
  second.metrics.erase(second.metrics.begin());
  second.metrics.push_back({"extra", "1", "extra", ValueAxis::kScalar, {5}, false});
  const RunComparison found = calc_run_comparison(build_record(3.0, 2000), second);
  EXPECT_TRUE(found.keys.empty());
  EXPECT_TRUE(std::isnan(found.values[0].second));
  EXPECT_EQ(found.values.back().name, "extra");
  EXPECT_TRUE(std::isnan(found.values.back().first));
  second.metrics.back() = {"peak_compression",     "kN", "peak", ValueAxis::kLevel,
                           std::vector<double>(6), false};
  EXPECT_THROW(calc_run_comparison(build_record(3.0, 2000), second), BadInput);
}

RunRecord build_series() {
  RunRecord record = build_record(3.0, 2000);
  record.names.coordinates = {"pelvis_tx", "pelvis_tilt"};
  record.names.coordinate_units = {"m", "rad"};
  record.time = {0, 0.001};
  record.motion.q = {0.5, -0.25, 0.75, 0.125};
  record.header.grade_deg = 30;
  for (int i = 0; i < 12; ++i) {
    record.ground.force.push_back(100 + i);
    record.ground.center_of_pressure.push_back(i < 6 ? 0.5 * i : std::nan(""));
  }
  record.ground.free_moment = {2, 4, std::nan(""), std::nan("")};
  for (int i = 0; i < 12; ++i) record.discs.compression.push_back(1000 + i);
  return record;
}

TEST(Export, StorageFilesAreAsOpenSimReadsThem) {
  const auto tables = calc_export_tables(build_series());
  ASSERT_EQ(tables.size(), 3u);
  EXPECT_EQ(calc_storage_text(tables[0]),
            "motion\nversion=1\nnRows=2\nnColumns=3\ninDegrees=no\nendheader\ntime\tpelvis_tx\tpelvis_tilt\n"
            "0\t0.5\t-0.25\n0.001\t0.75\t0.125\n");
  const std::string ground = calc_storage_text(tables[1]);
  EXPECT_THAT(ground,
              HasSubstr("time\tground_force_r_vx\tground_force_r_vy\tground_force_r_vz\tground_force_r_px"));
  EXPECT_THAT(ground, HasSubstr("\tground_torque_l_x\tground_torque_l_y\tground_torque_l_z\n"));
  // The free moment of 2 N m is about the normal of a plane that rises by 30°: (−1/2, √3/2, 0).
  EXPECT_THAT(ground, HasSubstr("\n0\t100\t101\t102\t0\t0.5\t1\t-1\t1.73205081\t0\t103"));
  EXPECT_EQ(ground.find("nan"), std::string::npos);
  EXPECT_EQ(tables[2].columns.size(), 6u);
  EXPECT_EQ(tables[2].columns[4], "L4_L5_compression");
}

TEST(Export, CsvNamesUnitsAndLeavesTheUndefinedEmpty) {
  const auto tables = calc_export_tables(build_series());
  EXPECT_THAT(calc_csv_text(tables[0]), HasSubstr("time_s,pelvis_tx_m,pelvis_tilt_rad\n0,0.5,-0.25\n"));
  const std::string ground = calc_csv_text(tables[1]);
  EXPECT_THAT(ground, HasSubstr("ground_force_r_vx_n,"));
  EXPECT_THAT(ground, HasSubstr("ground_torque_r_y_n_m,"));
  EXPECT_THAT(ground, HasSubstr("0.001,106,107,108,,,,,,,109,110,111,,,,,,\n"));
}

TEST(Template, SaysNothingButTheDefaults) {
  const std::string text = calc_scenario_template();
  EXPECT_EQ(calc_scenario_text(parse_scenario(text, "template.toml")),
            calc_scenario_text(parse_scenario("", "empty.toml")));
  EXPECT_THAT(text, HasSubstr("\nmass_kg = 70\n"));
  EXPECT_THAT(text, HasSubstr("\n# cadence_spm = (measured norm)\n"));
  EXPECT_THAT(text, HasSubstr("Allowed: 130 … 220 steps/min."));
}

TEST(Seed, ComesFromTheScenarioAndNotFromItsTitle) {
  Scenario a = parse_scenario("title = \"a\"\n", "a.toml");
  Scenario b = parse_scenario("title = \"b\"\n", "b.toml");
  EXPECT_EQ(calc_scenario_seed(a), calc_scenario_seed(b));
  EXPECT_EQ(calc_scenario_hash(a), calc_scenario_hash(b));
  b.stride.speed_m_s += 1e-12;
  EXPECT_NE(calc_scenario_seed(a), calc_scenario_seed(b));
  EXPECT_NE(calc_scenario_hash(a), calc_scenario_hash(b));
}

}  // namespace
}  // namespace lumbarun
