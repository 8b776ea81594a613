// Every way to be wrong in a training plan: place, key, value, what is allowed, what is near.
#include "scenarios/dose/training_plan.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const std::string kHead =
    "[reference]\nscenario = \"easy.toml\"\n"                                                 // lines 1, 2
    "[[shoe]]\nname = \"old\"\npreset = \"everyday\"\nmileage_km = 40\n"                      // 3 … 6
    "[[run]]\nname = \"easy\"\nscenario = \"easy.toml\"\nspeed_m_s = 3.0\nshoe = \"old\"\n";  // 7 … 11

std::string build_week(const std::string& session) { return "[[week]]\nsessions = [{ " + session + " }]\n"; }

class TrainingPlanFile : public test::TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    write_bytes(get_path("easy.toml"), "[runner]\nmass_kg = 66\n");
    write_bytes(get_path("some.h5"), "not a run");
  }
  TrainingPlan parse(const std::string& text) const {
    return parse_training_plan(text, get_path("plan.toml"));
  }
  // The message of the BadInput without the folder, or what came instead of it.
  std::string calc_message(const std::string& text) const {
    try {
      parse(text);
    } catch (const BadInput& error) {
      const std::string words = error.what(), folder = folder_.string() + "/";
      const std::size_t at = words.find(folder);
      return at == std::string::npos ? words : words.substr(0, at) + words.substr(at + folder.size());
    }
    return "accepted";
  }
};

TEST_F(TrainingPlanFile, ReadsWeeksInOrderOfDays) {
  const TrainingPlan plan = parse(
      "title = \"two weeks\"\nlevel = \"L5_S1\"\ndamage_exponent = [4, 6.6, 9]\nmileage_bucket_km = 50\n"
      "weekly_km_before = [12, 14.5]\n" +
      kHead +
      build_week("day = 6, run = \"easy\", distance_km = 12 }, { day = 2, run = \"easy\", distance_km = 7.5, "
                 "speed_m_s = 2.8") +
      "[[week]]\n[fatigue]\nstrength_loss_per_km = 0.004\nbucket_km = 4\n");
  EXPECT_EQ(plan.title, "two weeks");
  EXPECT_EQ(plan.level, "L5_S1");
  EXPECT_EQ(plan.exponents, (DamageExponents{4, 6.6, 9}));
  EXPECT_EQ(plan.weeks, 2) << "a week without sessions is a week of rest";
  ASSERT_EQ(plan.sessions.size(), 2u);
  EXPECT_EQ(plan.sessions[0].day, 2);
  EXPECT_EQ(plan.sessions[0].speed->name, "stride.speed_m_s");
  EXPECT_EQ(plan.sessions[1].distance_km, 12.0);
  EXPECT_EQ(plan.sessions[1].shoe, std::optional<std::size_t>(0)) << "the run's shoe";
  EXPECT_EQ(plan.fatigue_per_km, 0.004);
  EXPECT_EQ(plan.fatigue_bucket_km, 4.0);
  EXPECT_EQ(plan.shoes[0].mileage_km, 40.0);
  EXPECT_EQ(plan.weekly_km_before, (std::vector<double>{12, 14.5}));
}

TEST_F(TrainingPlanFile, NegativeDistanceNamesItsPlaceAndRange) {
  EXPECT_EQ(calc_message(kHead + build_week("day = 2, run = \"easy\", distance_km = -4")),
            "plan.toml:13:52: session distance_km = -4: out of range, allowed: 0.1 … 200");
}

TEST_F(TrainingPlanFile, UnknownShoesNameThoseThereAre) {
  EXPECT_THAT(calc_message(kHead + build_week("day = 2, run = \"easy\", distance_km = 4, shoe = \"odl\"")),
              AllOf(HasSubstr("plan.toml:13:"),
                    HasSubstr("shoe = \"odl\": unknown shoe, allowed: old; nearest: old")));
  EXPECT_THAT(calc_message("[[shoe]]\nname = \"a\"\npreset = \"everydya\"\n" + kHead),
              AllOf(HasSubstr("plan.toml:3:10: [[shoe]] preset = \"everydya\": unknown shoe"),
                    HasSubstr("nearest: everyday")));
  EXPECT_THAT(calc_message("[reference]\nscenario = \"easy.toml\"\n[[run]]\nname = \"x\"\nscenario = "
                           "\"easy.toml\"\nshoe = \"old\"\n"),
              HasSubstr("the plan has no [[shoe]]"));
}

TEST_F(TrainingPlanFile, EmptyPlansAreRefused) {
  EXPECT_THAT(calc_message(kHead), HasSubstr("plan.toml: the plan is empty"));
  EXPECT_THAT(calc_message(kHead + "[[week]]\n[[week]]\nsessions = []\n"), HasSubstr("the plan is empty"));
  EXPECT_THAT(calc_message(build_week("day = 1, run = \"easy\", distance_km = 4")),
              HasSubstr("plan.toml: [reference] is missing"));
}

TEST_F(TrainingPlanFile, SessionsNeedADayARunAndADistance) {
  EXPECT_THAT(calc_message(kHead + build_week("run = \"easy\", distance_km = 4")),
              HasSubstr("day: is missing"));
  EXPECT_THAT(calc_message(kHead + build_week("day = 8, run = \"easy\", distance_km = 4")),
              HasSubstr("day = 8: out of range, allowed: 1 … 7"));
  EXPECT_THAT(calc_message(kHead + build_week("day = 1, distance_km = 4")), HasSubstr("run: is missing"));
  EXPECT_THAT(calc_message(kHead + build_week("day = 1, run = \"eazy\", distance_km = 4")),
              HasSubstr("unknown run, allowed: easy; nearest: easy"));
  EXPECT_THAT(calc_message(kHead + build_week("day = 1, run = \"easy\"")),
              HasSubstr("distance_km: is missing"));
  EXPECT_THAT(calc_message(kHead + build_week("day = 1, run = \"easy\", distance = 4")),
              HasSubstr("unknown key; nearest known key: distance_km"));
}

TEST_F(TrainingPlanFile, ScenarioMistakesNameThePlan) {
  EXPECT_THAT(calc_message(kHead + build_week("day = 1, run = \"easy\", distance_km = 4, speed_m_s = 9.5")),
              AllOf(HasSubstr("plan.toml:13:"),
                    HasSubstr("stride.speed_m_s = 9.5: out of range, allowed: 2 … 6 m/s")));
  EXPECT_THAT(calc_message(kHead + "set = { \"stride.sped_m_s\" = 3 }\n"),
              AllOf(HasSubstr("plan.toml:12:"), HasSubstr("nearest known key: stride.speed_m_s")));
  EXPECT_THAT(calc_message("[reference]\nscenario = \"hard.toml\"\n"),
              AllOf(HasSubstr("plan.toml:2:12: [reference] scenario"), HasSubstr("there is no file")));
  EXPECT_THAT(calc_message(kHead + "set = { \"output.keep_all\" = true }\n"),
              HasSubstr("output.keep_all has no place"));
}

TEST_F(TrainingPlanFile, ResultsHaveTheirOwnSpeed) {
  const std::string given = kHead + "[[run]]\nname = \"given\"\nresults = [\"some.h5\"]\n";
  EXPECT_THAT(calc_message(given + "speed_m_s = 3\n"),
              HasSubstr("speed_m_s = 3: has no place beside results"));
  EXPECT_THAT(calc_message(given + build_week("day = 1, run = \"given\", distance_km = 4, speed_m_s = 3")),
              HasSubstr("has results, at their own speed"));
  EXPECT_THAT(calc_message(kHead + "[[run]]\nname = \"given\"\nresults = [\"other.h5\"]\n"),
              HasSubstr("there is no file"));
}

TEST_F(TrainingPlanFile, OtherMistakes) {
  EXPECT_THAT(calc_message("level = \"L4L5\"\n" + kHead), HasSubstr("not a level, allowed: T12_L1"));
  EXPECT_THAT(calc_message("damage_exponent = [6, 5, 10]\n" + kHead),
              HasSubstr("expected [low, default, high]"));
  EXPECT_THAT(calc_message("mileage_bucket_km = 0\n" + kHead), HasSubstr("out of range, allowed: 10 … 1000"));
  EXPECT_THAT(calc_message("weekly_km_before = [20, -3]\n" + kHead), HasSubstr("-3 out of range"));
  EXPECT_THAT(calc_message(kHead + "[fatigue]\nstrength_loss_per_km = 0.5\n"),
              HasSubstr("out of range, allowed: 0 … 0.05"));
  EXPECT_THAT(calc_message(kHead + "[[run]]\nname = \"easy\"\nscenario = \"easy.toml\"\n"),
              HasSubstr("there is one of this name at"));
  EXPECT_THAT(calc_message("weeks = 3\n" + kHead), HasSubstr("unknown key; nearest known key: week"));
}

TEST(TrainingPlan, ExamplesAreValid) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LUMBARUN_SOURCE_DIR "/scenarios/examples")) {
    if (!entry.path().string().ends_with("plan.toml")) continue;
    EXPECT_NO_THROW(read_training_plan(entry.path().string())) << entry.path();
    ++count;
  }
  EXPECT_EQ(count, 2);
}

}  // namespace
}  // namespace lumbarun
