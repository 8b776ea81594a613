#include "sim/results/trial_read.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "sim/core/contracts.h"

namespace lumbarun::results {
namespace {

unsigned calc_longest_trial_s(const std::string& path) {
  constexpr std::uintmax_t kMegabyte = 1 << 20;
  std::error_code none;
  const std::uintmax_t size = std::filesystem::file_size(path, none);
  return kShortestTrial_s + (none ? 0u : static_cast<unsigned>(size / kMegabyte));
}

[[noreturn]] void run_trial(unsigned longest_s, const std::function<void()>& read) {
  for (const int signal : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGALRM}) std::signal(signal, SIG_DFL);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  const int nowhere = ::open("/dev/null", O_WRONLY);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::alarm(longest_s);
  try {
    read();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the true read tells it
  }
  ::_exit(0);
}

}  // namespace

void demand_survives_reading(const std::string& path, const std::function<void()>& read) {
  const pid_t child = ::fork();
  if (child < 0) return;  // no process to be had: read without a trial
  if (child == 0) run_trial(calc_longest_trial_s(path), read);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  LUMBARUN_THROW_UNLESS(!WIFSIGNALED(status), "{}: it is damaged: the HDF5 library breaks down on it ({})",
                        path, ::strsignal(WTERMSIG(status)));
}

}  // namespace lumbarun::results
