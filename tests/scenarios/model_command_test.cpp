// `lumbarun model`: the built runner as text, JSON and CSV.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/command_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;

class ModelCommand : public test::CommandLine {};

TEST_F(ModelCommand, PrintsTheModelAsTextAndJson) {
  const CommandOutcome text = run("model --pose hip_flexion_r=-10");
  EXPECT_EQ(text.exit_code, 0) << text.messages;
  EXPECT_THAT(text.output, HasSubstr("320 muscles, specific tension 60 N/cm²"));
  const CommandOutcome json = run("model --json --preload 250 --set condition.hip_flexor_tightness_deg=6");
  EXPECT_EQ(json.exit_code, 0) << json.messages;
  for (const char* key :
       {"\"bodies\": [{\"name\": \"pelvis\"", "\"coordinates\": [{\"name\": \"pelvis_tx\"",
        "\"discs\": [{\"level\": \"L5_S1\"",
        "\"muscles\": [{\"name\": \"iliacus_r\", \"group\": \"iliacus\", \"side\": \"right\"",
        "\"max_isometric_force_n\": ", "\"optimal_fiber_length_m\": ", "\"tendon_slack_length_m\": ",
        "\"pennation_rad\": ", "\"path_length_m\": ", "\"normalized_fiber_length\": ", "\"preload_n\": 250",
        "\"parameter\": \"muscles.hip_flexor_tightness_deg.right\""}) {
    EXPECT_THAT(json.output, HasSubstr(key));
  }
}

TEST_F(ModelCommand, WritesTables) {
  EXPECT_EQ(run("model --csv tables --set runner.leg_length_difference_mm=12").exit_code, 0);
  for (const char* table : {"bodies", "coordinates", "discs", "muscles", "moment_arms", "passive_joints"}) {
    EXPECT_GT(read_bytes(get_path("tables") + "/" + table + ".csv").size(), 100u) << table;
  }
}

TEST_F(ModelCommand, RefusesUnknownCoordinatesAndImpossiblePersons) {
  const CommandOutcome unknown = run("model --pose hip_flexon_r=-10");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.messages,
              HasSubstr("unknown coordinate 'hip_flexon_r'; the nearest known one is 'hip_flexion_r'"));
  EXPECT_EQ(run("model --pose hip_flexion_r").exit_code, 2);
  EXPECT_EQ(run("model --pose hip_flexion_r=far").exit_code, 2);
  EXPECT_THAT(run("model --set runner.mass_kg=30 --set runner.height_m=2.1").messages,
              HasSubstr("40 … 130 kg"));
  const CommandOutcome thin = run("model --set runner.mass_kg=45 --set runner.height_m=2.1");
  EXPECT_EQ(thin.exit_code, 2);
  EXPECT_THAT(thin.messages, HasSubstr("at this height 66.2 ... 140.0 kg are allowed"));
}

}  // namespace
}  // namespace lumbarun
