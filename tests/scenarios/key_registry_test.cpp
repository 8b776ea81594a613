#include "scenarios/key_registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "scenarios/key_listing.h"

namespace lumbarun {
namespace {

// Stands for a member of any type when an aggregate is initialised.
struct AnyMember {
  template <typename T>
  operator T() const;
};

// How many members an aggregate has: the most initialisers it takes.
template <typename Aggregate, typename... Members>
constexpr int count_members() {
  if constexpr (requires { Aggregate{Members()..., AnyMember()}; }) {
    return count_members<Aggregate, Members..., AnyMember>();
  } else {
    return sizeof...(Members);
  }
}

int count_keys(const std::string& group) {
  int count = 0;
  for (const ScenarioKey& key : get_scenario_keys()) {
    const size_t dot = key.name.find('.');
    count += (dot == std::string::npos ? "" : key.name.substr(0, dot)) == group ? 1 : 0;
  }
  return count;
}

TEST(KeyRegistry, EveryMemberOfTheScenarioIsAKey) {
  EXPECT_EQ(count_keys("runner"), count_members<RunnerKeys>());
  EXPECT_EQ(count_keys("muscle"), count_members<MuscleKeys>());
  EXPECT_EQ(count_keys("condition"), count_members<ConditionKeys>());
  EXPECT_EQ(count_keys("stride"), count_members<StrideKeys>());
  EXPECT_EQ(count_keys("posture"), count_members<PostureKeys>());
  EXPECT_EQ(count_keys("foot"), count_members<FootKeys>());
  EXPECT_EQ(count_keys("shoe"), count_members<ShoeKeys>());
  EXPECT_EQ(count_keys("surface"), count_members<SurfaceKeys>());
  EXPECT_EQ(count_keys("habitual"), count_members<HabitualKeys>());
  EXPECT_EQ(count_keys("plan"), count_members<PlanKeys>());
  EXPECT_EQ(count_keys("simulate"), count_members<SimulateKeys>());
  EXPECT_EQ(count_keys("sharing"), count_members<SharingKeys>());
  EXPECT_EQ(count_keys("output"), count_members<OutputKeys>());
  constexpr int kGroupCount = 13;
  EXPECT_EQ(count_keys("") + kGroupCount, count_members<Scenario>());
}

TEST(KeyRegistry, EveryKeyHasItsOwnNameAndPlace) {
  std::set<std::string> names;
  std::set<const void*> places;
  Scenario scenario;
  for (const ScenarioKey& key : get_scenario_keys()) {
    EXPECT_TRUE(names.insert(key.name).second) << key.name << " stands twice";
    const void* place =
        std::visit([](auto* field) { return static_cast<const void*>(field); }, key.get_field(scenario));
    EXPECT_TRUE(places.insert(place).second) << key.name << " shares its member with another key";
  }
}

TEST(KeyRegistry, EveryKeyIsExplained) {
  for (const ScenarioKey& key : get_scenario_keys()) {
    EXPECT_TRUE(key.effect.ends_with(".")) << key.name;
    EXPECT_FALSE(key.source.empty()) << key.name;
  }
}

TEST(KeyRegistry, DefaultsAreAllowed) {
  Scenario scenario;
  for (const ScenarioKey& key : get_scenario_keys()) {
    const KeyField field = key.get_field(scenario);
    if (auto* number = std::get_if<double*>(&field); number != nullptr && **number == **number) {
      EXPECT_GE(**number, key.min) << key.name;
      EXPECT_LE(**number, key.max) << key.name;
    }
    if (auto* integer = std::get_if<int*>(&field)) {
      EXPECT_GE(**integer, key.min) << key.name;
      EXPECT_LE(**integer, key.max) << key.name;
    }
    if (auto* word = std::get_if<std::string*>(&field); word != nullptr && !key.choices.empty()) {
      EXPECT_EQ(std::count(key.choices.begin(), key.choices.end(), **word), 1) << key.name;
    }
  }
}

// A number's unit stands at the end of its name: mass_kg, speed_m_s, stiffness_kn_m.
TEST(KeyRegistry, UnitsStandInTheNames) {
  const std::vector<std::pair<std::string, std::string>> endings = {
      {"kg", "_kg"},          {"m", "_m"},         {"mm", "_mm"},       {"deg", "_deg"}, {"m/s", "_m_s"},
      {"steps/min", "_spm"},  {"kN/m", "_kn_m"},   {"Hz", "_hz"},       {"N", "_n"},     {"years", "_years"},
      {"km", "_km"},          {"1/km", "_per_km"}, {"N/cm²", "_n_cm2"}, {"kPa", "_kpa"}, {"%", "_percent"},
      {"N m/rad", "_nm_rad"}, {"ms", "_ms"},       {"1", ""},           {"", ""}};
  for (const ScenarioKey& key : get_scenario_keys()) {
    const auto found =
        std::find_if(endings.begin(), endings.end(), [&](const auto& e) { return e.first == key.unit; });
    ASSERT_NE(found, endings.end()) << key.name << " has the unknown unit " << key.unit;
    EXPECT_TRUE(key.name.ends_with(found->second)) << key.name << " [" << key.unit << "]";
  }
}

TEST(KeyRegistry, NearestKey) {
  EXPECT_EQ(nearest_scenario_key("stride.sped_m_s"), "stride.speed_m_s");
  EXPECT_EQ(nearest_scenario_key("mass_kg"), "runner.mass_kg");
  EXPECT_EQ(nearest_scenario_key("surfce"), "surface");
  EXPECT_EQ(nearest_scenario_key("includes"), "include");
}

TEST(KeyListing, EveryFormHasEveryKey) {
  const std::string text = calc_key_listing_text();
  const std::string json = calc_key_listing_json();
  for (const ScenarioKey& key : get_scenario_keys()) {
    EXPECT_NE(text.find(key.name + "  ("), std::string::npos) << key.name;
    EXPECT_NE(json.find("{\"name\": \"" + key.name + "\""), std::string::npos) << key.name;
  }
}

TEST(KeyListing, DocumentationIsUpToDate) {
  std::ifstream stream(LUMBARUN_SOURCE_DIR "/docs/scenario-keys.md");
  const std::string document{std::istreambuf_iterator<char>(stream), {}};
  EXPECT_EQ(document, calc_key_listing_markdown())
      << "run: lumbarun schema --markdown > docs/scenario-keys.md";
}

}  // namespace
}  // namespace lumbarun
