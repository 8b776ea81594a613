// What the user asks lumbarun-viz for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/movie/movie.h"
#include "viz/stage/stage.h"

namespace CLI {
class App;
}

namespace lumbarun::viz {

struct Request {
  std::vector<std::string> run_files;
  std::string png_file;
  std::string chart_file;
  std::string charts_folder;
  std::string mp4_file;
  std::string html_file;
  std::string vtp_folder;
  std::string gltf_file;
  bool has_window = false;
  std::string pick;  // level or muscle whose curve the window shows first

  std::optional<double> time_s;
  std::optional<double> phase;
  std::string camera = "runner";
  std::string size;
  std::string disc = "compression";
  std::string muscles = "activation";
  std::string range;
  std::string compare = "side";
  bool has_ghost = false;
  bool has_disc_arrows = false;
  bool is_bare = false;  // no captions
  bool has_no_cache = false;
  double slow_motion = 4;
  double duration_s = 0;
  int frames_per_second = 30;
  int vtp_frames = 50;

  bool wants_picture() const {
    return !png_file.empty() || !chart_file.empty() || !charts_folder.empty() || !mp4_file.empty();
  }
};

void add_options(CLI::App& app, Request& request);

// @throws BadInput naming the option.
PictureSize parse_size(const std::string& text);
ValueRange parse_range(const std::string& text);
StageOptions build_stage_options(const Request& request, const PictureSize& usual_size);
MovieOptions build_movie_options(const Request& request);
std::size_t find_sample(const RunRecord& record, const Request& request);

}  // namespace lumbarun::viz
