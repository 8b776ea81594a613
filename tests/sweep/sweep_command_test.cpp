// The sweep commands as a user meets them. The synthetic scenarios of the machinery stand in for runs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/sweep/sweep_line.h"

namespace lumbarun {
namespace {

using test::CommandOutcome;
using ::testing::HasSubstr;

class Sweep : public test::SweepLine {};

TEST_F(Sweep, WorkersShardsAndOrderDoNotChangeAByte) {
  write_synthetic("s.toml", 60, 0);
  ASSERT_EQ(run("sweep s.toml -o one -j 1").exit_code, 0);
  const std::string wanted = merge("one");
  ASSERT_GT(wanted.size(), 100000u);
  for (const char* jobs : {"2", "4"}) {
    const std::string folder = std::string("jobs") + jobs;
    ASSERT_EQ(run("sweep s.toml -o " + folder + " -j " + jobs).exit_code, 0);
    EXPECT_TRUE(merge(folder) == wanted) << folder;
  }
  for (const char* seed : {"1", "2"}) {
    const std::string folder = std::string("shuffled") + seed;
    ASSERT_EQ(run("sweep s.toml -j 2 -o " + folder + " --shuffle " + seed).exit_code, 0);
    EXPECT_TRUE(merge(folder) == wanted) << folder;
  }
  for (const int shards : {4, 7}) {
    const std::string folder = "shards" + std::to_string(shards);
    for (int k = shards; k >= 1; --k) {
      const std::string shard = std::to_string(k) + "/" + std::to_string(shards);
      ASSERT_EQ(run("sweep s.toml -j 1 -o " + folder + " --shard " + shard).exit_code, 0);
    }
    EXPECT_TRUE(merge(folder) == wanted) << folder;
  }
}

TEST_F(Sweep, AnotherSeedGivesOtherBytes) {
  write_synthetic("a.toml", 10, 0);
  write_synthetic("b.toml", 10, 0);
  std::string text = read_bytes(get_path("b.toml"));
  write_bytes(get_path("b.toml"), text.replace(text.find("seed = 11"), 9, "seed = 12"));
  ASSERT_EQ(run("sweep a.toml -j 1").exit_code, 0);
  ASSERT_EQ(run("sweep b.toml -j 1").exit_code, 0);
  EXPECT_FALSE(merge("a.sweep") == merge("b.sweep"));
}

TEST_F(Sweep, FolderOfAnotherSweepIsRefused) {
  write_synthetic("s.toml", 5, 0);
  ASSERT_EQ(run("sweep s.toml -o dir -j 1").exit_code, 0);
  const CommandOutcome again = run("sweep s.toml -o dir -j 1");
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.messages,
              HasSubstr("5 of 5 scenarios of this sweep are done already: go on with --resume"));
  EXPECT_EQ(run("sweep s.toml -o dir -j 1 --resume").exit_code, 0);
  write_synthetic("s.toml", 6, 0);
  const CommandOutcome other = run("sweep s.toml -o dir -j 1 --resume");
  EXPECT_EQ(other.exit_code, 2);
  EXPECT_THAT(other.messages, HasSubstr("this folder holds another sweep"));
}

TEST_F(Sweep, ChangedManifestIsRefused) {
  write_synthetic("s.toml", 5, 0);
  ASSERT_EQ(run("sweep s.toml -o dir -j 1").exit_code, 0);
  const std::string lines = get_path("dir/scenarios.tsv");
  std::string text = read_bytes(lines);
  text[text.size() / 2] = text[text.size() / 2] == '1' ? '2' : '1';
  write_bytes(lines, text);
  const CommandOutcome outcome = run("merge dir -o x.h5");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.messages, HasSubstr("scenarios.tsv is damaged or was changed"));
  EXPECT_FALSE(std::filesystem::exists(get_path("x.h5")));
}

TEST_F(Sweep, ChangedTablesAreRefused) {
  std::filesystem::copy(LUMBARUN_SOURCE_DIR "/models", folder_ / "models",
                        std::filesystem::copy_options::recursive);
  const std::string models = "LUMBARUN_DATA_DIR='" + get_path("models") + "'";
  write_synthetic("s.toml", 5, 0);
  ASSERT_EQ(run("sweep s.toml -o dir -j 1", models).exit_code, 0);
  EXPECT_EQ(run("sweep s.toml -o dir -j 1 --resume", models).exit_code, 0);
  write_bytes(get_path("models/shoes.toml"), read_bytes(get_path("models/shoes.toml")) + "# changed\n");
  const CommandOutcome outcome = run("sweep s.toml -o dir -j 1 --resume", models);
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.messages, HasSubstr("or its sweep file, base scenario or tables have changed since"));
}

TEST_F(Sweep, FailuresAreToldWithTheCommandThatRepeatsThem) {
  write_synthetic("s.toml", 12, 0, "fail_every = 5\n");
  const CommandOutcome outcome = run("sweep s.toml -o dir -j 2");
  EXPECT_EQ(outcome.exit_code, 0) << "a failed scenario is a result";
  EXPECT_THAT(outcome.messages, HasSubstr("12 of 12 done (2 fell or failed), 0 left"));
  EXPECT_THAT(outcome.messages, HasSubstr("repeat: lumbarun run dir/base.toml --set stride.speed_m_s="));
  EXPECT_EQ(get_status_number("dir", "failed"), 2);
  EXPECT_EQ(get_status_number("dir", "ok"), 10);
  EXPECT_THAT(run("status dir").output,
              HasSubstr("last failure: scenario 9: failed: as asked for by fail_every"));
  const CommandOutcome retried = run("sweep s.toml -o dir -j 2 --retry-failed");
  EXPECT_THAT(retried.messages, HasSubstr("12 of 12 done (2 fell or failed), 0 left"));
  EXPECT_EQ(get_status_number("dir", "repeated"), 2);
}

TEST_F(Sweep, CrashOfAWorkerCostsItsScenarioOnly) {
  write_synthetic("s.toml", 12, 0, "crash_every = 6\n");
  const CommandOutcome outcome = run("sweep s.toml -o dir -j 2");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.messages;
  EXPECT_EQ(get_status_number("dir", "ok"), 10);
  EXPECT_EQ(get_status_number("dir", "failed"), 2);
  EXPECT_THAT(run("status dir").output, HasSubstr("failed: its worker was killed by signal 6"));
}

TEST_F(Sweep, TerminationFinishesTheScenarioAndExits75) {
  write_synthetic("s.toml", 200, 5);
  for (const int signal : {SIGTERM, SIGINT}) {
    const std::string folder = "dir" + std::to_string(signal);
    const pid_t process = start({"sweep", "s.toml", "-o", folder, "-j", "2"});
    while (get_status_number(folder, "ok") < 4) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    kill(process, signal);
    const int status = wait_for(process);
    ASSERT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 75);
    EXPECT_EQ(get_status_number(folder, "damaged_bytes"), 0);
    EXPECT_GT(get_status_number(folder, "left"), 0);
    EXPECT_EQ(run("merge " + folder + " -o part.h5").exit_code, 1) << "some are missing";
    EXPECT_EQ(run("sweep s.toml -j 2 --resume -o " + folder).exit_code, 0);
    EXPECT_EQ(get_status_number(folder, "repeated"), 0);
  }
  EXPECT_TRUE(merge("dir2") == merge("dir15"));
}

TEST_F(Sweep, FullDiskKeepsWhatIsComplete) {
  write_synthetic("s.toml", 40, 0);
  ASSERT_EQ(run("sweep s.toml -o whole -j 1").exit_code, 0);
  const std::string wanted = merge("whole");
  // A limit of 600 blocks of 512 bytes per file, near 5 records, stands for a full disk.
  const CommandOutcome outcome = run("sweep s.toml -o dir -j 1", "ulimit -f 600;");
  EXPECT_EQ(outcome.exit_code, 75) << outcome.messages;
  EXPECT_THAT(outcome.messages, HasSubstr("cannot write the journal dir/journals/s1of1-w1-"));
  EXPECT_THAT(outcome.messages, HasSubstr("File too large"));
  EXPECT_GE(get_status_number("dir", "ok"), 3);
  EXPECT_EQ(get_status_number("dir", "damaged_bytes"), 0) << "the record that did not fit was taken back";
  EXPECT_EQ(run("sweep s.toml -o dir -j 1 --resume").exit_code, 0);
  EXPECT_TRUE(merge("dir") == wanted);
  // HDF5 1.10 does not free its buffers after a write that failed: not a leak of ours to report.
  const CommandOutcome merged =
      run("merge dir -o small.h5", "ulimit -f 200; export ASAN_OPTIONS=detect_leaks=0;");
  EXPECT_EQ(merged.exit_code, 2) << merged.messages;
  EXPECT_THAT(merged.messages, HasSubstr("cannot write small.h5: File too large"));
  EXPECT_FALSE(std::filesystem::exists(get_path("small.h5")));
  EXPECT_FALSE(std::filesystem::exists(get_path("small.h5.tmp")));
}

TEST_F(Sweep, RealFullDisk) {
  std::filesystem::create_directories(folder_ / "disk");
  if (std::system(("mount -t tmpfs -o size=600k tmpfs '" + get_path("disk") + "' 2> /dev/null").c_str()) !=
      0) {
    GTEST_SKIP() << "mounting a small disk needs root";
  }
  write_synthetic("s.toml", 40, 0);
  const CommandOutcome outcome = run("sweep s.toml -o disk/dir -j 2");
  EXPECT_EQ(outcome.exit_code, 75) << outcome.messages;
  EXPECT_THAT(outcome.messages, HasSubstr("No space left on device"));
  EXPECT_GE(get_status_number("disk/dir", "ok"), 3);
  EXPECT_EQ(std::system(("mount -o remount,size=20m '" + get_path("disk") + "'").c_str()), 0);
  EXPECT_EQ(run("sweep s.toml -o disk/dir -j 2 --resume").exit_code, 0);
  const std::string found = merge("disk/dir");
  EXPECT_EQ(std::system(("mount -o remount,ro '" + get_path("disk") + "'").c_str()), 0);
  const CommandOutcome unwritable = run("sweep s.toml -o disk/other -j 2");
  EXPECT_EQ(unwritable.exit_code, 2);
  EXPECT_THAT(unwritable.messages, HasSubstr("Read-only file system"));
  EXPECT_EQ(std::system(("umount '" + get_path("disk") + "'").c_str()), 0);
  ASSERT_EQ(run("sweep s.toml -o whole -j 1").exit_code, 0);
  EXPECT_TRUE(merge("whole") == found);
}

TEST_F(Sweep, JournalCutInHalfLosesItsSecondHalfOnly) {
  write_synthetic("s.toml", 30, 0);
  ASSERT_EQ(run("sweep s.toml -o dir -j 1").exit_code, 0);
  const std::string wanted = merge("dir");
  for (const auto& entry : std::filesystem::directory_iterator(folder_ / "dir/journals")) {
    if (entry.path().extension() == ".journal") {
      std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) / 2);
    }
  }
  const long left = get_status_number("dir", "left");
  EXPECT_GE(left, 14);
  EXPECT_LE(left, 16);
  EXPECT_GT(get_status_number("dir", "damaged_bytes"), 0);
  EXPECT_EQ(run("sweep s.toml -o dir -j 2 --resume").exit_code, 0);
  EXPECT_TRUE(merge("dir") == wanted);
}

TEST_F(Sweep, UnwritableFolderIsRefused) {
  write_synthetic("s.toml", 3, 0);
  const CommandOutcome outcome = run("sweep s.toml -o /proc/nowhere -j 1");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.messages, HasSubstr("cannot make the folder /proc/nowhere/journals"));
  EXPECT_EQ(run("status none").exit_code, 2);
  EXPECT_EQ(run("merge none").exit_code, 2);
}

TEST_F(Sweep, DryRunCountsAndWritesNothing) {
  write_synthetic("s.toml", 300, 10);
  const CommandOutcome outcome = run("sweep s.toml --dry-run -j 2");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.output, HasSubstr("300 scenarios, design latin_hypercube"));
  EXPECT_FALSE(std::filesystem::exists(get_path("s.sweep")));
  for (const char* shard : {"0/2", "3/2", "x/2", "1", "1/0"}) {
    EXPECT_EQ(run(std::string("sweep s.toml --dry-run --shard ") + shard).exit_code, 2) << shard;
  }
}

TEST_F(Sweep, ExamplesAreAccepted) {
  for (const auto& entry : std::filesystem::directory_iterator(LUMBARUN_SOURCE_DIR "/scenarios/examples")) {
    if (entry.path().filename().string().find("sweep") == std::string::npos) continue;
    const CommandOutcome outcome = run("sweep --dry-run " + entry.path().string());
    EXPECT_EQ(outcome.exit_code, 0) << outcome.messages;
  }
}

}  // namespace
}  // namespace lumbarun
