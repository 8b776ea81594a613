// Postures as a user asks for them: keys, conflicts, results.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/pipeline.h"
#include "scenarios/posture_request.h"
#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "scenarios/scenario_model.h"
#include "sim/core/errors.h"
#include "sim/results/schema.h"

namespace lumbarun {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Scenario parse(const std::string& preset, const std::vector<std::string>& overrides = {}) {
  return parse_scenario("[posture]\npreset = \"" + preset + "\"\n", "my.toml", overrides);
}

RunRecord run(const std::string& preset, const std::vector<std::string>& overrides = {}) {
  Progress silent;
  return run_scenario(parse(preset, overrides), silent);
}

std::string calc_refusal(const std::string& preset, const std::vector<std::string>& overrides = {}) {
  try {
    run(preset, overrides);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

double get_metric(const RunRecord& record, const std::string& name, int index = 0) {
  for (const NamedValue& value : record.metrics)
    if (value.name == name) return value.values[index];
  ADD_FAILURE() << "no metric " << name;
  return 0.0;
}

TEST(PostureRun, EveryPresetGivesAWholeRecord) {
  for (const std::string& preset : read_preset_names("posture")) {
    const RunRecord record = run(preset);
    EXPECT_EQ(record.time, std::vector<double>{0.0}) << preset;
    EXPECT_EQ(record.discs.compression.size(), 6u) << preset;
    EXPECT_NO_THROW(results::check_record(record)) << preset;
    EXPECT_LT(get_metric(record, "root_residual"), 1e-8) << preset;
    EXPECT_EQ(record.header.speed_m_s, 0.0);
    for (double value : record.discs.compression) EXPECT_GT(value, 100.0) << preset;
  }
}

// Feet, seat and nothing else carry body, shoes and load.
TEST(PostureRun, SupportsCarryTheWeight) {
  for (const char* preset : {"standing", "flexed", "sitting", "hold_close", "lift_bent_knees"}) {
    const RunRecord record = run(preset, {"shoe.mass_kg=0.25"});
    const double carried = get_metric(record, "foot_force") + get_metric(record, "seat_force_ischium") +
                           get_metric(record, "seat_force_thigh");
    EXPECT_NEAR(carried, (70.0 + 0.5 + get_metric(record, "held_mass")) * record.header.gravity_m_s2, 1e-4)
        << preset;
    EXPECT_NEAR(record.ground.force[1] + record.ground.force[4], get_metric(record, "foot_force"), 1e-6);
  }
}

TEST(PostureRun, ABendToTheOtherSideLoadsTheDiscsAlike) {
  const RunRecord right = run("lateral_bend", {"posture.lumbar_bending_deg=8"});
  const RunRecord left = run("lateral_bend", {"posture.lumbar_bending_deg=-8"});
  for (int level = 0; level < 6; ++level) {
    EXPECT_NEAR(right.discs.compression[level], left.discs.compression[level], 1e-3);
    EXPECT_NEAR(right.discs.lateral_shear[level], -left.discs.lateral_shear[level], 1e-3);
    EXPECT_NEAR(right.discs.lateral_bending_moment[level], -left.discs.lateral_bending_moment[level], 1e-4);
  }
  EXPECT_GT(std::abs(right.discs.lateral_bending_moment[4]), 0.5);
}

TEST(PostureRun, TheLoadIsWhereItWasAskedFor) {
  const Scenario scenario = parse("lift_round_back");
  ScenarioModel built = build_scenario_model(scenario);
  const EquilibriumRequest request = build_posture_request(scenario.posture, built.norm, built.runner);
  ASSERT_EQ(built.runner.point_forces.size(), 2u);
  Data<double> data(built.runner.model);
  update_positions(built.runner.model, data, request.q.data());
  Vector3<double> hands;
  for (const PointForce& hand : built.runner.point_forces) {
    hands += calc_position(data, hand.link, hand.p_LP) * 0.5;
    EXPECT_NEAR(hand.F_P_W.y, -10.0 * built.runner.model.gravity, 1e-9);
  }
  const Vector3<double> joint = data.link[built.runner.discs[5].axes[2].coordinate].p_WL;
  EXPECT_NEAR(hands.x - joint.x, 0.400, 1e-6);
  EXPECT_NEAR(hands.y - joint.y, -0.330, 1e-6);
}

// More ahead, more load: 10 kg moved by 0.2 m adds 19.6 N m, which back extensors with some 55 mm must balance.
TEST(PostureRun, ALoadFurtherAheadCompressesMore) {
  const double near = run("hold_close", {"posture.load_kg=10"}).discs.compression[4];
  const double far =
      run("hold_close", {"posture.load_kg=10", "posture.load_forward_mm=450"}).discs.compression[4];
  EXPECT_GT(far - near, 19.6 / 0.08);
  EXPECT_LT(far - near, 19.6 / 0.025);
}

TEST(PostureRun, WeakMusclesEndInReservesThatNameTheCoordinate) {
  const RunRecord record = run("lift_round_back", {"runner.strength=0.3"});
  EXPECT_THAT(record.header.status,
              AllOf(StartsWith("failed: reserves, reserve of "), HasSubstr("_extension reaches")));
  EXPECT_EQ(record.discs.compression.size(), 6u);
}

TEST(PostureRun, LeaningBackOnAStoolIsAResultNotAnException) {
  const RunRecord record = run("sitting", {"posture.pelvis_tilt_deg=-35", "posture.lumbar_flexion_deg=-10"});
  EXPECT_THAT(record.header.status, AllOf(StartsWith("failed: no equilibrium"), HasSubstr("seat")));
  EXPECT_TRUE(record.discs.compression.empty());
}

TEST(PostureInput, UnknownPresetNamesTheNearest) {
  EXPECT_THAT(calc_refusal("standin"), AllOf(HasSubstr("my.toml:2:"), HasSubstr("nearest: standing")));
}

TEST(PostureInput, AnglesStayInTheRangeOfTheJoints) {
  EXPECT_THAT(calc_refusal("flexed", {"posture.lumbar_flexion_deg=70"}),
              HasSubstr("posture.lumbar_flexion_deg = 70: out of range, allowed: -25 … 55 deg"));
}

TEST(PostureInput, KeysThatContradictEachOtherAreRefused) {
  EXPECT_THAT(calc_refusal("none", {"posture.load_kg=10"}), HasSubstr("only a posture has this key"));
  EXPECT_THAT(calc_refusal("standing", {"posture.foot_share=0.3"}), HasSubstr("without a seat"));
  EXPECT_THAT(calc_refusal("standing", {"posture.load_up_mm=100"}), HasSubstr("there is no load"));
  EXPECT_THAT(calc_refusal("hold_close", {"posture.elbow_flexion_deg=20"}),
              HasSubstr("the arms go to the load"));
  EXPECT_THAT(calc_refusal("standing", {"stride.grade_percent=5"}), HasSubstr("level ground"));
  EXPECT_THAT(calc_refusal("standing", {"simulate.axial_levels=2"}), HasSubstr("simulated run"));
}

TEST(PostureInput, LoadsOutOfReachOrInTheThighsAreRefused) {
  EXPECT_THAT(calc_refusal("hold_close", {"posture.load_forward_mm=900"}), HasSubstr("the arms reach"));
  EXPECT_THAT(calc_refusal("sitting",
                           {"posture.load_kg=5", "posture.load_forward_mm=300", "posture.load_up_mm=-150"}),
              HasSubstr("inside the thighs"));
}

}  // namespace
}  // namespace lumbarun
