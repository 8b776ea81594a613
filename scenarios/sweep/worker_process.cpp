#include "scenarios/sweep/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "sim/core/contracts.h"

extern char** environ;

namespace lumbarun {
namespace {

std::array<int, 2> make_pipe() {
  std::array<int, 2> ends = {};
  LUMBARUN_THROW_UNLESS(::pipe2(ends.data(), O_CLOEXEC) == 0, "cannot make a pipe to a worker: {}",
                        std::strerror(errno));
  return ends;
}

}  // namespace

WorkerProcess::WorkerProcess(const std::vector<std::string>& arguments) {
  std::vector<std::string> words = {"lumbarun"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const auto to = make_pipe();
  const auto from = make_pipe();
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
  const int error = posix_spawn(&process_, "/proc/self/exe", &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(to[0]);
  ::close(from[1]);
  input_ = to[1];
  output_ = from[0];
  if (error != 0) process_ = -1;
  LUMBARUN_THROW_UNLESS(error == 0, "cannot start a worker: {}", std::strerror(error));
}

WorkerProcess::~WorkerProcess() {
  finish();
  if (process_ > 0) wait();
  if (output_ >= 0) ::close(output_);
}

void WorkerProcess::send(const std::string& line) const {
  const std::string words = line + "\n";
  [[maybe_unused]] const ssize_t count =
      ::write(input_, words.data(), words.size());  // its death is seen by receive()
}

void WorkerProcess::finish() {
  if (input_ >= 0) ::close(input_);
  input_ = -1;
}

void WorkerProcess::kill() const {
  if (process_ > 0) ::kill(process_, SIGKILL);
}

bool WorkerProcess::receive() {
  char block[4096];
  const ssize_t count = ::read(output_, block, sizeof block);
  if (count > 0) arrived_.append(block, static_cast<std::size_t>(count));
  return count > 0 || (count < 0 && errno == EINTR);
}

std::optional<std::string> WorkerProcess::take_line() {
  const std::size_t end = arrived_.find('\n');
  if (end == std::string::npos) return {};
  std::string line = arrived_.substr(0, end);
  arrived_.erase(0, end + 1);
  return line;
}

std::string WorkerProcess::wait() {
  int status = 0;
  while (process_ > 0 && ::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  if (WIFSIGNALED(status))
    return fmt::format("killed by signal {} ({})", WTERMSIG(status), strsignal(WTERMSIG(status)));
  return WEXITSTATUS(status) == 0 ? "" : fmt::format("exit code {}", WEXITSTATUS(status));
}

}  // namespace lumbarun
