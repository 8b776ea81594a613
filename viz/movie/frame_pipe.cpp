#include "viz/movie/frame_pipe.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

#include "sim/core/contracts.h"

namespace lumbarun::viz {
namespace {

[[noreturn]] void become_ffmpeg(int frames, const std::string& log, const std::vector<std::string>& words) {
  ::dup2(frames, 0);
  const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  ::dup2(file, 1);
  ::dup2(file, 2);
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

}  // namespace

void check_ffmpeg() {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (::access((folder + "/ffmpeg").c_str(), X_OK) == 0) return;
  }
  throw BadInput("--mp4 needs the program ffmpeg: install the package ffmpeg");
}

FramePipe::FramePipe(const std::string& path, const PictureSize& size, int frames_per_second)
    : path_(path), draft_(path + ".tmp"), log_(path + ".log.tmp") {
  check_ffmpeg();
  // A place that cannot be written is told before the first frame is drawn.
  LUMBARUN_THROW_UNLESS(std::ofstream(draft_).good(), "cannot write {}: {}", path, std::strerror(errno));
  std::array<int, 2> ends;
  LUMBARUN_THROW_UNLESS(::pipe2(ends.data(), O_CLOEXEC) == 0, "cannot start ffmpeg: {}",
                        std::strerror(errno));
  const std::vector<std::string> words = {
      "ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pixel_format", "rgb24", "-video_size",
      fmt::format("{}x{}", size.width, size.height), "-framerate", std::to_string(frames_per_second), "-i",
      "-",
      // VTK's rows run upwards; the codec wants even sizes.
      "-vf", "vflip,pad=ceil(iw/2)*2:ceil(ih/2)*2", "-c:v", "libx264", "-preset", "veryfast", "-crf", "19",
      "-pix_fmt", "yuv420p", "-movflags", "+faststart", "-f", "mp4", draft_};
  ::signal(SIGPIPE, SIG_IGN);
  process_ = ::fork();
  if (process_ == 0) become_ffmpeg(ends[0], log_, words);
  ::close(ends[0]);
  pipe_ = ends[1];
  if (process_ < 0) fail();
}

void FramePipe::wait() {
  if (pipe_ >= 0) ::close(pipe_);
  pipe_ = -1;
  if (process_ > 0) ::waitpid(process_, &status_, 0);
  process_ = -1;
}

FramePipe::~FramePipe() {
  wait();
  std::remove(draft_.c_str());
  std::remove(log_.c_str());
}

void FramePipe::fail() {
  wait();
  std::ifstream log(log_);
  std::string words{std::istreambuf_iterator<char>(log), std::istreambuf_iterator<char>()};
  while (!words.empty() && words.back() == '\n') words.pop_back();
  throw BadInput(fmt::format("cannot write {}: ffmpeg says: {}", path_, words.empty() ? "nothing" : words));
}

void FramePipe::add(const Picture& picture) {
  const auto* bytes = static_cast<const char*>(picture.image->GetScalarPointer());
  std::size_t left = static_cast<std::size_t>(picture.image->GetNumberOfPoints()) * 3;
  while (left > 0) {
    const ssize_t count = ::write(pipe_, bytes, left);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail();
    bytes += count;
    left -= static_cast<std::size_t>(count);
  }
}

void FramePipe::finish() {
  wait();
  if (!WIFEXITED(status_) || WEXITSTATUS(status_) != 0) fail();
  if (std::rename(draft_.c_str(), path_.c_str()) != 0) fail();
}

}  // namespace lumbarun::viz
