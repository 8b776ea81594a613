#include "scenarios/sweep/sweep_progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>

namespace lumbarun {
namespace {

constexpr const char* kEraseLine = "\r\x1b[K";

}  // namespace

SweepProgress::SweepProgress(std::size_t total, std::size_t already)
    : total_(total),
      already_(already),
      is_terminal_(isatty(STDERR_FILENO) == 1),
      begin_(Clock::now()),
      told_(begin_) {}

void SweepProgress::add(SweepStatus code) {
  ++done_;
  if (is_failure(code)) ++failed_;
}

void SweepProgress::add_failure(const std::string& words) {
  last_failure_ = words;
  is_failure_told_ = false;
}

void SweepProgress::tell(const std::string& words) {
  fmt::print(stderr, "{}{}\n", is_terminal_ ? kEraseLine : "", words);
  std::fflush(stderr);
}

void SweepProgress::update() {
  const auto now = Clock::now();
  const std::chrono::duration<double> silence = now - told_;
  if (silence.count() < (is_terminal_ ? 0.5 : 30.0)) return;
  told_ = now;
  if (!is_failure_told_) tell("last failure: " + last_failure_);
  is_failure_told_ = true;
  if (is_terminal_) {
    fmt::print(stderr, "{}{}", kEraseLine, calc_line());
    std::fflush(stderr);
  } else {
    tell(calc_line());
  }
}

void SweepProgress::finish() {
  if (!is_failure_told_) tell("last failure: " + last_failure_);
  is_failure_told_ = true;
  tell(calc_line());
}

std::string SweepProgress::calc_line() const {
  const double elapsed = std::chrono::duration<double>(Clock::now() - begin_).count();
  const double rate = elapsed > 0 ? static_cast<double>(done_) / elapsed : 0.0;
  const std::size_t left = get_left();
  std::string text =
      fmt::format("{} of {} done ({} fell or failed), {} left", already_ + done_, total_, failed_, left);
  if (done_ > 0) text += rate >= 1 ? fmt::format(", {:.1f}/s", rate) : fmt::format(", {:.1f}/min", 60 * rate);
  if (done_ > 0 && left > 0) text += ", ready in " + calc_duration_text(static_cast<double>(left) / rate);
  return text;
}

std::string calc_duration_text(double seconds) {
  const auto whole = static_cast<long long>(std::llround(seconds));
  return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
}

}  // namespace lumbarun
