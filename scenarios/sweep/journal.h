// A worker's journal: a head, then records that are only ever appended, each flushed to the disk before it counts. Whatever
// interrupts the worker, all complete records stay readable, and an incomplete one is seen to be incomplete.
//
//   record = "LRec" · type (u32) · length (u64) · CRC-32 of type, length and payload (u32) · payload
//
// A reader that meets a bad record looks for the next good one, so that damage in the middle costs only what it hits.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/results/sweep_row.h"

namespace lumbarun {

struct JournalResult {
  std::uint64_t index = 0;
  std::string hash;           // of the scenario, as in the manifest
  std::uint32_t attempt = 1;  // 1, then one more each time it is done again by --retry-failed
  double seconds = 0.0;
  SweepRow row;
};

class JournalWriter {
 public:
  // A new file `<folder>/<name>….journal`. @throws BadInput if it cannot be made.
  JournalWriter(const std::string& folder, const std::string& name, const std::string& manifest_hash);
  ~JournalWriter();
  JournalWriter(const JournalWriter&) = delete;
  JournalWriter& operator=(const JournalWriter&) = delete;

  // Returns when the record is on the disk. @throws BadInput if the disk is full; the file then ends after the last complete
  // record.
  void append(const JournalResult& result);

  const std::string& get_path() const { return path_; }

 private:
  void append_record(std::uint32_t type, const std::string& payload);

  std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
  SweepLayout layout_;  // of the last record
  std::uint32_t layout_number_ = 0;
};

// Where a complete result stands.
struct JournalEntry {
  std::uint64_t index = 0;
  std::string hash;
  std::uint32_t attempt = 0;
  SweepStatus code = SweepStatus::kMissing;
  double seconds = 0.0;
  std::uint64_t offset = 0;  // of its record
  std::uint32_t layout = 0;  // number of its layout in this journal
};

// What reading a journal through found.
struct JournalScan {
  std::vector<JournalEntry> entries;
  std::vector<SweepLayout> layouts;  // by number
  std::uint64_t damaged_bytes = 0;   // torn tail included
};

// @throws BadInput if the file cannot be read, is no journal, or belongs to another manifest.
JournalScan scan_journal(const std::string& path, const std::string& manifest_hash);

// Reads results of one journal again.
class JournalReader {
 public:
  explicit JournalReader(const std::string& path);
  ~JournalReader();
  JournalReader(JournalReader&& other) noexcept;
  JournalReader(const JournalReader&) = delete;
  JournalReader& operator=(const JournalReader&) = delete;

  // `layouts` from the scan; `layout` becomes the number of the result's own, whose copy the row does not carry.
  JournalResult read(std::uint64_t offset, const std::vector<SweepLayout>& layouts,
                     std::uint32_t& layout) const;

 private:
  std::string path_;
  int file_ = -1;
};

// The journals of a sweep folder, sorted by name.
std::vector<std::string> find_journals(const std::string& folder);

}  // namespace lumbarun
