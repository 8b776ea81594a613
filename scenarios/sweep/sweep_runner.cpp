#include "scenarios/sweep/sweep_runner.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <sstream>

#include "scenarios/exit_code.h"
#include "scenarios/sweep/sweep_progress.h"
#include "scenarios/sweep/worker_process.h"
#include "sim/core/contracts.h"
#include "sim/statistics/random_source.h"

namespace lumbarun {
namespace {

constexpr int kMaxDeaths = 3;  // of workers at one scenario, then it counts as failed
constexpr int kPoll_ms = 250;

volatile std::sig_atomic_t interrupts = 0;

extern "C" void count_interrupt(int) { interrupts = interrupts + 1; }

// While in scope: SIGINT and SIGTERM are counted.
class InterruptCounter {
 public:
  InterruptCounter() {
    interrupts = 0;
    struct sigaction action = {};
    action.sa_handler = count_interrupt;
    sigaction(SIGINT, &action, &old_interrupt_);
    sigaction(SIGTERM, &action, &old_terminate_);
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~InterruptCounter() {
    sigaction(SIGINT, &old_interrupt_, nullptr);
    sigaction(SIGTERM, &old_terminate_, nullptr);
  }
  InterruptCounter(const InterruptCounter&) = delete;
  InterruptCounter& operator=(const InterruptCounter&) = delete;

 private:
  struct sigaction old_interrupt_ = {};
  struct sigaction old_terminate_ = {};
};

// One parent per shard, as far as the file system knows locks.
class ShardLock {
 public:
  explicit ShardLock(const std::string& path)
      : file_(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)) {
    LUMBARUN_THROW_UNLESS(file_ >= 0, "cannot write {}: {}", path, std::strerror(errno));
    const bool is_taken = ::flock(file_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (is_taken) ::close(file_);
    LUMBARUN_THROW_UNLESS(!is_taken, "{}: another lumbarun is at this shard of the sweep", path);
  }
  ~ShardLock() { ::close(file_); }
  ShardLock(const ShardLock&) = delete;
  ShardLock& operator=(const ShardLock&) = delete;

 private:
  int file_;
};

class SweepRunner {
 public:
  SweepRunner(const Manifest& manifest, const SweepOptions& options, std::vector<SweepWork> work,
              std::size_t total)
      : manifest_(manifest),
        options_(options),
        work_(work.begin(), work.end()),
        progress_(total, total - work.size()) {}

  int run() {
    const InterruptCounter counter;
    const auto workers = std::min<std::size_t>(work_.size(), static_cast<std::size_t>(options_.jobs));
    for (std::size_t i = 0; i < workers; ++i) start_worker(i);
    while (!workers_.empty()) {
      wait_for_news();
      mind_interrupts();
      progress_.update();
    }
    progress_.finish();
    if (!stop_reason_.empty()) progress_.tell(stop_reason_);
    return progress_.get_left() == 0 ? kExitOk : kExitInterrupted;
  }

 private:
  struct Worker {
    std::size_t number = 0;
    std::unique_ptr<WorkerProcess> process;
    std::optional<SweepWork> current;
    bool has_stopped = false;
    bool was_ready = false;
  };

  bool is_stopping() const { return interrupts > 0 || !stop_reason_.empty(); }
  std::string get_journal_name(std::size_t worker) const {
    return fmt::format("s{}of{}-w{}", options_.shard, options_.shard_count, worker + 1);
  }

  void start_worker(std::size_t number) {
    Worker worker;
    worker.number = number;
    worker.process = std::make_unique<WorkerProcess>(
        std::vector<std::string>{"sweep-worker", manifest_.get_folder(), get_journal_name(number)});
    workers_.push_back(std::move(worker));
  }

  void wait_for_news() {
    std::vector<pollfd> polled;
    for (const Worker& worker : workers_) polled.push_back({worker.process->get_output(), POLLIN, 0});
    if (::poll(polled.data(), polled.size(), kPoll_ms) <= 0) return;
    for (std::size_t i = polled.size(); i > 0; --i) {  // from the back: take_death() removes and appends
      if (polled[i - 1].revents == 0) continue;
      const bool is_open = workers_[i - 1].process->receive();
      while (const auto line = workers_[i - 1].process->take_line()) take_line(workers_[i - 1], *line);
      if (!is_open) take_death(i - 1);
    }
  }

  void take_line(Worker& worker, const std::string& line) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "ready") {
      worker.was_ready = true;
      give_work(worker);
    } else if (what == "done") {
      std::size_t index = 0;
      int code = 0;
      double seconds = 0.0;
      words >> index >> code >> seconds;
      std::string status;
      std::getline(words >> std::ws, status);
      take_result(index, static_cast<SweepStatus>(code), status);
      worker.current.reset();
      give_work(worker);
    } else if (what == "stop") {
      worker.has_stopped = true;
      std::getline(words >> std::ws, stop_reason_);
    }
  }

  void take_result(std::size_t index, SweepStatus code, const std::string& status) {
    progress_.add(code);
    if (is_failure(code)) {
      progress_.add_failure(
          fmt::format("scenario {}: {}\n  repeat: {}", index, status, manifest_.calc_command(index)));
    }
  }

  void give_work(Worker& worker) {
    if (work_.empty() || is_stopping()) return worker.process->finish();
    worker.current = work_.front();
    work_.pop_front();
    worker.process->send(fmt::format("{} {} {}", worker.current->index,
                                     manifest_.get_offset(worker.current->index), worker.current->attempt));
  }

  void take_death(std::size_t place) {
    Worker worker = std::move(workers_[place]);
    workers_.erase(workers_.begin() + static_cast<std::ptrdiff_t>(place));
    const std::string how = worker.process->wait();
    if (worker.current && !worker.has_stopped) take_lost_work(*worker.current, how);
    if (!worker.was_ready && !worker.has_stopped)
      stop_reason_ = fmt::format("a worker could not begin: {}", how);
    if (!work_.empty() && !is_stopping()) start_worker(worker.number);
  }

  void take_lost_work(const SweepWork& lost, const std::string& how) {
    if (is_stopping()) return;
    if (++deaths_[lost.index] < kMaxDeaths) {
      progress_.tell(fmt::format("the worker at scenario {} was {}; trying again", lost.index, how));
      work_.push_front(lost);
      return;
    }
    JournalResult result;
    result.index = lost.index;
    result.hash = manifest_.read_line(lost.index).hash;
    result.attempt = lost.attempt;
    result.row.status = fmt::format("failed: its worker was {}, {} times", how, kMaxDeaths);
    try {
      if (!journal_) {
        journal_ = std::make_unique<JournalWriter>(
            manifest_.get_folder() + "/journals",
            fmt::format("s{}of{}-parent", options_.shard, options_.shard_count), manifest_.get_hash());
      }
      journal_->append(result);
      take_result(lost.index, SweepStatus::kFailed, result.row.status);
    } catch (const BadInput& error) {
      stop_reason_ = error.what();
    }
  }

  void mind_interrupts() {
    if (interrupts == 0) return;
    if (stop_reason_.empty()) {
      stop_reason_ = "interrupted; go on with --resume";
      progress_.tell("interrupted: finishing the scenarios at work (once more to kill them)");
    }
    if (interrupts > 1) {
      for (const Worker& worker : workers_) worker.process->kill();
    }
  }

  const Manifest& manifest_;
  const SweepOptions& options_;
  std::deque<SweepWork> work_;
  SweepProgress progress_;
  std::vector<Worker> workers_;
  std::map<std::size_t, int> deaths_;  // by scenario
  std::unique_ptr<JournalWriter> journal_;
  std::string stop_reason_;
};

}  // namespace

std::vector<SweepWork> calc_sweep_work(const SweepResults& results, std::size_t scenario_count,
                                       const SweepOptions& options) {
  std::vector<SweepWork> work;
  for (auto i = static_cast<std::size_t>(options.shard - 1); i < scenario_count;
       i += static_cast<std::size_t>(options.shard_count)) {
    if (!results.is_done(i)) {
      work.push_back({i, 1});
    } else if (options.is_retry_failed && is_failure(results.get_code(i))) {
      work.push_back({i, results.get_attempt(i) + 1});
    }
  }
  if (options.shuffle_seed) {
    RandomSource random(*options.shuffle_seed);
    for (std::size_t i = work.size(); i > 1; --i) std::swap(work[i - 1], work[random.draw_index(i)]);
  }
  return work;
}

int run_sweep(const Manifest& manifest, const SweepOptions& options) {
  const ShardLock lock(
      fmt::format("{}/journals/s{}of{}.lock", manifest.get_folder(), options.shard, options.shard_count));
  const SweepResults results(manifest);
  const auto work = calc_sweep_work(results, manifest.get_scenario_count(), options);
  const auto first = static_cast<std::size_t>(options.shard - 1);
  const auto step = static_cast<std::size_t>(options.shard_count);
  const std::size_t count = manifest.get_scenario_count();
  const std::size_t total = count > first ? (count - first + step - 1) / step : 0;
  LUMBARUN_THROW_UNLESS(
      options.is_resume || options.is_retry_failed || work.size() == total,
      "{}: {} of {} scenarios of this sweep are done already: go on with --resume, or choose another "
      "folder",
      manifest.get_folder(), total - work.size(), total);
  return SweepRunner(manifest, options, work, total).run();
}

}  // namespace lumbarun
