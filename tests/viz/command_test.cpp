// The program as its user meets it.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>

#include "sim/results/run_writer.h"
#include "tests/results/temporary_folder.h"
#include "tests/viz/synthetic_run.h"

namespace lumbarun::test {
namespace {

struct Outcome {
  int exit_code;
  std::string output;  // both streams
};

class VizCommand : public TemporaryFolder {
 protected:
  void SetUp() override {
    TemporaryFolder::SetUp();
    write_run_file(build_synthetic_run(), get_path("run.h5"));
  }

  static Outcome run(const std::string& arguments) {
    Outcome outcome{-1, ""};
    std::FILE* pipe = ::popen((LUMBARUN_BIN_DIR "/lumbarun-viz " + arguments + " 2>&1").c_str(), "r");
    if (pipe == nullptr) return outcome;
    std::array<char, 4096> buffer;
    while (std::size_t count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      outcome.output.append(buffer.data(), count);
    }
    const int status = ::pclose(pipe);
    outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return outcome;
  }

  void expect_refusal(const std::string& arguments, const std::string& part) {
    const Outcome outcome = run(arguments + " --png " + get_path("new.png"));
    EXPECT_EQ(outcome.exit_code, 2) << arguments << "\n" << outcome.output;
    EXPECT_NE(outcome.output.find(part), std::string::npos) << outcome.output;
    EXPECT_FALSE(std::filesystem::exists(get_path("new.png"))) << arguments;
    EXPECT_FALSE(std::filesystem::exists(get_path("new.png.tmp"))) << arguments;
  }
};

TEST_F(VizCommand, DrawsWithoutADisplayAndWithoutAWord) {
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  ::unsetenv("DISPLAY");
  const Outcome outcome = run(get_path("run.h5") + " --size 480x300 --png " + get_path("runner.png") +
                              " --chart " + get_path("loads.png"));
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.output, "");  // VTK's warnings would be here
  for (const char* name : {"runner.png", "loads.png"}) {
    const std::string bytes = read_bytes(get_path(name));
    ASSERT_GT(bytes.size(), 24u) << name;
    EXPECT_EQ(bytes.substr(1, 3), "PNG");
    EXPECT_EQ(bytes.substr(16, 8), std::string("\0\0\x01\xe0\0\0\x01\x2c", 8)) << "width 480, height 300";
  }
}

TEST_F(VizCommand, RefusesWhatItDoesNotKnow) {
  const std::string file = get_path("run.h5");
  expect_refusal(file + " --camera moon",
                 "unknown camera 'moon': choose runner, sagittal, frontal or lumbar");
  expect_refusal(file + " --size 10x10", "--size 10x10");
  expect_refusal(file + " --size big", "--size big");
  expect_refusal(file + " --time 99", "time 99 s lies outside the run");
  expect_refusal(file + " --phase 1.5", "--phase 1.5");
  expect_refusal(file + " --nonsense", "--nonsense");
  expect_refusal(get_path("none.h5"), "no such file");
}

TEST_F(VizCommand, RefusesFilesThatAreNoRun) {
  write_bytes(get_path("text.h5"), "not a run");
  expect_refusal(get_path("text.h5"), "not an HDF5 file");
  const std::string bytes = read_bytes(get_path("run.h5"));
  write_bytes(get_path("cut.h5"), bytes.substr(0, bytes.size() / 2));
  expect_refusal(get_path("cut.h5"), "cut.h5");
}

TEST_F(VizCommand, RefusesARunWithoutMotion) {
  RunRecord failed;
  failed.header.status = "failed: no plan";
  write_run_file(failed, get_path("failed.h5"));
  expect_refusal(get_path("failed.h5"), "failed: no plan");
}

TEST_F(VizCommand, RefusesAMissingGroup) {
  RunRecord record = build_synthetic_run();
  record.header.status = "failed: no muscles";  // so that the file may be incomplete
  record.muscles = {};
  write_run_file(record, get_path("bare.h5"));
  expect_refusal(get_path("bare.h5"), "/muscles");
}

TEST_F(VizCommand, UnwritablePictureIsRefused) {
  const Outcome outcome =
      run(get_path("run.h5") + " --size 320x240 --chart " + get_path("missing/loads.png"));
  EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
  EXPECT_NE(outcome.output.find("cannot write"), std::string::npos) << outcome.output;
}

}  // namespace
}  // namespace lumbarun::test
