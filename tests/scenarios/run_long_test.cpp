// Whole runs through the built program: what it exits with, what it leaves behind, and that it does so again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/results/run_reader.h"
#include "tests/scenarios/command_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class WholeRun : public test::CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write_bytes(
        get_path("quick.toml"),
        "title = \"quick\"\n[stride]\nspeed_m_s = 3.0\n[plan]\nknots = 50\n[simulate]\nstrides = 2\n");
  }

  // Runs tests/scenarios/check_run_files.py; its words, empty when all is well.
  static std::string check_files(const std::string& arguments, const std::string& log) {
    const std::string script = LUMBARUN_SOURCE_DIR "/tests/scenarios/check_run_files.py";
    const int status =
        std::system((get_python() + " " + script + " " + arguments + " > " + log + " 2>&1").c_str());
    return WEXITSTATUS(status) == 0 ? "" : read_bytes(log) + " ";
  }
  // A Python that has h5py, or nothing.
  static std::string get_python() {
    for (const std::string python : {"/usr/bin/python3", "python3"}) {
      if (std::system((python + " -c 'import h5py' > /dev/null 2>&1").c_str()) == 0) return python;
    }
    return "";
  }
  // The exit code says what the stored status says.
  static void expect_code_of_status(const CommandOutcome& outcome, const RunRecord& record) {
    const bool is_ok = record.header.status.starts_with("ok");
    EXPECT_EQ(outcome.exit_code, is_ok ? 0 : 1) << record.header.status;
    EXPECT_THAT(outcome.output, HasSubstr(record.header.status));
  }
};

// Contact time of right and left foot [s].
std::vector<double> get_contact_times(const RunRecord& record) {
  for (const NamedValue& metric : record.metrics) {
    if (metric.name == "contact_time") return metric.values;
  }
  ADD_FAILURE() << "no contact time";
  return {0.0, 0.0};
}

// The longer leg carries longer; a mirrored step could not tell the sides apart.
TEST_F(WholeRun, UnequalLegsAreRunOverAFullStride) {
  write_bytes(get_path("unequal.toml"),
              "include = [\"quick.toml\"]\n[runner]\nleg_length_difference_mm = 10\n[plan]\nknots = 100\n");
  const CommandOutcome outcome = run("run unequal.toml -o unequal.h5");
  const RunRecord record = read_run_file(get_path("unequal.h5"));
  expect_code_of_status(outcome, record);
  EXPECT_THAT(record.header.status, StartsWith("ok"));
  const std::vector<double> unequal = get_contact_times(record);
  ASSERT_EQ(unequal.size(), 2u);
  EXPECT_GT(std::abs(unequal[0] - unequal[1]), 0.002);

  run("run quick.toml -o equal.h5");
  const std::vector<double> equal = get_contact_times(read_run_file(get_path("equal.h5")));
  EXPECT_LT(std::abs(equal[0] - equal[1]), 0.0005);
}

double get_metric(const RunRecord& record, const std::string& name) {
  for (const NamedValue& metric : record.metrics) {
    if (metric.name == name) return metric.values[0];
  }
  ADD_FAILURE() << "no " << name;
  return 0.0;
}

// A plan on the ground that it was made for is the plan; on softer ground its first stride still lands as on the old ground,
// not as the one of a runner who has adapted. (Disc loads tell the two apart less: they differ by 1 %.)
TEST_F(WholeRun, UnadaptedStrideStandsBesideTheAdapted) {
  write_bytes(get_path("habit.toml"), "[habitual]\nsurface = \"asphalt\"\n[simulate]\nstrides = 2\n");
  run("run habit.toml -o same.h5");
  const RunRecord same = read_run_file(get_path("same.h5"));
  ASSERT_EQ(same.unadapted.size(), 1u);
  EXPECT_THAT(same.unadapted[0].header.status, StartsWith("ok"));
  const double adapted = get_metric(same, "active_peak_lp50hz");
  EXPECT_NEAR(get_metric(same.unadapted[0], "active_peak_lp50hz"), adapted, 0.02 * adapted);
  EXPECT_LT(get_metric(same.unadapted[0], "forward_feedback_share"), 0.02);

  const CommandOutcome outcome = run("run habit.toml -o soft.h5 --set surface.preset=grass");
  const RunRecord soft = read_run_file(get_path("soft.h5"));
  expect_code_of_status(outcome, soft);
  ASSERT_EQ(soft.unadapted.size(), 1u);
  const RunRecord& unadapted = soft.unadapted[0];
  EXPECT_THAT(unadapted.header.status, StartsWith("ok"));
  EXPECT_GT(get_metric(unadapted, "forward_feedback_share"),
            2.0 * get_metric(same.unadapted[0], "forward_feedback_share"));
  const double habit = get_metric(same, "loading_rate_lp50hz");
  EXPECT_LT(std::abs(get_metric(unadapted, "loading_rate_lp50hz") - habit),
            0.5 * std::abs(get_metric(soft, "loading_rate_lp50hz") - habit));
  EXPECT_EQ(unadapted.discs.compression.size(), unadapted.time.size() * 6);
  EXPECT_NE(unadapted.plan.q, soft.plan.q);
}

TEST_F(WholeRun, LeavesAFileThatAgreesWithItsExitCodeAndRepeats) {
  const CommandOutcome first = run("run quick.toml -o first.h5");
  const CommandOutcome second = run("run quick.toml -o second.h5");
  const RunRecord record = read_run_file(get_path("first.h5"));
  expect_code_of_status(first, record);
  EXPECT_EQ(second.exit_code, first.exit_code);
  EXPECT_EQ(first.messages, "") << "silent where standard error is not a terminal";

  EXPECT_EQ(record.header.title, "quick");
  EXPECT_EQ(record.header.speed_m_s, 3.0);
  ASSERT_GT(record.time.size(), 300u);
  EXPECT_EQ(record.discs.compression.size(), record.time.size() * 6);
  EXPECT_EQ(record.motion.q.size(), record.time.size() * 46);
  EXPECT_GT(record.muscles.force.size(), record.time.size() * 200);

  const std::string python = get_python();
  if (python.empty()) GTEST_SKIP() << "needs python3-h5py";
  EXPECT_EQ(check_files("same " + get_path("first.h5") + " " + get_path("second.h5"), get_path("log.txt")),
            "");
  EXPECT_EQ(check_files("numbers " + get_path("first.h5"), get_path("log.txt")), "");

  // Muscles of a third of their strength cannot run: reserves take over, the run is stored as failed. The plan
  // measures effort by strength, so a weak runner also moves differently; the comparison sees both.
  const CommandOutcome weak = run("run quick.toml -o weak.h5 --set runner.strength=0.35");
  EXPECT_EQ(weak.exit_code, 1);
  EXPECT_THAT(read_run_file(get_path("weak.h5")).header.status, StartsWith("failed: reserves"));
  EXPECT_THAT(weak.output, HasSubstr("failed: reserves"));
  const std::string words =
      check_files("same " + get_path("first.h5") + " " + get_path("weak.h5"), get_path("log.txt"));
  EXPECT_THAT(words, HasSubstr("muscles/force: bytes differ"));
  EXPECT_THAT(words, HasSubstr("motion/q: bytes differ"));
}

TEST_F(WholeRun, InspectTellsWhatRunTold) {
  const CommandOutcome outcome = run("run quick.toml -o run.h5 --set simulate.strides=1");
  const CommandOutcome inspected = run("inspect run.h5");
  EXPECT_EQ(inspected.exit_code, 0);
  EXPECT_THAT(outcome.output, StartsWith(inspected.output.substr(0, inspected.output.find("\n\n"))));
  EXPECT_THAT(inspected.output, HasSubstr("L5_S1"));
}

// Inside every range, beyond any runner: 2.1 m per step at 5 m/s needs 0.43 s between steps.
TEST_F(WholeRun, GaitOutOfReachIsStoredAsFailed) {
  const CommandOutcome outcome =
      run("run quick.toml -o run.h5 --set stride.speed_m_s=5 --set stride.cadence_spm=140");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.messages;
  EXPECT_EQ(outcome.messages, "");
  const RunRecord record = read_run_file(get_path("run.h5"));
  EXPECT_THAT(record.header.status, StartsWith("failed: "));
  EXPECT_GT(record.header.status.size(), std::string("failed: ").size() + 10) << "a reason";
  EXPECT_EQ(record.header.speed_m_s, 5.0);
  EXPECT_THAT(outcome.output, HasSubstr(record.header.status));
  EXPECT_EQ(run("inspect run.h5").exit_code, 0);
  if (!get_python().empty()) {
    EXPECT_EQ(check_files("numbers " + get_path("run.h5"), get_path("log.txt")), "");
  }
}

TEST_F(WholeRun, UnwritableOutputIsFoundBeforeTheWork) {
  const CommandOutcome outcome = run("run quick.toml -o none/run.h5");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_EQ(outcome.output, "");
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    EXPECT_NE(entry.path().extension(), ".h5") << entry.path();
  }
}

}  // namespace
}  // namespace lumbarun
