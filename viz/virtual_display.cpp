#include "viz/virtual_display.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <string>

#include "sim/core/contracts.h"

namespace lumbarun::viz {
namespace {

constexpr const char* kAdvice =
    "pictures need a display: install the packages xvfb and libgl1-mesa-dri, or set DISPLAY to a running X "
    "server";
constexpr int kStartLimitMilliseconds = 20000;

// In the child: becomes the X server, which writes the number of the display it found free to `number_pipe`.
[[noreturn]] void become_server(int number_pipe) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);  // ends with us even if we are killed
  const int null = ::open("/dev/null", O_RDWR);
  for (int stream : {0, 1, 2}) ::dup2(null, stream);
  const std::string number = std::to_string(number_pipe);
  ::execlp("Xvfb", "Xvfb", "-displayfd", number.c_str(), "-screen", "0", "1280x1024x24", "-nolisten", "tcp",
           "-noreset", static_cast<char*>(nullptr));
  ::_exit(127);
}

// The display's number; empty if the server ended or stayed silent.
std::string read_display_number(int pipe) {
  std::string number;
  pollfd waiting{pipe, POLLIN, 0};
  while (::poll(&waiting, 1, kStartLimitMilliseconds) > 0) {
    std::array<char, 32> buffer;
    const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
    if (count <= 0) return "";
    number.append(buffer.data(), static_cast<std::size_t>(count));
    if (number.back() == '\n') return number.substr(0, number.size() - 1);
  }
  return "";
}

void end_server(pid_t server) {
  ::kill(server, SIGTERM);
  ::waitpid(server, nullptr, 0);
}

}  // namespace

VirtualDisplay::VirtualDisplay() {
  const char* display = std::getenv("DISPLAY");
  if (display != nullptr && *display != '\0') return;
  std::array<int, 2> ends;
  LUMBARUN_THROW_UNLESS(::pipe(ends.data()) == 0, "{}", kAdvice);
  server_ = ::fork();
  if (server_ == 0) become_server(ends[1]);
  ::close(ends[1]);
  const std::string number = server_ > 0 ? read_display_number(ends[0]) : "";
  ::close(ends[0]);
  if (number.empty()) {
    if (server_ > 0) end_server(server_);
    throw BadInput(kAdvice);
  }
  ::setenv("DISPLAY", fmt::format(":{}", number).c_str(), 1);
}

VirtualDisplay::~VirtualDisplay() {
  if (server_ <= 0) return;
  ::unsetenv("DISPLAY");
  end_server(server_);
}

}  // namespace lumbarun::viz
