// What the stride keys ask of the planner, on the runner's own foot and shoe.
#include "scenarios/stride_request.h"

#include <gtest/gtest.h>

#include "scenarios/scenario_io.h"
#include "scenarios/scenario_model.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

std::optional<double> find_asked_deg(const std::string& keys) {
  const Scenario scenario = parse_scenario("schema_version = 1\n" + keys, "strike");
  const ScenarioModel built = build_scenario_model(scenario);
  const auto angle = build_stride_request(scenario, built.runner, built.norm).shape.foot_strike_angle;
  return angle ? std::optional(rad_to_deg(*angle)) : std::nullopt;
}

TEST(StrideRequest, AWordLeavesTheNormAloneThatLandsSoAlready) {
  EXPECT_FALSE(find_asked_deg("[stride]\nstrike = \"norm\"\n"));
  EXPECT_FALSE(find_asked_deg("[stride]\nstrike = \"rearfoot\"\n"));
}

TEST(StrideRequest, AWordMovesTheNormIntoItsBand) {
  EXPECT_NEAR(find_asked_deg("[stride]\nstrike = \"midfoot\"\n").value(), 3.0, 1e-9);
  EXPECT_NEAR(find_asked_deg("[stride]\nstrike = \"forefoot\"\n").value(), -8.0, 1e-9);
}

TEST(StrideRequest, ANumberIsTakenAsItIs) {
  EXPECT_NEAR(find_asked_deg("[stride]\nfoot_strike_angle_deg = 11.5\n").value(), 11.5, 1e-9);
}

}  // namespace
}  // namespace lumbarun
