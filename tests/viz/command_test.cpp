// The program as its user meets it.
#include <sys/wait.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "sim/core/errors.h"
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
    // Shapes are built once for all tests of this file, and not into the user's folder.
    ::setenv("XDG_CACHE_HOME", (std::filesystem::temp_directory_path() / "lumbarun-test-cache").c_str(), 1);
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

TEST_F(VizCommand, TwoRunsOfTheProgramDrawTheSameBytes) {
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  for (const char* name : {"a", "b"}) {
    ASSERT_EQ(run(get_path("run.h5") + " --size 480x300 --png " + get_path(std::string(name) + ".png") +
                  " --chart " + get_path(std::string(name) + ".pdf"))
                  .exit_code,
              0);
  }
  EXPECT_EQ(read_bytes(get_path("a.png")), read_bytes(get_path("b.png")));
  EXPECT_EQ(read_bytes(get_path("a.pdf")), read_bytes(get_path("b.pdf")));
}

TEST_F(VizCommand, RefusesWhatItDoesNotKnow) {
  const std::string file = get_path("run.h5");
  expect_refusal(file + " --camera moon",
                 "unknown camera 'moon': choose runner, sagittal, frontal, lumbar, follow or disc:LEVEL");
  expect_refusal(file + " --camera disc:L9_S1", "unknown level 'L9_S1': the run has T12_L1, L1_L2");
  expect_refusal(file + " --disc colour",
                 "unknown disc load 'colour': choose one of compression, shear, pressure");
  expect_refusal(file + " --disc pressure", "group /discs has no intradiscal_pressure");
  expect_refusal(file + " --muscles strength", "unknown muscle colour 'strength'");
  expect_refusal(file + " --range 5:1", "--range 5:1");
  expect_refusal(file + " --range high", "--range high");
  expect_refusal(file + " --compare twice", "unknown comparison 'twice'");
  expect_refusal(file + " --slow 0", "--slow 0");
  expect_refusal(file + " " + file + " " + file + " " + file + " " + file, "run");
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

TEST_F(VizCommand, UndefinedInstantIsRefusedAsAStill) {
  RunRecord record = build_synthetic_run();
  record.header.status = "failed: sharing found no answer";  // so that results may be undefined
  for (std::size_t i = 0; i < 3 * record.names.bodies.size(); ++i)
    record.motion.body_position[i] = std::nan("");
  write_run_file(record, get_path("gap.h5"));
  expect_refusal(get_path("gap.h5") + " --time 0", "the run's poses are undefined at 0 s");
}

TEST_F(VizCommand, RunWithoutTimeIsRefused) {
  RunRecord record = build_synthetic_run({.samples = 2});
  record.time = {0, 0};
  record.header.status = "failed: stopped at once";
  try {
    write_run_file(record, get_path("instant.h5"));
  } catch (const std::exception&) {
    GTEST_SKIP() << "the writer refuses such a run already";
  }
  expect_refusal(get_path("instant.h5") + " --charts " + get_path("charts"), "");
  EXPECT_FALSE(std::filesystem::exists(get_path("charts")));
}

// A posture has pictures, charts and a page, and no movie.
TEST_F(VizCommand, OneInstantIsDrawnAndHasNoMovie) {
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  write_run_file(build_synthetic_run({.samples = 1}), get_path("instant.h5"));
  expect_refusal(get_path("instant.h5") + " --mp4 " + get_path("run.mp4"), "no stride for a movie");
  expect_refusal(get_path("instant.h5") + " --vtp " + get_path("series"), "no stride for a series");
  EXPECT_FALSE(std::filesystem::exists(get_path("series")));
  const Outcome outcome =
      run(get_path("instant.h5") + " --size 480x300 --png " + get_path("a.png") + " --charts " +
          get_path("charts") + " --html " + get_path("a.html") + " --chart " + get_path("a.svg"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(outcome.output, "");
  for (const char* name : {"a.png", "a.html", "a.svg", "charts/disc_loads.pdf", "charts/muscle_groups.svg"})
    EXPECT_TRUE(std::filesystem::exists(get_path(name))) << name;
  const Outcome window = run(get_path("instant.h5") + " --view --seconds 1 --size 480x300 --pick L4/L5");
  EXPECT_EQ(window.exit_code, 0) << window.output;
}

// What is wrong with the last file is told before the first is written.
TEST_F(VizCommand, NothingIsWrittenIfOneFileCannotBe) {
  const std::string file = get_path("run.h5");
  expect_refusal(file + " --mp4 " + get_path("missing/run.mp4"), "cannot write");
  expect_refusal(file + " --gltf " + get_path("missing/run.glb"), "cannot write");
  expect_refusal(file + " --vtp " + get_path("series") + " --frames 0", "--frames 0");
  expect_refusal(file + " --charts " + file + "/charts", "cannot make the folder");
  EXPECT_FALSE(std::filesystem::exists(get_path("series")));
}

TEST_F(VizCommand, MovieWithoutFfmpegNamesThePackage) {
  const char* path = std::getenv("PATH");
  const std::string before = path == nullptr ? "" : path;
  ::setenv("PATH", "/nowhere", 1);
  const Outcome outcome = run(get_path("run.h5") + " --mp4 " + get_path("run.mp4"));
  ::setenv("PATH", before.c_str(), 1);
  EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
  EXPECT_NE(outcome.output.find("install the package ffmpeg"), std::string::npos) << outcome.output;
  EXPECT_FALSE(std::filesystem::exists(get_path("run.mp4")));
}

TEST_F(VizCommand, MovieIsWholeAndLeavesNothingElse) {
  if (std::system("command -v Xvfb ffmpeg >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "needs the packages xvfb, ffmpeg";
  const Outcome outcome =
      run(get_path("run.h5") + " --size 320x240 --seconds 0.2 --mp4 " + get_path("run.mp4"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_EQ(outcome.output, "");
  const std::string bytes = read_bytes(get_path("run.mp4"));
  ASSERT_GT(bytes.size(), 1000u);
  EXPECT_EQ(bytes.substr(4, 4), "ftyp");
  EXPECT_NE(bytes.find("moov"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(get_path("run.mp4.tmp")));
  EXPECT_FALSE(std::filesystem::exists(get_path("run.mp4.log.tmp")));
}

TEST_F(VizCommand, WindowOpensPlaysAndCloses) {
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  const Outcome outcome =
      run(get_path("run.h5") + " --view --seconds 1 --size 640x400 --png " + get_path("window.png"));
  EXPECT_EQ(outcome.exit_code, 0) << outcome.output;
  EXPECT_NE(outcome.output.find("frames/s"), std::string::npos) << outcome.output;
  EXPECT_EQ(read_bytes(get_path("window.png")).substr(1, 3), "PNG");
  const Outcome unknown = run(get_path("run.h5") + " --view --seconds 1 --size 640x400 --pick L9_S1");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_NE(unknown.output.find("--pick L9_S1"), std::string::npos) << unknown.output;
}

TEST_F(VizCommand, EveryCameraAndComparisonDrawsWithoutAWord) {
  if (std::system("command -v Xvfb >/dev/null 2>&1") != 0) GTEST_SKIP() << "needs the package xvfb";
  const std::string file = get_path("run.h5");
  for (const std::string& options :
       {std::string("--camera follow"), std::string("--camera disc:L5_S1 --ghost"),
        std::string("--camera lumbar --muscles stress --disc shear"), file + " --compare side",
        file + " --compare overlay", file + " --compare difference"}) {
    std::filesystem::remove(get_path("new.png"));
    const Outcome outcome = run(file + " " + options + " --size 480x300 --png " + get_path("new.png"));
    EXPECT_EQ(outcome.exit_code, 0) << options;
    EXPECT_EQ(outcome.output, "") << options;
    EXPECT_TRUE(std::filesystem::exists(get_path("new.png"))) << options;
  }
}

TEST_F(VizCommand, UnwritablePictureIsRefused) {
  const Outcome outcome =
      run(get_path("run.h5") + " --size 320x240 --chart " + get_path("missing/loads.png"));
  EXPECT_EQ(outcome.exit_code, 2) << outcome.output;
  EXPECT_NE(outcome.output.find("cannot write"), std::string::npos) << outcome.output;
}

}  // namespace
}  // namespace lumbarun::test
