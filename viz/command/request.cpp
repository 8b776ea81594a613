#include "viz/command/request.h"

#include <CLI/CLI.hpp>

#include <cmath>
#include <cstdio>

#include "sim/core/contracts.h"

namespace lumbarun::viz {

void add_options(CLI::App& app, Request& r) {
  app.add_option("run", r.run_files, "result files (.h5): one, or two to four to compare; or a sweep")
      ->required()
      ->expected(1, 4);
  app.add_option("--png", r.png_file, "picture of one instant");
  app.add_option("--mp4", r.mp4_file, "movie (needs ffmpeg)");
  app.add_option("--charts", r.charts_folder,
                 "folder for all charts of the run or the sweep, as PNG, SVG and PDF");
  app.add_option("--chart", r.chart_file,
                 "ground force and disc compression in one chart (.png, .svg or .pdf)");
  app.add_option("--html", r.html_file, "web page with scene, playback and charts, in one file");
  app.add_option("--vtp", r.vtp_folder, "folder for a ParaView series (run.pvd)");
  app.add_option("--gltf", r.gltf_file, "scene of one instant as binary glTF (.glb)");
  app.add_flag("--view", r.has_window, "open a window");
  app.add_option("--pick", r.pick, "window: level or muscle whose curve it shows first, as in L5_S1");
  auto* time = app.add_option("--time", r.time_s, "instant, s from right foot contact");
  app.add_option("--phase", r.phase, "instant, share of the stride; default: mid-stance of the right foot")
      ->excludes(time);
  app.add_option("--camera", r.camera, "runner, sagittal, frontal, lumbar, follow or disc:LEVEL")
      ->capture_default_str();
  app.add_option("--size", r.size, "WIDTHxHEIGHT in pixels; default 1600x1000, movie and window 1280x720");
  app.add_option("--disc", r.disc, "colour of the discs: compression, shear or pressure")
      ->capture_default_str();
  app.add_option("--muscles", r.muscles,
                 "colour of the muscles: activation, force, stress, or none to leave them out")
      ->capture_default_str();
  app.add_option("--range", r.range,
                 "LOW:HIGH of the discs' colour scale, in its unit; default from 0 to the largest value");
  app.add_option("--compare", r.compare, "several runs: side, overlay or difference (second minus first)")
      ->capture_default_str();
  app.add_flag("--ghost", r.has_ghost, "the lumbar spine in its mean posture of the run as well");
  app.add_flag("--disc-arrows", r.has_disc_arrows, "force arrows beside the discs");
  app.add_flag("--no-captions", r.is_bare, "no title, time and ground force");
  app.add_flag("--no-cache", r.has_no_cache, "neither read nor write bone shapes in the cache folder");
  app.add_option("--slow", r.slow_motion, "movie, window: slow motion, times slower")->capture_default_str();
  app.add_option("--seconds", r.duration_s,
                 "length of the movie, s (default: one stride); the window closes after that time");
  app.add_option("--fps", r.frames_per_second, "movie: frames per second")->capture_default_str();
  app.add_option("--frames", r.vtp_frames, "ParaView series: number of instants")->capture_default_str();
}

PictureSize parse_size(const std::string& text) {
  PictureSize size;
  char rest = 0;
  const int count = std::sscanf(text.c_str(), "%dx%d%c", &size.width, &size.height, &rest);
  LUMBARUN_THROW_UNLESS(
      count == 2 && size.width >= 320 && size.width <= 4096 && size.height >= 240 && size.height <= 4096,
      "--size {}: give WIDTHxHEIGHT in pixels, 320x240 to 4096x4096", text);
  return size;
}

ValueRange parse_range(const std::string& text) {
  ValueRange range;
  char rest = 0;
  const int count = std::sscanf(text.c_str(), "%lf:%lf%c", &range.low, &range.high, &rest);
  LUMBARUN_THROW_UNLESS(
      count == 2 && std::isfinite(range.low) && std::isfinite(range.high) && range.low < range.high,
      "--range {}: give LOW:HIGH with LOW below HIGH, as in 0:4000", text);
  return range;
}

StageOptions build_stage_options(const Request& request, const PictureSize& usual_size) {
  StageOptions options;
  options.camera = parse_camera(request.camera);
  options.size = request.size.empty() ? usual_size : parse_size(request.size);
  options.disc = parse_disc_quantity(request.disc);
  options.has_muscles = request.muscles != "none";
  if (options.has_muscles) options.muscle = parse_muscle_quantity(request.muscles);
  if (!request.range.empty()) options.disc_range = parse_range(request.range);
  options.mode = parse_compare_mode(request.compare);
  options.has_captions = !request.is_bare;
  options.has_ghost = request.has_ghost;
  options.has_disc_arrows = request.has_disc_arrows;
  return options;
}

MovieOptions build_movie_options(const Request& request) {
  LUMBARUN_THROW_UNLESS(request.slow_motion >= 0.1 && request.slow_motion <= 1000,
                        "--slow {}: give 0.1 to 1000", request.slow_motion);
  LUMBARUN_THROW_UNLESS(request.duration_s >= 0 && request.duration_s <= 600, "--seconds {}: give up to 600",
                        request.duration_s);
  LUMBARUN_THROW_UNLESS(request.frames_per_second >= 1 && request.frames_per_second <= 120,
                        "--fps {}: give 1 to 120", request.frames_per_second);
  return {request.slow_motion, request.duration_s, request.frames_per_second};
}

std::size_t find_sample(const RunRecord& record, const Request& request) {
  if (request.time_s) return find_sample_at_time(record, *request.time_s);
  if (!request.phase) return find_mid_stance_sample(record);
  LUMBARUN_THROW_UNLESS(*request.phase >= 0 && *request.phase <= 1,
                        "--phase {}: give a share of the stride, 0 to 1", *request.phase);
  LUMBARUN_THROW_UNLESS(!record.time.empty(), "the run has no motion to draw (status: {})",
                        record.header.status);
  return find_sample_at_time(record, *request.phase * record.time.back());
}

}  // namespace lumbarun::viz
