#include "scenarios/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace lumbarun {

Progress Progress::for_terminal() { return Progress(isatty(STDERR_FILENO) == 1); }

void Progress::begin_stage(const std::string& name) {
  finish();
  stage_ = name;
  begin_ = std::chrono::steady_clock::now();
  show("…", false);
}

void Progress::update(const std::string& words) { show(words, false); }

void Progress::finish() {
  if (stage_.empty()) return;
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin_;
  stage_times_.push_back({stage_, elapsed.count()});
  show(fmt::format("{:.2f} s", elapsed.count()), true);
  stage_.clear();
}

void Progress::show(const std::string& words, bool is_last) const {
  if (!shown_) return;
  constexpr const char* kEraseLine = "\r\x1b[K";
  fmt::print(stderr, "{}{:<22} {}{}", kEraseLine, stage_, words, is_last ? "\n" : "");
  std::fflush(stderr);
}

}  // namespace lumbarun
