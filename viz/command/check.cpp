#include "viz/command/check.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>

#include "sim/core/contracts.h"
#include "viz/movie/frame_pipe.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {
namespace {

namespace fs = std::filesystem;

void check_file(const std::string& path) {
  if (path.empty()) return;
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  errno = 0;
  const bool is_good = ::access(folder.c_str(), W_OK) == 0 && fs::is_directory(folder);
  LUMBARUN_THROW_UNLESS(is_good, "cannot write {}: {}", path, std::strerror(errno == 0 ? ENOTDIR : errno));
  LUMBARUN_THROW_UNLESS(!fs::is_directory(path), "cannot write {}: it is a folder", path);
}

// It is made if need be: then the nearest folder above it counts.
void check_folder(const std::string& path) {
  if (path.empty()) return;
  fs::path folder = fs::absolute(path);
  while (!fs::exists(folder) && folder.has_parent_path() && folder != folder.parent_path())
    folder = folder.parent_path();
  errno = 0;
  const bool is_good = fs::is_directory(folder) && ::access(folder.c_str(), W_OK) == 0;
  LUMBARUN_THROW_UNLESS(is_good, "cannot make the folder {}: {}", path,
                        std::strerror(errno == 0 ? ENOTDIR : errno));
}

void check_motion(const Request& request, const RunRecord& run) {
  LUMBARUN_THROW_UNLESS(!run.time.empty(), "the run has no motion to draw (status: {})", run.header.status);
  const bool is_instant = is_one_instant(run);
  LUMBARUN_THROW_UNLESS(is_instant || run.time.back() > run.time.front(),
                        "the run takes no time (status: {})", run.header.status);
  if (!is_instant) return;
  LUMBARUN_THROW_UNLESS(
      request.mp4_file.empty(),
      "the run is one instant and has no stride for a movie: --png, --html and --charts show it");
  LUMBARUN_THROW_UNLESS(request.vtp_folder.empty(),
                        "the run is one instant and has no stride for a series: --gltf exports it");
}

}  // namespace

void check_request(const Request& request, const std::vector<const RunRecord*>& runs) {
  build_movie_options(request);
  LUMBARUN_THROW_UNLESS(request.vtp_frames >= 1 && request.vtp_frames <= 10000,
                        "--frames {}: give 1 to 10000", request.vtp_frames);
  const bool has_screen = std::getenv("DISPLAY") != nullptr && *std::getenv("DISPLAY") != '\0';
  LUMBARUN_THROW_UNLESS(!request.has_window || has_screen || request.duration_s > 0,
                        "--view needs a screen, and DISPLAY is not set; try --html FILE or --mp4 FILE");
  if (!request.mp4_file.empty()) check_ffmpeg();
  for (const RunRecord* run : runs) check_motion(request, *run);
  for (const std::string* file :
       {&request.png_file, &request.chart_file, &request.html_file, &request.gltf_file, &request.mp4_file})
    check_file(*file);
  check_folder(request.charts_folder);
  check_folder(request.vtp_folder);
}

}  // namespace lumbarun::viz
