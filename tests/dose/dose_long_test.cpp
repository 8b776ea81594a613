// Plans through the built program.
#include <gmock/gmock.h>

#include <filesystem>

#include "tests/scenarios/command_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;

class DoseCommand : public test::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write_bytes(get_path("quick.toml"), "[plan]\nknots = 50\n[simulate]\nstrides = 2\n");
    write_bytes(get_path("plan.toml"), build_plan(""));
    write_bytes(get_path("faster.toml"), build_plan("speed_m_s = 3.6\n"));
    write_bytes(get_path("negative.toml"), build_plan("") +
                                               "[[week]]\nsessions = [{ day = 1, run = \"easy\", "
                                               "distance_km = -1 }]\n");
  }
  static std::string build_plan(const std::string& speed) {
    return "[reference]\nscenario = \"quick.toml\"\n[[run]]\nname = \"easy\"\nscenario = \"quick.toml\"\n" +
           speed + "[[week]]\nsessions = [{ day = 1, run = \"easy\", distance_km = 5 }]\n";
  }
  std::size_t count_results() const {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(get_path("out/runs")))
      ++count;
    return count;
  }
};

TEST_F(DoseCommand, RunsWhatIsMissingOnceAndCountsIt) {
  const CommandOutcome first = run("dose plan.toml -o out");
  ASSERT_EQ(first.exit_code, 0) << first.messages;
  EXPECT_EQ(count_results(), 1u) << "the run is the reference";
  EXPECT_THAT(first.output, HasSubstr("5.00 (5.00 … 5.00)")) << "5 km of the reference";
  EXPECT_THAT(first.output, HasSubstr("It is not a probability of injury."));

  const auto written = [&] {
    return std::filesystem::last_write_time(
        std::filesystem::directory_iterator(get_path("out/runs"))->path());
  };
  const auto before = written();
  const CommandOutcome again = run("dose plan.toml -o out");
  EXPECT_EQ(again.output, first.output);
  EXPECT_EQ(written(), before) << "the result was there";

  const std::string file = std::filesystem::directory_iterator(get_path("out/runs"))->path().string();
  write_bytes(get_path("given.toml"),
              "[reference]\nresults = [\"" + file + "\"]\n[[shoe]]\nname = \"s\"\npreset = " +
                  "\"everyday\"\nmileage_km = 700\n[[run]]\nname = \"it\"\nshoe = \"s\"\nresults = [\"" +
                  file + "\"]\n[[week]]\nsessions = [{ day = 1, run = \"it\", distance_km = 3 }]\n");
  const CommandOutcome given = run("dose given.toml -o nowhere");
  ASSERT_EQ(given.exit_code, 0) << given.messages;
  EXPECT_THAT(given.output, HasSubstr("3.00 (3.00 … 3.00)")) << "the reference itself, given as a result";
  EXPECT_FALSE(std::filesystem::exists(get_path("nowhere"))) << "nothing was computed";
  write_bytes(get_path("flat.toml"),
              read_bytes(get_path("given.toml")) + "[[shoe]]\nname = \"f\"\npreset = \"racing_flat\"\n" +
                  "[[week]]\nsessions = [{ day = 1, run = \"it\", distance_km = 3, shoe = \"f\" }]\n");
  const CommandOutcome flat = run("dose flat.toml -o nowhere");
  EXPECT_EQ(flat.exit_code, 2);
  EXPECT_THAT(flat.messages, HasSubstr("was run in shoe everyday, but shoe \"f\" is racing_flat"));

  const CommandOutcome both = run("dose plan.toml faster.toml -o out --json");
  ASSERT_EQ(both.exit_code, 0) << both.messages;
  EXPECT_EQ(count_results(), 2u);
  EXPECT_THAT(both.output, HasSubstr("\"second_over_first\": {\"low\": "));
}

TEST_F(DoseCommand, MistakesComputeNothing) {
  const CommandOutcome negative = run("dose plan.toml negative.toml -o out");
  EXPECT_EQ(negative.exit_code, 2);
  EXPECT_THAT(negative.messages, HasSubstr("distance_km = -1: out of range, allowed: 0.1 … 200"));
  EXPECT_EQ(run("dose nowhere.toml").exit_code, 2);
  EXPECT_EQ(run("dose plan.toml -o quick.toml").exit_code, 2);
  EXPECT_FALSE(std::filesystem::exists(get_path("out")));
  const CommandOutcome dry = run("dose plan.toml -o out --dry-run");
  EXPECT_EQ(dry.exit_code, 0);
  EXPECT_THAT(dry.output, HasSubstr("1 runs, 1 of them to be computed"));
  EXPECT_FALSE(std::filesystem::exists(get_path("out")));
}

}  // namespace
}  // namespace lumbarun
