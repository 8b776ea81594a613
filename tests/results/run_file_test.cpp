// What is written is read, bit for bit; what is wrong is refused and leaves nothing behind.
#include <csignal>
#include <stdexcept>

#include "sim/core/errors.h"
#include "sim/results/run_reader.h"
#include "sim/results/run_writer.h"
#include "sim/results/schema.h"
#include "sim/results/trial_read.h"
#include "tests/results/record_equality.h"
#include "tests/results/sample_record.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun::test {
namespace {

class RunFile : public TemporaryFolder {
 protected:
  // Message of the BadInput that reading `path` must throw.
  static std::string get_reading_error(const std::string& path) {
    try {
      read_run_file(path);
    } catch (const BadInput& error) {
      return error.what();
    }
    return "";
  }

  static std::string get_rejection(const RunRecord& record, const std::string& path) {
    try {
      write_run_file(record, path);
    } catch (const LogicFailure& error) {
      return error.what();
    }
    return "";
  }
};

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(RunFile, RoundTripIsBitwise) {
  const RunRecord written = build_sample_record();
  write_run_file(written, get_path("run.h5"));
  EXPECT_EQ(find_difference(written, read_run_file(get_path("run.h5"))), "");
  EXPECT_FALSE(std::filesystem::exists(get_path("run.h5.tmp")));
}

// A run beside its unadapted run: two records of unlike length in one file, each with its own axes.
TEST_F(RunFile, RoundTripWithUnadaptedRun) {
  RunRecord written = build_sample_record();
  RunRecord other = build_sample_record();
  other.header.status = "fell at 0.412 s: the trunk tilted by 61 degrees";
  other.header.model_hash = "0123";
  other.plan = {};
  for (double& force : other.ground.force) force *= 1.5;
  written.unadapted.push_back(other);
  write_run_file(written, get_path("run.h5"));
  EXPECT_EQ(find_difference(written, read_run_file(get_path("run.h5"))), "");
  written.unadapted.front().ground.force.pop_back();
  EXPECT_THROW(write_run_file(written, get_path("bad.h5")), LogicFailure);
}

TEST_F(RunFile, RoundTripOfLargeCompressedArrays) {
  RunRecord written = build_sample_record();
  const std::size_t count = 20001;
  written.time.resize(count);
  for (std::size_t i = 0; i < count; ++i) written.time[i] = 0.0007 * static_cast<double>(i);
  const auto repeat = [&](std::vector<double>& values) {
    const std::size_t row = values.size() / 5;
    std::vector<double> all(row * count);
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i] = values[i % values.size()] + 1e-3 * static_cast<double>(i);
    values = all;
  };
  for (const results::ArrayField& field : results::get_array_fields()) {
    if (field.axes.front() != results::Axis::kTime) continue;
    repeat(field.get(written));
    round_as_stored(field, field.get(written));
  }
  write_run_file(written, get_path("run.h5"));
  EXPECT_EQ(find_difference(written, read_run_file(get_path("run.h5"))), "");
}

// What the file does not hold exactly it holds to half a unit in the last place of its type.
TEST_F(RunFile, DrawnPointsAreKeptInSinglePrecision) {
  RunRecord written = build_sample_record();
  written.muscles.path_point[1] = 1.0 / 3.0;
  written.motion.q[1] = 1.0 / 3.0;
  write_run_file(written, get_path("run.h5"));
  const RunRecord read = read_run_file(get_path("run.h5"));
  EXPECT_EQ(read.motion.q[1], 1.0 / 3.0);
  EXPECT_NE(read.muscles.path_point[1], 1.0 / 3.0);
  EXPECT_NEAR(read.muscles.path_point[1], 1.0 / 3.0, 1.0 / 3.0 / (1 << 24));
}

TEST_F(RunFile, FailedRunKeepsItsReasonAndUndefinedResults) {
  const RunRecord written = build_failed_record();
  write_run_file(written, get_path("run.h5"));
  const RunRecord read = read_run_file(get_path("run.h5"));
  EXPECT_EQ(find_difference(written, read), "");
  EXPECT_TRUE(is_failed(read));
}

TEST_F(RunFile, OptionalGroupsAreLeftOut) {
  RunRecord written = build_sample_record();
  written.names.ligaments.clear();
  written.ligaments.strain.clear();
  written.ligaments.force.clear();
  written.reserves = {};
  written.names.reserve_coordinates.clear();
  written.plan = {};
  written.energy.clear();
  write_run_file(written, get_path("run.h5"));
  EXPECT_EQ(find_difference(written, read_run_file(get_path("run.h5"))), "");
}

TEST_F(RunFile, SameRecordGivesSameBytes) {
  write_run_file(build_sample_record(), get_path("a.h5"));
  ::sleep(1);  // a time stamp in the file would differ by now
  write_run_file(build_sample_record(), get_path("b.h5"));
  const std::string bytes = read_bytes(get_path("a.h5"));
  ASSERT_GT(bytes.size(), 1000u);
  EXPECT_TRUE(bytes == read_bytes(get_path("b.h5")));
}

TEST_F(RunFile, InconsistentRecordIsOurBugAndWritesNothing) {
  RunRecord record = build_sample_record();
  record.discs.compression.pop_back();
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/discs/compression: has 29 values"));

  record = build_sample_record();
  record.discs.compression[7] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/discs/compression: value nan"));

  record = build_sample_record();
  record.ground.center_of_pressure[0] = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/ground/center_of_pressure: value inf"));

  record = build_sample_record();
  record.motion.q.clear();
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/motion/q: is missing"));

  record = build_sample_record();
  record.time[2] = record.time[1];
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/time: does not increase"));

  record = build_sample_record();
  record.names.muscles[1] = record.names.muscles[0];
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/muscle: has the name"));

  record = build_sample_record();
  record.metrics[1].name = "a/b";
  EXPECT_TRUE(contains(get_rejection(record, get_path("run.h5")), "/metrics/a/b: names are"));
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(RunFile, UnwritablePathLeavesNothing) {
  EXPECT_THROW(write_run_file(build_sample_record(), get_path("missing/run.h5")), BadInput);
  // The final name is taken by a folder: the rename fails after the whole draft was written.
  std::filesystem::create_directories(get_path("taken.h5/inside"));
  EXPECT_THROW(write_run_file(build_sample_record(), get_path("taken.h5")), BadInput);
  EXPECT_FALSE(std::filesystem::exists(get_path("taken.h5.tmp")));
}

TEST_F(RunFile, FullDiskKeepsTheOldFileAndNoDraft) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full on this machine";
  write_run_file(build_sample_record(), get_path("run.h5"));
  const std::string before = read_bytes(get_path("run.h5"));
  std::filesystem::create_symlink("/dev/full", get_path("run.h5.tmp"));
  EXPECT_THROW(write_run_file(build_failed_record(), get_path("run.h5")), BadInput);
  EXPECT_TRUE(before == read_bytes(get_path("run.h5")));
  EXPECT_FALSE(std::filesystem::is_symlink(get_path("run.h5.tmp")));
}

TEST_F(RunFile, EveryTruncationIsRefused) {
  write_run_file(build_sample_record(), get_path("run.h5"));
  const std::string bytes = read_bytes(get_path("run.h5"));
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    const std::string path = get_path("cut.h5");
    write_bytes(path, bytes.substr(0, bytes.size() * tenth / 10));
    const std::string error = get_reading_error(path);
    EXPECT_TRUE(contains(error, path)) << tenth << ": " << error;
  }
}

TEST_F(RunFile, ForeignAndMissingFilesAreNamed) {
  EXPECT_TRUE(contains(get_reading_error(get_path("none.h5")), "none.h5: no such file"));
  write_bytes(get_path("text.h5"), "time,force\n0,1\n");
  EXPECT_TRUE(contains(get_reading_error(get_path("text.h5")), "text.h5: not an HDF5 file"));
  EXPECT_TRUE(contains(get_reading_error(folder_.string()), "not a file"));
}

// Some damaged files end the process that reads them, inside libhdf5.
TEST(TrialRead, SaysWhatEndedTheTrial) {
  EXPECT_NO_THROW(results::demand_survives_reading("run.h5", [] { throw std::runtime_error("told later"); }));
  try {
    results::demand_survives_reading("run.h5", [] { std::raise(SIGSEGV); });
    ADD_FAILURE() << "no error";
  } catch (const BadInput& error) {
    EXPECT_TRUE(contains(error.what(), "run.h5: it is damaged")) << error.what();
  }
}

}  // namespace
}  // namespace lumbarun::test
