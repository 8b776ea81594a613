// What a run tells while it runs: one line per stage on a terminal, nothing when the log is not one. Times go
// only here and to the command's own summary, never into a result file.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace lumbarun {

class Progress {
 public:
  // Shows only if standard error is a terminal.
  static Progress for_terminal();
  // Shows nothing, still measures.
  Progress() = default;

  // Ends the stage before, if any.
  void begin_stage(const std::string& name);
  // A few words about where the stage is, e.g. "iteration 12, residual 3e-4"; replaces the words before.
  void update(const std::string& words);
  void finish();

  // Wall time of each finished stage, in order.
  struct StageTime {
    std::string name;
    double seconds = 0.0;
  };
  const std::vector<StageTime>& get_stage_times() const { return stage_times_; }

 private:
  explicit Progress(bool shown) : shown_(shown) {}
  void show(const std::string& words, bool is_last) const;

  bool shown_ = false;
  std::string stage_;
  std::chrono::steady_clock::time_point begin_;
  std::vector<StageTime> stage_times_;
};

}  // namespace lumbarun
