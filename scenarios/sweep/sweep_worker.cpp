#include "scenarios/sweep/sweep_worker.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <sstream>

#include "scenarios/exit_code.h"
#include "scenarios/pipeline.h"
#include "scenarios/sweep/synthetic_run.h"
#include "sim/core/contracts.h"
#include "sim/results/run_writer.h"

namespace lumbarun {
namespace {

// A line from standard input without reading ahead; false at its end.
bool read_line(std::string& line) {
  line.clear();
  for (char c = 0;;) {
    const ssize_t count = ::read(STDIN_FILENO, &c, 1);
    if (count == 0) return false;
    if (count < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    if (c == '\n') return true;
    line += c;
  }
}

class Reply {
 public:
  // Takes standard output over; whatever else prints there goes to standard error.
  Reply() : file_(::dup(STDOUT_FILENO)) { ::dup2(STDERR_FILENO, STDOUT_FILENO); }
  ~Reply() { ::close(file_); }
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  // A parent that is gone does not matter: the record is in the journal.
  void send(std::string words) const {
    std::replace(words.begin(), words.end(), '\n', ' ');
    words += '\n';
    [[maybe_unused]] const ssize_t count = ::write(file_, words.data(), words.size());
  }

 private:
  int file_;
};

// The first line of a message, and not too much of it: every scenario may carry one.
std::string calc_reason(const std::exception& error) {
  constexpr std::size_t kMaxLength = 500;
  const std::string words = error.what();
  return words.substr(0, std::min(words.find('\n'), kMaxLength));
}

RunRecord run_one(const Manifest& manifest, const ManifestLine& line) {
  const Scenario scenario = manifest.resolve(line);
  const SweepSpec& spec = manifest.get_spec();
  if (!spec.synthetic.model.empty()) return run_synthetic(spec.synthetic, scenario, line.index, line.unit);
  Progress progress;
  RunRecord record = run_scenario(scenario, progress);
  if (spec.keep_runs) {
    std::filesystem::create_directories(manifest.get_folder() + "/runs");
    write_run_file(record, fmt::format("{}/runs/{:08}.h5", manifest.get_folder(), line.index));
  }
  return record;
}

void ignore_interrupts() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) std::signal(signal, SIG_IGN);
}

}  // namespace

JournalResult run_manifest_line(const Manifest& manifest, const ManifestLine& line) {
  const auto begin = std::chrono::steady_clock::now();
  JournalResult result;
  result.index = line.index;
  result.hash = line.hash;
  try {
    result.row = build_sweep_row(run_one(manifest, line));
  } catch (const BadInput& error) {
    result.row.status = "failed: bad input: " + calc_reason(error);
  } catch (const std::exception& error) {
    result.row.status = "failed: " + calc_reason(error);
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return result;
}

int run_sweep_worker(const std::string& folder, const std::string& journal_name) {
  ignore_interrupts();
  const Reply reply;
  try {
    const Manifest manifest = Manifest::open_head(folder);
    JournalWriter journal(folder + "/journals", journal_name, manifest.get_hash());
    reply.send("ready " + journal.get_path());
    for (std::string line; read_line(line);) {
      std::istringstream words(line);
      std::size_t index = 0;
      std::uint64_t offset = 0;
      std::uint32_t attempt = 0;
      LUMBARUN_THROW_UNLESS(words >> index >> offset >> attempt, "a worker was told '{}'", line);
      JournalResult result = run_manifest_line(manifest, manifest.read_line_at(offset));
      result.attempt = attempt;
      journal.append(result);
      reply.send(fmt::format("done {} {} {:.6f} {}", index,
                             static_cast<int>(calc_sweep_status(result.row.status)), result.seconds,
                             result.row.status));
    }
  } catch (const BadInput& error) {
    reply.send(fmt::format("stop {}", error.what()));
    return kExitInterrupted;
  }
  return kExitOk;
}

}  // namespace lumbarun
