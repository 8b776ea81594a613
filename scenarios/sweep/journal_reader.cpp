#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "scenarios/sweep/journal.h"
#include "scenarios/sweep/journal_record.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

struct Record {
  std::uint32_t type = 0;
  std::string payload;
  std::uint64_t size = 0;  // in the file
};

// Reads a file at given places.
class FileReader {
 public:
  explicit FileReader(int file)
      : file_(file), size_(static_cast<std::uint64_t>(::lseek(file, 0, SEEK_END))) {}

  std::uint64_t get_size() const { return size_; }

  bool read(std::uint64_t offset, char* to, std::size_t count) const {
    for (std::size_t done = 0; done < count;) {
      const ssize_t got = ::pread(file_, to + done, count - done, static_cast<off_t>(offset + done));
      if (got == 0 || (got < 0 && errno != EINTR)) return false;
      if (got > 0) done += static_cast<std::size_t>(got);
    }
    return true;
  }

  // Nothing if there is no complete and undamaged record at this place.
  std::optional<Record> read_record(std::uint64_t offset) const {
    char head[journal::kRecordHead];
    if (!read(offset, head, sizeof head) || std::memcmp(head, journal::kRecordMagic, 4) != 0) return {};
    Record record;
    std::uint64_t length = 0;
    std::uint32_t checksum = 0;
    std::memcpy(&record.type, head + 4, sizeof record.type);
    std::memcpy(&length, head + 8, sizeof length);
    std::memcpy(&checksum, head + 16, sizeof checksum);
    if (length > journal::kMaxLength || length > size_ - offset) return {};
    record.payload.resize(length);
    if (!read(offset + sizeof head, record.payload.data(), length)) return {};
    if (journal::calc_checksum(record.type, length, record.payload.data()) != checksum) return {};
    record.size = sizeof head + length;
    return record;
  }

  // The next place after `offset` where a record may begin; the end of the file if there is none.
  std::uint64_t find_magic(std::uint64_t offset) const {
    std::string block(1 << 16, '\0');
    for (std::uint64_t begin = offset + 1; begin + 4 <= size_; begin += block.size() - 3) {
      const std::size_t count = std::min<std::uint64_t>(block.size(), size_ - begin);
      if (!read(begin, block.data(), count)) break;
      const auto end = block.begin() + static_cast<std::ptrdiff_t>(count);
      const auto found = std::search(block.begin(), end, journal::kRecordMagic, journal::kRecordMagic + 4);
      if (found != end) return begin + static_cast<std::uint64_t>(found - block.begin());
    }
    return size_;
  }

 private:
  int file_;
  std::uint64_t size_;
};

int open_journal(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  LUMBARUN_THROW_UNLESS(file >= 0, "cannot read the journal {}: {}", path, std::strerror(errno));
  return file;
}

struct FileCloser {
  int file;
  ~FileCloser() { ::close(file); }
};

// Takes a good record into the scan.
void add_record(const Record& record, std::uint64_t offset, JournalScan& scan) {
  if (record.type == journal::kLayoutType) {
    std::uint32_t number = 0;
    SweepLayout layout = journal::read_layout_payload(record.payload, number);
    if (number < 1 || number > (1u << 20)) throw BadInput("a layout has an impossible number");
    scan.layouts.resize(std::max<std::size_t>(scan.layouts.size(), number));
    scan.layouts[number - 1] = std::move(layout);
  } else if (record.type == journal::kResultType) {
    const journal::ResultHead head = journal::read_result_head(record.payload);
    // A result whose layout was lost to damage cannot be understood: it is as good as not there.
    const bool is_known = head.layout_number >= 1 && head.layout_number <= scan.layouts.size() &&
                          !(scan.layouts[head.layout_number - 1] == SweepLayout() && head.numbers_left > 0);
    if (!is_known) throw BadInput("the layout of a result is missing");
    scan.entries.push_back({head.result.index, head.result.hash, head.result.attempt,
                            calc_sweep_status(head.result.row.status), head.result.seconds, offset,
                            head.layout_number - 1});
  }
}

}  // namespace

JournalScan scan_journal(const std::string& path, const std::string& manifest_hash) {
  const FileCloser closer{open_journal(path)};
  const FileReader file(closer.file);
  const std::string wanted = std::string(journal::kMagic, sizeof journal::kMagic) + manifest_hash + "\n";
  std::string head(wanted.size(), '\0');
  JournalScan scan;
  if (file.get_size() < wanted.size()) {  // killed while it was made
    scan.damaged_bytes = file.get_size();
    return scan;
  }
  const bool is_read = file.read(0, head.data(), head.size());
  LUMBARUN_THROW_UNLESS(is_read && head.starts_with(std::string(journal::kMagic, sizeof journal::kMagic)),
                        "{}: not a journal, or its beginning is damaged", path);
  LUMBARUN_THROW_UNLESS(head == wanted, "{}: this journal belongs to another sweep", path);
  for (std::uint64_t offset = wanted.size(); offset < file.get_size();) {
    std::uint64_t next = 0;
    try {
      if (const auto record = file.read_record(offset)) {
        add_record(*record, offset, scan);
        next = offset + record->size;
      }
    } catch (const BadInput&) {
      next = 0;
    }
    if (next == 0) {
      next = file.find_magic(offset);
      scan.damaged_bytes += next - offset;
    }
    offset = next;
  }
  return scan;
}

JournalReader::JournalReader(const std::string& path) : path_(path), file_(open_journal(path)) {}

JournalReader::~JournalReader() {
  if (file_ >= 0) ::close(file_);
}

JournalReader::JournalReader(JournalReader&& other) noexcept
    : path_(std::move(other.path_)), file_(std::exchange(other.file_, -1)) {}

JournalResult JournalReader::read(std::uint64_t offset, const std::vector<SweepLayout>& layouts,
                                  std::uint32_t& layout) const {
  const auto record = FileReader(file_).read_record(offset);
  LUMBARUN_THROW_UNLESS(record.has_value(), "{}: the record at byte {} can no longer be read", path_, offset);
  journal::ResultHead head = journal::read_result_head(record->payload);
  layout = head.layout_number - 1;
  head.result.row.values = journal::read_result_values(record->payload, layouts.at(layout));
  return std::move(head.result);
}

std::vector<std::string> find_journals(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/journals", error)) {
    if (entry.path().extension() == ".journal") paths.push_back(entry.path().string());
  }
  LUMBARUN_THROW_UNLESS(!error, "cannot list {}/journals: {}", folder, error.message());
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace lumbarun
