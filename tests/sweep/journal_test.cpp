// The journal: whatever happens to its bytes, complete records stay readable and nothing else is taken for one.
#include <gtest/gtest.h>

#include <random>

#include "scenarios/sweep/journal.h"
#include "sim/core/errors.h"
#include "tests/results/temporary_folder.h"

namespace lumbarun {
namespace {

const char* const kHash = "0d9c6c2e-5a4b-5a3f-9d3a-1d2e3f405162";

JournalResult build_result(std::uint64_t index, int levels) {
  JournalResult result;
  result.index = index;
  result.hash = "hash" + std::to_string(index);
  result.seconds = 0.5;
  result.row.status = index % 3 == 0 ? "fell at 1.2 s: forward" : "ok";
  result.row.model_hash = "m";
  SweepAxis axis{"level", "1", "level", {}, {}};
  for (int i = 0; i < levels; ++i) axis.labels.push_back("L" + std::to_string(i));
  result.row.layout.axes = {axis};
  result.row.layout.variables = {{"metrics", "peak", "N", "peak", {"level"}, false},
                                 {"discs", "compression", "N", "compression", {"level"}, true}};
  for (int i = 0; i < 2 * levels; ++i) result.row.values.push_back(0.5 * i + static_cast<double>(index));
  return result;
}

class Journal : public test::TemporaryFolder {
 protected:
  // 10 results, the last 4 with another layout.
  std::string write() const {
    JournalWriter writer(folder_.string(), "test", kHash);
    for (std::uint64_t i = 0; i < 10; ++i) writer.append(build_result(i, i < 6 ? 2 : 3));
    return writer.get_path();
  }
};

TEST_F(Journal, GivesBackWhatWasWritten) {
  const std::string path = write();
  const JournalScan scan = scan_journal(path, kHash);
  ASSERT_EQ(scan.entries.size(), 10u);
  ASSERT_EQ(scan.layouts.size(), 2u);
  EXPECT_EQ(scan.damaged_bytes, 0u);
  const JournalReader reader(path);
  for (std::uint64_t i = 0; i < 10; ++i) {
    const JournalResult wanted = build_result(i, i < 6 ? 2 : 3);
    EXPECT_EQ(scan.entries[i].index, i);
    EXPECT_EQ(scan.entries[i].code, calc_sweep_status(wanted.row.status));
    std::uint32_t layout = 9;
    const JournalResult found = reader.read(scan.entries[i].offset, scan.layouts, layout);
    EXPECT_EQ(layout, i < 6 ? 0u : 1u);
    EXPECT_EQ(found.row.values, wanted.row.values);
    EXPECT_EQ(found.row.status, wanted.row.status);
    EXPECT_EQ(found.hash, wanted.hash);
    EXPECT_EQ(scan.layouts[layout], wanted.row.layout);
  }
}

TEST_F(Journal, CutAtAnyByteKeepsAllCompleteRecords) {
  const std::string path = write();
  const std::string bytes = read_bytes(path);
  const JournalScan whole = scan_journal(path, kHash);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const std::string cut = get_path("cut.journal");
    write_bytes(cut, bytes.substr(0, size));
    const JournalScan scan = scan_journal(cut, kHash);
    std::size_t complete = 0;  // records that end at or before the cut: the next begins there
    for (std::size_t i = 0; i + 1 < whole.entries.size(); ++i) {
      const bool is_last_of_layout = i == 5;  // a layout record stands between 5 and 6
      if (!is_last_of_layout && whole.entries[i + 1].offset <= size) complete = i + 1;
    }
    EXPECT_GE(scan.entries.size(), complete) << size;
    EXPECT_LE(scan.entries.size(), complete + 2) << size;
    for (std::size_t i = 0; i < scan.entries.size(); ++i) EXPECT_EQ(scan.entries[i].index, i);
  }
}

TEST_F(Journal, AFlippedBitCostsAtMostWhatItHits) {
  const std::string path = write();
  const std::string bytes = read_bytes(path);
  const std::size_t head = 8 + 36 + 1;
  std::mt19937 random(4);
  for (int trial = 0; trial < 400; ++trial) {
    std::string bad = bytes;
    const std::size_t place = head + random() % (bytes.size() - head);
    bad[place] = static_cast<char>(bad[place] ^ (1 << random() % 8));
    const std::string damaged = get_path("bad.journal");
    write_bytes(damaged, bad);
    const JournalScan scan = scan_journal(damaged, kHash);
    EXPECT_GT(scan.damaged_bytes, 0u);
    EXPECT_GE(scan.entries.size(), 4u) << "at worst the first layout, and with it six results";
    EXPECT_LT(scan.damaged_bytes, bytes.size());
    for (const JournalEntry& entry : scan.entries) {
      EXPECT_EQ(entry.hash, "hash" + std::to_string(entry.index)) << "nothing damaged is taken for a result";
    }
  }
}

TEST_F(Journal, OfAnotherSweepOrNoneIsRefused) {
  const std::string path = write();
  EXPECT_THROW(scan_journal(path, "1d9c6c2e-5a4b-5a3f-9d3a-1d2e3f405162"), BadInput);
  write_bytes(get_path("x.journal"), std::string(100, 'x'));
  EXPECT_THROW(scan_journal(get_path("x.journal"), kHash), BadInput);
  EXPECT_THROW(scan_journal(get_path("none.journal"), kHash), BadInput);
}

TEST_F(Journal, NoTwoWritersShareAFile) {
  const JournalWriter first(folder_.string(), "same", kHash);
  const JournalWriter second(folder_.string(), "same", kHash);
  EXPECT_NE(first.get_path(), second.get_path());
}

}  // namespace
}  // namespace lumbarun
