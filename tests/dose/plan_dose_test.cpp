#include "scenarios/dose/plan_dose.h"

#include <gmock/gmock.h>

#include <cmath>

#include "scenarios/dose/dose_report.h"
#include "scenarios/dose/run_steps.h"
#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

DoseRun build_run(const std::string& label, double steps_per_km, double peak_N) {
  DoseRun run;
  run.label = label;
  run.file = label + ".h5";
  run.status = "ok";
  for (int level = 0; level < kLevelCount; ++level) {
    const double scale = 1.0 + 0.1 * level;
    run.steps[level] = {steps_per_km, {0.99 * scale * peak_N, 1.01 * scale * peak_N}};
  }
  return run;
}

// Two weeks: 4 km of the reference itself; then 2.5 km of it and 1.5 km at 1.2 times its peaks, in one session.
PlanDose build_dose(double factor = 1.2) {
  TrainingPlan plan;
  plan.path = "plan.toml";
  plan.title = "a \"plan\"";
  plan.weeks = 2;
  plan.weekly_km_before = {4, 4, 4};
  plan.runs.resize(1);
  plan.runs[0].name = "easy";
  plan.sessions.resize(2);
  plan.sessions[0].week = 1;
  plan.sessions[0].day = 3;
  plan.sessions[0].distance_km = 4.0;
  plan.sessions[1] = plan.sessions[0];
  plan.sessions[1].week = 2;
  DoseSchedule schedule;
  schedule.runs = {build_run("reference", 900.0, 2000.0), build_run("harder", 900.0, 2000.0 * factor)};
  schedule.sessions = {{{0.0, 4.0, 0}}, {{0.0, 2.5, 0}, {2.5, 4.0, 1}}};
  schedule.shoe_km = {0.0, 0.0};
  return calc_plan_dose(plan, schedule);
}

TEST(PlanDose, AddsUpKilometresSessionsWeeksAndThePlan) {
  const PlanDose dose = build_dose();
  ASSERT_EQ(dose.sessions.size(), 2u);
  for (int i = 0; i < kExponentCount; ++i) {
    const double harder = std::pow(1.2, kDamageExponents[i]);
    EXPECT_NEAR(dose.sessions[0].amount.damage[i], 4.0, 1e-12) << "km of the reference count as km";
    EXPECT_NEAR(dose.sessions[1].amount.damage[i], 2.5 + 1.5 * harder, 1e-9);
    ASSERT_EQ(dose.sessions[1].per_km.size(), 4u);
    EXPECT_NEAR(dose.sessions[1].per_km[1][i], 1.0, 1e-12);
    EXPECT_NEAR(dose.sessions[1].per_km[2][i], 0.5 + 0.5 * harder, 1e-9);
    EXPECT_NEAR(dose.sessions[1].per_km[3][i], harder, 1e-9);
    EXPECT_NEAR(dose.weeks[1].amount.damage[i], dose.sessions[1].amount.damage[i], 1e-12);
    EXPECT_NEAR(dose.total.damage[i], 6.5 + 1.5 * harder, 1e-9);
    for (const DamageSum& level : dose.total_of_level)
      EXPECT_NEAR(level[i], dose.total.damage[i], 1e-9) << "all levels have the same ratios of peaks here";
  }
  EXPECT_NEAR(dose.total.distance_km, 8.0, 1e-12);
  EXPECT_NEAR(dose.total.cycles, 7200.0, 1e-9);
  EXPECT_NEAR(dose.sessions[0].stature_loss_mm.value, 4 * 0.54, 1e-12);
}

TEST(PlanDose, WeeksBeforeThePlanAreItsContext) {
  const PlanDose dose = build_dose();
  EXPECT_NEAR(dose.weeks[0].context.acute_chronic_ratio.value(), 1.0, 1e-12);
  EXPECT_FALSE(dose.weeks[1].context.fortnightly_change) << "five weeks are too few";
}

TEST(PlanDose, TwoPlansAreComparedAtEachExponent) {
  const PlanDose a = build_dose(1.2), b = build_dose(1.5);
  const DamageSum ratio = calc_dose_ratio(a, b);
  for (int i = 0; i < kExponentCount; ++i)
    EXPECT_NEAR(ratio[i], b.total.damage[i] / a.total.damage[i], 1e-12);
  PlanDose other = build_dose(1.2);
  other.schedule.runs[0].file = "elsewhere.h5";
  EXPECT_THROW(calc_dose_ratio(a, other), BadInput) << "another unit";
  other = build_dose(1.2);
  other.plan.level = "L5_S1";
  EXPECT_THROW(calc_dose_ratio(a, other), BadInput);
}

TEST(DoseReport, AlwaysSaysWhatItIsNot) {
  for (const std::string& text :
       {calc_dose_text({build_dose()}), calc_dose_json({build_dose(), build_dose(1.4)})}) {
    EXPECT_THAT(text, HasSubstr("It is not a probability of injury."));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
  }
  const std::string text = calc_dose_text({build_dose(), build_dose(1.4)});
  EXPECT_THAT(text, HasSubstr("B over A, whole plan: "));
  EXPECT_THAT(text, HasSubstr("Dijkhuis"));
}

TEST(DoseReport, JsonHasBandsAndNullForWhatIsUndefined) {
  const std::string json = calc_dose_json({build_dose()});
  EXPECT_THAT(json, HasSubstr("\"title\": \"a \\\"plan\\\"\""));
  EXPECT_THAT(json, HasSubstr("\"damage_exponent\": {\"low\": 5, \"value\": 6, \"high\": 10}"));
  EXPECT_THAT(json, HasSubstr("\"fortnightly_change\": null"));
  EXPECT_THAT(json, HasSubstr("\"stature_loss_confidence\": \"low\""));
}

// One stride of 0.7 s at 1000 Hz: right foot from 0, left from 0.35 s; compression peaks of 1000 and 1200 N times the level's number.
RunRecord build_record() {
  RunRecord record;
  record.header.speed_m_s = 3.2;
  record.names.feet = {"right", "left"};
  record.names.levels.assign(kLevelNames.begin(), kLevelNames.end());
  record.metrics = {{"stride_time", "s", "", ValueAxis::kFoot, {0.7, 0.7}, true}};
  for (int j = 0; j < 700; ++j) {
    record.time.push_back(j / 1000.0);
    const double right = j < 240 ? 900.0 : 0.0, left = j >= 350 && j < 590 ? 900.0 : 0.0;
    record.ground.force.insert(record.ground.force.end(), {0.0, right, 0.0, 0.0, left, 0.0});
    for (int level = 0; level < kLevelCount; ++level)
      record.discs.compression.push_back((level + 1) * (j == 100 ? 1000.0 : j == 430 ? 1200.0 : 300.0));
  }
  return record;
}

TEST(RunSteps, PeaksOfEachStepAndStepsPerKilometre) {
  const auto steps = calc_run_steps(build_record(), "my.h5");
  EXPECT_EQ(steps[2].peak_N, (std::vector<double>{3000.0, 3600.0}));
  EXPECT_NEAR(steps[2].steps_per_km, 2000.0 / (3.2 * 0.7), 1e-9);
}

TEST(RunSteps, RefusesWhatHasNoSteps) {
  const auto calc_message = [](const RunRecord& record) -> std::string {
    try {
      calc_run_steps(record, "my.h5");
    } catch (const BadInput& error) {
      return error.what();
    }
    return "accepted";
  };
  RunRecord posture = build_record();
  posture.header.speed_m_s = 0.0;
  EXPECT_THAT(calc_message(posture), HasSubstr("my.h5: speed 0 m/s: a posture has no steps"));
  RunRecord old = build_record();
  old.metrics.clear();
  EXPECT_THAT(calc_message(old), HasSubstr("my.h5: no metric stride_time"));
  RunRecord hopping = build_record();
  for (std::size_t i = 3; i < hopping.ground.force.size(); i += 6)
    std::fill_n(hopping.ground.force.begin() + static_cast<std::ptrdiff_t>(i), 3, 0.0);
  EXPECT_THAT(calc_message(hopping), HasSubstr("1 touchdowns in 1 strides"));
}

class Schedule : public test::TemporaryFolder {
 protected:
  TrainingPlan parse(const std::string& more) const {
    write_bytes(get_path("easy.toml"), "");
    return parse_training_plan(
        "[reference]\nscenario = \"easy.toml\"\n[[shoe]]\nname = \"old\"\npreset = \"everyday\"\nmileage_km "
        "= 95\n"
        "[[run]]\nname = \"easy\"\nscenario = \"easy.toml\"\nshoe = \"old\"\n" +
            more,
        get_path("plan.toml"));
  }
};

TEST_F(Schedule, ShoesGrowOldKilometreByKilometre) {
  const DoseSchedule schedule =
      build_dose_schedule(parse("[[week]]\nsessions = [{ day = 1, run = \"easy\", distance_km = 8 }, { day = "
                                "2, run = \"easy\", distance_km = 6 }]\n"),
                          get_path("out"));
  ASSERT_EQ(schedule.runs.size(), 3u) << "the reference and two buckets of mileage";
  EXPECT_EQ(schedule.shoe_km, (std::vector<double>{95, 103}));
  ASSERT_EQ(schedule.sessions[0].size(), 2u) << "the first session crosses 100 km";
  EXPECT_NEAR(schedule.sessions[0][0].to_km, 5.0, 1e-12);
  EXPECT_EQ(schedule.runs[schedule.sessions[0][0].run].scenario->shoe.mileage_km, 50.0);
  EXPECT_EQ(schedule.runs[schedule.sessions[0][1].run].scenario->shoe.mileage_km, 150.0);
  ASSERT_EQ(schedule.sessions[1].size(), 1u);
  EXPECT_EQ(schedule.sessions[1][0].run, schedule.sessions[0][1].run) << "the same run again";
}

TEST_F(Schedule, FatigueCutsSessions) {
  const DoseSchedule schedule = build_dose_schedule(
      parse("[fatigue]\nstrength_loss_per_km = 0.01\nbucket_km = 4\n[[week]]\nsessions = [{ day = 1, run = "
            "\"easy\", distance_km = 4.5 }]\n"),
      get_path("out"));
  ASSERT_EQ(schedule.sessions[0].size(), 2u);
  const Scenario& tired = *schedule.runs[schedule.sessions[0][1].run].scenario;
  EXPECT_EQ(tired.condition.fatigue_per_km, 0.01);
  EXPECT_EQ(tired.condition.distance_km, 6.0) << "the middle of 4 … 8 km";
  EXPECT_NEAR(schedule.sessions[0][1].from_km, 4.0, 1e-12);
}

TEST_F(Schedule, ResultsThatCannotBeReadAreNamed) {
  write_bytes(get_path("bad.h5"), "not a run");
  const TrainingPlan plan = parse(
      "[[run]]\nname = \"given\"\nshoe = \"old\"\nresults = [\"bad.h5\"]\n[[week]]\nsessions = [{ day = 1, "
      "run = "
      "\"given\", distance_km = 4 }]\n");
  try {
    build_dose_schedule(plan, get_path("out"));
    FAIL() << "accepted";
  } catch (const BadInput& error) {
    EXPECT_THAT(error.what(), HasSubstr("bad.h5"));
  }
}

}  // namespace
}  // namespace lumbarun
