// The command as a user meets it: exit codes, where messages go, and that a mistake leaves nothing behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/scenarios/command_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Command : public test::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write_bytes(get_path("good.toml"), "[stride]\nspeed_m_s = 3.0\n");
  }

  // Exit 2, one line of message, an empty standard output and no new file.
  void expect_refused(const CommandOutcome& outcome, const std::string& message) const {
    EXPECT_EQ(outcome.exit_code, 2) << outcome.messages;
    EXPECT_EQ(outcome.output, "");
    EXPECT_THAT(outcome.messages, HasSubstr(message));
    EXPECT_EQ(std::count(outcome.messages.begin(), outcome.messages.end(), '\n'), 1) << outcome.messages;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
      const std::string name = entry.path().filename().string();
      EXPECT_EQ(name.find(".h5"), std::string::npos) << "left behind: " << entry.path();
    }
  }
};

TEST_F(Command, HelpAndVersion) {
  EXPECT_EQ(run("--help").exit_code, 0);
  EXPECT_THAT(run("--help").output, HasSubstr("run"));
  EXPECT_EQ(run("--version").exit_code, 0);
  EXPECT_THAT(run("--version").output, StartsWith("lumbarun 0."));
}

TEST_F(Command, MisspeltCommandLine) {
  EXPECT_EQ(run("").exit_code, 2);
  EXPECT_EQ(run("walk").exit_code, 2);
  EXPECT_EQ(run("run").exit_code, 2);
  EXPECT_EQ(run("run good.toml --fast").exit_code, 2);
  EXPECT_EQ(run("inspect").exit_code, 2);
  EXPECT_EQ(run("schema --json --markdown").exit_code, 2);
}

TEST_F(Command, UnknownKey) {
  write_bytes(get_path("bad.toml"), "[stride]\nsped_m_s = 3.0\n");
  expect_refused(run("run bad.toml -o run.h5"),
                 "lumbarun: error: bad.toml:2:12: stride.sped_m_s = 3.0: unknown key; nearest known key: "
                 "stride.speed_m_s (2 … 6 m/s)");
}

TEST_F(Command, WrongType) {
  write_bytes(get_path("bad.toml"), "[runner]\nmass_kg = \"heavy\"\n");
  expect_refused(run("run bad.toml"),
                 "bad.toml:2:11: runner.mass_kg = \"heavy\": wrong type, expected number (40 … 130 kg)");
}

TEST_F(Command, OutOfRange) {
  expect_refused(run("run good.toml --set stride.speed_m_s=6.5"),
                 "--set: stride.speed_m_s = 6.5: out of range, allowed: 2 … 6 m/s");
}

TEST_F(Command, SetTakesOneValueSoThatTheScenarioMayFollow) {
  expect_refused(run("run --set stride.speed_m_s=9 good.toml"), "stride.speed_m_s = 9: out of range");
}

TEST_F(Command, BrokenToml) {
  write_bytes(get_path("bad.toml"), "[runner\n");
  expect_refused(run("run bad.toml"), "bad.toml:1:8: not valid TOML");
}

TEST_F(Command, MissingScenario) { expect_refused(run("run none.toml"), "none.toml: cannot read this file"); }

TEST_F(Command, UnwritableOutput) {
  std::filesystem::create_directories(folder_ / "folder");
  expect_refused(run("run good.toml -o none/run.h5"),
                 "-o none/run.h5: cannot write the result: there is no folder none");
  expect_refused(run("run good.toml -o folder"), "-o folder: cannot write the result: this is a directory");
  expect_refused(run("run good.toml -o /dev/null"),
                 "-o /dev/null: cannot write the result: this is not a regular file");
  expect_refused(run("run good.toml -o /proc/run.h5"), "-o /proc/run.h5: cannot write the result: ");
}

TEST_F(Command, MissingTables) {
  expect_refused(run("run good.toml", "LUMBARUN_DATA_DIR=/none"),
                 "/none/postures.toml: cannot read this file");
}

TEST_F(Command, InspectOfNoResultFile) {
  expect_refused(run("inspect none"), "none");
  expect_refused(run("inspect good.toml"), "good.toml");
}

TEST_F(Command, SchemaGoesToStandardOutput) {
  const CommandOutcome outcome = run("schema");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.messages, "");
  EXPECT_THAT(outcome.output, HasSubstr("runner.mass_kg  (number; 40 … 130 kg; default 70)"));
  EXPECT_THAT(run("schema --json").output, HasSubstr("\"name\": \"runner.mass_kg\""));
  EXPECT_THAT(run("schema --markdown").output, HasSubstr("| `runner.mass_kg` |"));
}

}  // namespace
}  // namespace lumbarun
