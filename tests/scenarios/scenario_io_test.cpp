#include "scenarios/scenario_io.h"

#include <gtest/gtest.h>

#include "scenarios/key_registry.h"
#include "scenarios/presets.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

// Another allowed value than the default for every key, so that a key that is not carried through shows.
std::string calc_other_value(const ScenarioKey& key) {
  if (!key.choices.empty()) return calc_toml_text(key.choices.back());
  if (get_type_name(key) == "true or false") return "true";
  if (get_type_name(key) == "text") return R"("a \"quoted\" title, é")";
  if (get_type_name(key) == "integer") {
    const std::string low = std::to_string(static_cast<int>(key.min));
    return low != calc_default_text(key) ? low : std::to_string(static_cast<int>(key.max));
  }
  return std::to_string(key.min + 0.37 * (key.max - key.min));
}

TEST(Scenario, EmptyFileHasTheDefaultsAndTheDefaultPresets) {
  const Scenario scenario = parse_scenario("", "empty.toml");
  EXPECT_EQ(scenario.runner.mass_kg, 70.0);
  EXPECT_FALSE(scenario.stride.cadence_spm.has_value());
  EXPECT_EQ(scenario.shoe.preset, "everyday");
  EXPECT_EQ(scenario.shoe.mass_kg, 0.26);
  EXPECT_EQ(scenario.surface.energy_return, 0.91);
}

TEST(Scenario, WholeNumbersAreNumbersToo) {
  EXPECT_EQ(parse_scenario("[runner]\nmass_kg = 68\n", "a.toml").runner.mass_kg, 68.0);
}

TEST(Scenario, DottedKeysAndInlineTablesAreTables) {
  EXPECT_EQ(parse_scenario("runner.mass_kg = 68.5\n", "a.toml").runner.mass_kg, 68.5);
  EXPECT_EQ(parse_scenario("runner = {mass_kg = 68.5}\n", "a.toml").runner.mass_kg, 68.5);
}

TEST(Scenario, OverridesBeatTheFile) {
  const Scenario scenario =
      parse_scenario("[stride]\nspeed_m_s = 3.0\n", "a.toml",
                     {"stride.speed_m_s=3.5", "stride.cadence_spm=171.4", "runner.sex=female",
                      "title=one two", "output.keep_all=true", "title=\"three\""});
  EXPECT_EQ(scenario.stride.speed_m_s, 3.5);
  EXPECT_EQ(scenario.stride.cadence_spm, 171.4);
  EXPECT_EQ(scenario.runner.sex, "female");
  EXPECT_EQ(scenario.title, "three");
  EXPECT_TRUE(scenario.output.keep_all);
}

TEST(Scenario, OwnValuesBeatThePresetWhereverItIsNamed) {
  const Scenario scenario = parse_scenario("[shoe]\nmass_kg = 0.31\n", "a.toml", {"shoe.preset=racing_flat"});
  EXPECT_EQ(scenario.shoe.mass_kg, 0.31);
  EXPECT_EQ(scenario.shoe.midsole_stiffness_kn_m, 398.0);
}

TEST(Scenario, EveryPresetIsInRange) {
  for (const std::string& group : {std::string("shoe"), std::string("surface")}) {
    for (const std::string& name : read_preset_names(group)) {
      const Scenario scenario = parse_scenario("", "a.toml", {group + ".preset=" + name});
      for (const ScenarioKey& key : get_scenario_keys()) {
        if (!key.name.starts_with(group + ".")) continue;
        EXPECT_NE(calc_value_text(key, scenario), "") << key.name << " is not set by the preset " << name;
      }
    }
  }
}

// Sets every key that `is_set` to another value than its default; the stored text must bring all of them back.
template <class IsSet>
void expect_text_brings_back(std::vector<std::string> more, IsSet&& is_set) {
  std::vector<std::string> overrides;
  for (const ScenarioKey& key : get_scenario_keys()) {
    if (is_set(key.name)) overrides.push_back(key.name + "=" + calc_other_value(key));
  }
  overrides.insert(overrides.end(), more.begin(), more.end());
  const Scenario scenario = parse_scenario("", "a.toml", overrides);
  const std::string text = calc_scenario_text(scenario);
  const Scenario again = parse_scenario(text, "resolved.toml");
  for (const ScenarioKey& key : get_scenario_keys()) {
    EXPECT_EQ(calc_value_text(key, again), calc_value_text(key, scenario)) << key.name;
    if (!is_set(key.name) || key.name == "schema_version") continue;
    EXPECT_NE(calc_value_text(key, scenario), "") << key.name;
    EXPECT_NE(calc_value_text(key, scenario), calc_value_text(key, parse_scenario("", "a.toml"))) << key.name;
  }
  EXPECT_EQ(calc_scenario_text(again), text);
}

TEST(Scenario, ResolvedTextBringsEveryKeyBack) {
  const auto is_posture = [](const std::string& name) { return name.starts_with("posture."); };
  // Values that must go together: 163.3 steps/min make 3.48 m/s at this length; a forefoot strike is toe-down.
  expect_text_brings_back({"stride.step_length_m=1.2786", "stride.foot_strike_angle_deg=-5"},
                          [&](const std::string& name) { return !is_posture(name); });
  // The arms go to the load that is held.
  expect_text_brings_back({}, [&](const std::string& name) {
    return is_posture(name) && name != "posture.arm_elevation_deg" && name != "posture.elbow_flexion_deg";
  });
}

TEST(Scenario, NumbersSurviveToTheLastBit) {
  const double mass_kg = 40.0 + 1.0 / 3.0;
  Scenario scenario = parse_scenario("", "a.toml");
  scenario.runner.mass_kg = mass_kg;
  EXPECT_EQ(parse_scenario(calc_scenario_text(scenario), "b.toml").runner.mass_kg, mass_kg);
}

using ScenarioFiles = test::TemporaryFolder;

TEST_F(ScenarioFiles, IncludedFilesComeFirstInTheirOrder) {
  std::filesystem::create_directories(folder_ / "base");
  write_bytes(get_path("base/runner.toml"),
              "include = [\"deep.toml\"]\n[runner]\nmass_kg = 61\nheight_m = 1.61\n");
  write_bytes(get_path("base/deep.toml"), "[runner]\nmass_kg = 60\nstrength = 0.9\n");
  write_bytes(get_path("fast.toml"), "[stride]\nspeed_m_s = 4.5\n[runner]\nheight_m = 1.62\n");
  write_bytes(get_path("a.toml"),
              "include = [\"base/runner.toml\", \"fast.toml\"]\n[stride]\nspeed_m_s = 4.0\n");
  const Scenario scenario = read_scenario(get_path("a.toml"));
  EXPECT_EQ(scenario.runner.strength, 0.9);
  EXPECT_EQ(scenario.runner.mass_kg, 61.0);
  EXPECT_EQ(scenario.runner.height_m, 1.62);
  EXPECT_EQ(scenario.stride.speed_m_s, 4.0);
}

TEST_F(ScenarioFiles, OneFileMayBeIncludedTwice) {
  write_bytes(get_path("base.toml"), "[runner]\nmass_kg = 61\n");
  write_bytes(get_path("a.toml"), "include = [\"base.toml\", \"base.toml\"]\n");
  EXPECT_EQ(read_scenario(get_path("a.toml")).runner.mass_kg, 61.0);
}

TEST(Scenario, ExamplesAreValid) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(LUMBARUN_SOURCE_DIR "/scenarios/examples")) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".toml") || name.ends_with("sweep.toml")) continue;  // sweeps: tests/sweep
    if (name.ends_with("plan.toml")) continue;                               // training plans: tests/dose
    EXPECT_NO_THROW(read_scenario(entry.path().string())) << entry.path();
    ++count;
  }
  EXPECT_GT(count, 0);
}

}  // namespace
}  // namespace lumbarun
