// A movie file written by ffmpeg from frames that come through a pipe.
#pragma once

#include <sys/types.h>

#include <string>

#include "viz/picture.h"

namespace lumbarun::viz {

class FramePipe {
 public:
  // Starts ffmpeg. @throws BadInput naming the package if there is none.
  FramePipe(const std::string& path, const PictureSize& size, int frames_per_second);
  // Ends ffmpeg; without finish() nothing is left behind.
  ~FramePipe();
  FramePipe(const FramePipe&) = delete;
  FramePipe& operator=(const FramePipe&) = delete;

  // @throws BadInput with ffmpeg's words if it has ended.
  void add(const Picture& picture);
  // Closes the movie and gives it its name. @throws BadInput if that fails.
  void finish();

 private:
  void wait();
  [[noreturn]] void fail();

  std::string path_;
  std::string draft_;
  std::string log_;
  pid_t process_ = -1;
  int pipe_ = -1;
  int status_ = 0;
};

// @throws BadInput naming the package if ffmpeg is not in PATH.
void check_ffmpeg();

}  // namespace lumbarun::viz
