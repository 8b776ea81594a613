// What a sweep tells while it runs, on standard error: one line that is kept up to date on a terminal, else a line every half
// minute. A failure is told with the command that repeats it.
#pragma once

#include <array>
#include <chrono>
#include <string>

#include "sim/results/sweep_row.h"

namespace lumbarun {

class SweepProgress {
 public:
  // `total`: scenarios of this shard, of which `already` were done before.
  SweepProgress(std::size_t total, std::size_t already);

  void add(SweepStatus code);
  // `words`: what happened and how to repeat it.
  void add_failure(const std::string& words);
  void tell(const std::string& words);  // on a line of its own
  void update();                        // now and then
  void finish();

  std::size_t get_done() const { return done_; }
  std::size_t get_failed() const { return failed_; }
  std::size_t get_left() const { return total_ - already_ - done_; }
  const std::string& get_last_failure() const { return last_failure_; }
  std::string calc_line() const;

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t total_;
  std::size_t already_;
  std::size_t done_ = 0;
  std::size_t failed_ = 0;
  std::string last_failure_;
  bool is_failure_told_ = true;
  bool is_terminal_;
  Clock::time_point begin_;
  Clock::time_point told_;
};

// "1:02:03"
std::string calc_duration_text(double seconds);

}  // namespace lumbarun
