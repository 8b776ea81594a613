// Every way to be wrong in a scenario: the message must name the place, the key, the value, what is allowed
// and what is near.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "scenarios/stride_conflict.h"
#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// The message of the BadInput, or what came instead of it.
std::string calc_message(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    parse_scenario(text, "my.toml", overrides);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "accepted";
}

TEST(BadInput, UnknownKeyNamesPlaceAndNearestKey) {
  EXPECT_EQ(calc_message("[stride]\nspeed_m_s = 3.0\ncadence_spmm = 171\n"),
            "my.toml:3:16: stride.cadence_spmm = 171: unknown key; nearest known key: stride.cadence_spm "
            "(130 … 220 steps/min)");
}

TEST(BadInput, KeyOfAnotherGroupIsFoundByItsLastWord) {
  EXPECT_THAT(calc_message("cadence_spm = 171\n"), HasSubstr("nearest known key: stride.cadence_spm"));
  EXPECT_THAT(calc_message("[runner]\nspeed_m_s = 3.0\n"), HasSubstr("nearest known key: stride.speed_m_s"));
}

TEST(BadInput, UnknownTable) {
  EXPECT_THAT(calc_message("[runer]\nmass_kg = 71\n"),
              AllOf(HasSubstr("my.toml:1:"), HasSubstr("runer"), HasSubstr("nearest known key: runner")));
}

TEST(BadInput, OutOfRangeNamesTheRange) {
  EXPECT_EQ(calc_message("\n\n[runner]\nmass_kg = 39.9\n"),
            "my.toml:4:11: runner.mass_kg = 39.9: out of range, allowed: 40 … 130 kg; nearest: 40");
  EXPECT_THAT(calc_message("[plan]\nknots = 201\n"),
              HasSubstr("plan.knots = 201: out of range, allowed: 50 … 200; nearest: 200"));
  EXPECT_THAT(calc_message("schema_version = 2\n"),
              HasSubstr("schema_version = 2: out of range, allowed: 1"));
}

TEST(BadInput, IntegersBeyondTheMachineAreOutOfRange) {
  EXPECT_THAT(calc_message("[simulate]\nstrides = 4294967301\n"), HasSubstr("out of range, allowed: 1 … 50"));
}

TEST(BadInput, NotANumberIsOutOfEveryRange) {
  for (const char* value : {"nan", "-nan", "inf", "-inf"}) {
    EXPECT_THAT(calc_message(std::string("[stride]\nspeed_m_s = ") + value),
                HasSubstr("out of range, allowed: 2 … 6 m/s"))
        << value;
  }
}

TEST(BadInput, WrongTypes) {
  EXPECT_EQ(calc_message("[runner]\nmass_kg = \"70\"\n"),
            "my.toml:2:11: runner.mass_kg = \"70\": wrong type, expected number (40 … 130 kg)");
  EXPECT_THAT(calc_message("[runner]\nmass_kg = true\n"), HasSubstr("wrong type, expected number"));
  EXPECT_THAT(calc_message("[runner]\nmass_kg = [70, 71]\n"), HasSubstr("wrong type, expected number"));
  EXPECT_THAT(calc_message("[runner]\nmass_kg = 2026-11-22\n"), HasSubstr("wrong type, expected number"));
  EXPECT_THAT(calc_message("[runner.mass_kg]\nvalue = 70\n"), HasSubstr("wrong type, expected number"));
  EXPECT_THAT(calc_message("[runner]\nsex = 1\n"), HasSubstr("wrong type, expected text (male | female)"));
  EXPECT_THAT(calc_message("[plan]\nknots = 100.0\n"), HasSubstr("wrong type, expected integer (50 … 200)"));
  EXPECT_THAT(calc_message("[output]\nkeep_all = 1\n"), HasSubstr("wrong type, expected true or false"));
  EXPECT_THAT(calc_message("runner = 70\n"), HasSubstr("'runner' is a table of keys, not a value"));
}

TEST(BadInput, ChoicesNameTheNearest) {
  EXPECT_EQ(calc_message("[runner]\nsex = \"femal\"\n"),
            "my.toml:2:7: runner.sex = \"femal\": not a choice, allowed: male | female; nearest: female");
  EXPECT_THAT(calc_message("[surface]\npreset = \"asfalt\"\n"), HasSubstr("nearest: asphalt"));
}

TEST(BadInput, BrokenTomlNamesLineAndColumn) {
  EXPECT_THAT(calc_message("[runner]\nmass_kg = = 3\n"), HasSubstr("my.toml:2:11: not valid TOML: "));
  EXPECT_THAT(calc_message("[runner]\nmass_kg = 70\nmass_kg = 71\n"),
              HasSubstr("my.toml:3:11: not valid TOML: "));
}

TEST(BadInput, Overrides) {
  EXPECT_EQ(calc_message("", {"stride.speed_m_s=6.01"}),
            "--set: stride.speed_m_s = 6.01: out of range, allowed: 2 … 6 m/s; nearest: 6");
  EXPECT_EQ(calc_message("", {"stride.speed_m_s"}), "--set stride.speed_m_s: expected key=value");
  EXPECT_THAT(calc_message("", {"stride.speed_m_s="}), HasSubstr("wrong type, expected number"));
  EXPECT_THAT(calc_message("", {"stride.sped_m_s=3"}), HasSubstr("nearest known key: stride.speed_m_s"));
}

class BadFiles : public test::TemporaryFolder {
 protected:
  static std::string calc_file_message(const std::string& path) {
    try {
      read_scenario(path);
    } catch (const BadInput& error) {
      return error.what();
    }
    return "accepted";
  }
};

TEST_F(BadFiles, MissingFileAndFolder) {
  EXPECT_EQ(calc_file_message(get_path("none.toml")),
            get_path("none.toml") + ": cannot read this file: it does not exist or is not readable");
  EXPECT_EQ(calc_file_message(folder_.string()),
            folder_.string() + ": cannot read this file: it is a directory");
}

TEST_F(BadFiles, MissingInclude) {
  write_bytes(get_path("a.toml"), "include = [\"b.toml\"]\n");
  EXPECT_THAT(calc_file_message(get_path("a.toml")),
              AllOf(HasSubstr("a.toml: include: there is no file "), HasSubstr("b.toml")));
}

TEST_F(BadFiles, IncludeOfTheWrongType) {
  write_bytes(get_path("a.toml"), "include = \"b.toml\"\n");
  EXPECT_THAT(calc_file_message(get_path("a.toml")), HasSubstr("expected a list of file names"));
  write_bytes(get_path("a.toml"), "include = [3]\n");
  EXPECT_THAT(calc_file_message(get_path("a.toml")), HasSubstr("include holds 3, which is not a file name"));
}

TEST_F(BadFiles, CircleOfIncludes) {
  write_bytes(get_path("a.toml"), "include = [\"b.toml\"]\n");
  write_bytes(get_path("b.toml"), "include = [\"a.toml\"]\n");
  EXPECT_THAT(calc_file_message(get_path("a.toml")), HasSubstr("this file includes itself"));
}

TEST_F(BadFiles, MistakeInAnIncludedFileNamesThatFile) {
  write_bytes(get_path("base.toml"), "[runner]\nheight_m = 3\n");
  write_bytes(get_path("a.toml"), "include = [\"base.toml\"]\n");
  EXPECT_THAT(calc_file_message(get_path("a.toml")),
              HasSubstr("base.toml:2:12: runner.height_m = 3: out of range, allowed: 1.45 … 2.1 m"));
}

// Values that are each in range and do not go together: both numbers and the nearest choice.
TEST(BadInput, CadenceTimesLengthIsTheSpeed) {
  EXPECT_EQ(
      calc_message("[stride]\nspeed_m_s = 3.0\ncadence_spm = 180\nstep_length_m = 1.2\n"),
      "my.toml:4:17: stride.step_length_m = 1.2: with stride.cadence_spm = 180 it makes 3.6 m/s, not "
      "stride.speed_m_s = 3; nearest: stride.step_length_m = 1 at this cadence, stride.cadence_spm = 150 at "
      "this length, or leave one of the two out");
  EXPECT_EQ(calc_message("[stride]\nspeed_m_s = 3.0\ncadence_spm = 180\nstep_length_m = 1.0\n"), "accepted");
}

TEST(BadInput, NearestChoicesAreChoices) {
  EXPECT_EQ(calc_message("[stride]\nspeed_m_s = 3.0\ncadence_spm = 170\nstep_length_m = 1.4\n"),
            "my.toml:4:17: stride.step_length_m = 1.4: with stride.cadence_spm = 170 it makes 3.97 m/s, not "
            "stride.speed_m_s = 3; nearest: stride.step_length_m = 1.059 at this cadence, or leave one of "
            "the two out")
      << "128.6 steps/min are out of range";
}

// Far out of the key's range: within it the norm's contact leaves a flight at every speed.
TEST(BadInput, FlightNeedsAStepLongerThanItsContact) {
  Scenario scenario;
  scenario.shoe.friction = scenario.surface.friction = 1.0;
  scenario.stride.speed_m_s = 2.0;
  scenario.stride.cadence_spm = 250.0;
  EXPECT_FALSE(find_stride_conflict(scenario, get_gait_norm()).has_value());
  scenario.stride.cadence_spm = 540.0;
  const auto conflict = find_stride_conflict(scenario, get_gait_norm());
  ASSERT_TRUE(conflict.has_value());
  EXPECT_EQ(conflict->key, "stride.cadence_spm");
  EXPECT_THAT(conflict->reason, AllOf(HasSubstr("no flight is possible"), HasSubstr("nearest: below ")));
}

TEST(BadInput, ContactEndsBeforeTheNextStep) {
  EXPECT_EQ(calc_message("[stride]\ncadence_spm = 180\ncontact_time_ms = 340\n"),
            "my.toml:3:19: stride.contact_time_ms = 340: no flight is possible: at 180 steps/min a step "
            "lasts 333 ms; "
            "nearest: 317");
  EXPECT_EQ(calc_message("[stride]\ncadence_spm = 180\ncontact_time_ms = 317\n"), "accepted");
}

TEST(BadInput, GroundSteeperThanFrictionHolds) {
  EXPECT_EQ(
      calc_message("[stride]\ngrade_percent = -15\n[surface]\nfriction = 0.1\n"),
      "my.toml:2:17: stride.grade_percent = -15: nobody can stand on it: the ground tilts by more than "
      "friction "
      "holds, 0.1, the lower of shoe.friction and surface.friction; nearest: -9.5, or friction above 0.15");
  EXPECT_THAT(calc_message("[shoe]\nfriction = 0.1\n[surface]\ncamber_deg = 8\n"),
              AllOf(HasSubstr("my.toml:4:14: surface.camber_deg = 8"), HasSubstr("nearest: 5.4")));
  EXPECT_EQ(calc_message("[stride]\ngrade_percent = -15\n[surface]\nfriction = 0.16\n"), "accepted");
}

TEST(BadInput, StepLengthBeyondEveryCadence) {
  EXPECT_THAT(calc_message("[stride]\nspeed_m_s = 2.5\nstep_length_m = 1.9\n"),
              AllOf(HasSubstr("my.toml:3:17: stride.step_length_m = 1.9"), HasSubstr("78.95 steps/min"),
                    HasSubstr("allowed: 130 … 220"), HasSubstr("nearest: 1.154 m")));
}

TEST(BadInput, DropBelongsToTheStack) {
  EXPECT_EQ(calc_message("[shoe]\npreset = \"minimalist\"\ndrop_mm = 12\n"),
            "my.toml:3:11: shoe.drop_mm = 12: a drop of 12 mm needs a heel of at least that height, the "
            "heel's stack "
            "is 8 mm; nearest: shoe.drop_mm = 8 or shoe.heel_stack_mm = 12");
  EXPECT_THAT(calc_message("[shoe]\nheel_stack_mm = 5\n"),
              HasSubstr("my.toml:2:17: shoe.heel_stack_mm = 5: a drop of 10 mm"));
  EXPECT_THAT(calc_message("[shoe]\nmidsole_stiffness_kn_m = 40\n"),
              AllOf(HasSubstr("my.toml:2:26: shoe.midsole_stiffness_kn_m = 40: a sole of 30 mm"),
                    HasSubstr("above 76.92")));
}

TEST(BadInput, NegativeStiffnessIsOutOfRange) {
  EXPECT_THAT(calc_message("[surface]\nstiffness_kn_m = -300\n"),
              HasSubstr("my.toml:2:18: surface.stiffness_kn_m = -300: out of range, allowed: 10 … 100000 "
                        "kN/m; nearest: 10"));
  EXPECT_THAT(calc_message("[shoe]\nmidsole_stiffness_kn_m = -1\n"),
              HasSubstr("out of range, allowed: 30 … 2000 kN/m"));
}

TEST(BadInput, HabitsAreRowsOfTheTables) {
  EXPECT_THAT(calc_message("[habitual]\nshoe = \"racing_flt\"\n"), HasSubstr("nearest: racing_flat"));
  EXPECT_EQ(calc_message("[habitual]\nsurface = \"same\"\n"), "accepted");
}

TEST(BadInput, StrikeAndItsAngleMustAgree) {
  EXPECT_THAT(calc_message("[stride]\nstrike = \"forefoot\"\nfoot_strike_angle_deg = 10\n"),
              AllOf(HasSubstr("my.toml:3:25: stride.foot_strike_angle_deg = 10"), HasSubstr("forefoot"),
                    HasSubstr("nearest: -1.6")));
  EXPECT_EQ(calc_message("[stride]\nstrike = \"forefoot\"\nfoot_strike_angle_deg = -6\n"), "accepted");
  EXPECT_EQ(calc_message("[stride]\nfoot_strike_angle_deg = 10\n"), "accepted");
}

TEST(BadInput, FullStrideIsAChoiceWithOrWithoutQuotes) {
  EXPECT_EQ(calc_message("[plan]\nfull_stride = true\n"), "accepted");
  EXPECT_EQ(calc_message("[plan]\nfull_stride = \"auto\"\n"), "accepted");
  EXPECT_THAT(calc_message("[plan]\nfull_stride = \"maybe\"\n"), HasSubstr("auto | true | false"));
  EXPECT_THAT(calc_message("[plan]\nfull_stride = 1\n"), HasSubstr("wrong type"));
}

}  // namespace
}  // namespace lumbarun
