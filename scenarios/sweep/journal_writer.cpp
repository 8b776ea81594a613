#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "scenarios/sweep/journal.h"
#include "scenarios/sweep/journal_record.h"
#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

// Returns when the bytes are on the disk: 0, or an error number.
int write_through(int file, const std::string& bytes) {
  const int error = write_all(file, bytes);
  if (error != 0) return error;
  return ::fdatasync(file) == 0 ? 0 : errno;
}

std::string calc_record(std::uint32_t type, const std::string& payload) {
  const std::uint64_t length = payload.size();
  const std::uint32_t checksum = journal::calc_checksum(type, length, payload.data());
  std::string record(journal::kRecordMagic, sizeof journal::kRecordMagic);
  record.append(reinterpret_cast<const char*>(&type), sizeof type);
  record.append(reinterpret_cast<const char*>(&length), sizeof length);
  record.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  return record + payload;
}

}  // namespace

JournalWriter::JournalWriter(const std::string& folder, const std::string& name,
                             const std::string& manifest_hash) {
  char host[256] = "";
  gethostname(host, sizeof host - 1);
  for (int number = 0; file_ < 0 && number < 1000; ++number) {
    path_ = fmt::format("{}/{}-{}-{}{}.journal", folder, name, host, getpid(),
                        number == 0 ? "" : fmt::format("-{}", number));
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (file_ < 0 && errno != EEXIST) break;
  }
  int error = file_ < 0 ? errno : 0;
  const std::string head = std::string(journal::kMagic, sizeof journal::kMagic) + manifest_hash + "\n";
  if (error == 0) error = write_through(file_, head);
  if (error != 0 && file_ >= 0) ::unlink(path_.c_str());
  LUMBARUN_THROW_UNLESS(error == 0, "cannot write the journal {}: {}", path_, std::strerror(error));
  size_ = head.size();
  sync_folder(folder);
}

JournalWriter::~JournalWriter() {
  if (file_ >= 0) ::close(file_);
}

void JournalWriter::append(const JournalResult& result) {
  std::string records;
  if (layout_number_ == 0 || !(result.row.layout == layout_)) {
    layout_ = result.row.layout;
    ++layout_number_;
    records = calc_record(journal::kLayoutType, journal::calc_layout_payload(layout_number_, layout_));
  }
  records += calc_record(journal::kResultType, journal::calc_result_payload(result, layout_number_));
  if (const int error = write_through(file_, records)) {
    const bool is_cut = ::ftruncate(file_, static_cast<off_t>(size_)) == 0;
    throw BadInput(fmt::format("cannot write the journal {}: {}{}", path_, std::strerror(error),
                               is_cut ? "" : "; its last record is incomplete"));
  }
  size_ += records.size();
}

}  // namespace lumbarun
