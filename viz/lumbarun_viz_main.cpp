// lumbarun-viz: pictures of a result file.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <optional>
#include <string>

#include "sim/core/contracts.h"
#include "sim/results/run_reader.h"
#include "viz/load_chart.h"
#include "viz/run_frame.h"
#include "viz/runner_picture.h"
#include "viz/virtual_display.h"

namespace {

using namespace lumbarun;
using namespace lumbarun::viz;

struct Request {
  std::string run_file;
  std::string png_file;
  std::string chart_file;
  std::optional<double> time_s;
  std::optional<double> phase;
  std::string camera = "runner";
  std::string size = "1600x1000";
};

PictureSize parse_size(const std::string& text) {
  PictureSize size;
  char rest = 0;
  const int count = std::sscanf(text.c_str(), "%dx%d%c", &size.width, &size.height, &rest);
  LUMBARUN_THROW_UNLESS(
      count == 2 && size.width >= 320 && size.width <= 4096 && size.height >= 240 && size.height <= 4096,
      "--size {}: give WIDTHxHEIGHT in pixels, 320x240 to 4096x4096", text);
  return size;
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

// All pictures are drawn before the first is written, so that a bad request leaves nothing behind.
void draw(const Request& request) {
  LUMBARUN_THROW_UNLESS(!request.png_file.empty() || !request.chart_file.empty(),
                        "nothing to draw: give --png FILE or --chart FILE");
  RunnerPictureOptions options;
  options.camera = parse_camera(request.camera);
  options.size = parse_size(request.size);
  const RunRecord record = read_run_file(request.run_file);
  std::optional<Picture> runner;
  std::optional<Picture> chart;
  const VirtualDisplay display;
  try {
    if (!request.png_file.empty()) runner = render_runner(record, find_sample(record, request), options);
    if (!request.chart_file.empty()) chart = render_load_chart(record, options.size);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", request.run_file, error.what()));
  }
  if (runner) write_png(*runner, request.png_file);
  if (chart) write_png(*chart, request.chart_file);
}

}  // namespace

int main(int argc, char** argv) {
  Request request;
  CLI::App app("Pictures of a lumbarun result file", "lumbarun-viz");
  app.add_option("run", request.run_file, "result file (.h5)")->required();
  app.add_option("--png", request.png_file, "picture of the runner");
  app.add_option("--chart", request.chart_file,
                 "chart of ground force and disc compression over the stride (PNG)");
  auto* time = app.add_option("--time", request.time_s, "instant, s from right foot contact");
  app.add_option("--phase", request.phase,
                 "instant, share of the stride; default: mid-stance of the right foot")
      ->excludes(time);
  app.add_option("--camera", request.camera, "runner, sagittal, frontal or lumbar")->capture_default_str();
  app.add_option("--size", request.size, "WIDTHxHEIGHT in pixels")->capture_default_str();
  try {
    app.parse(argc, argv);
    draw(request);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const BadInput& error) {
    fmt::print(stderr, "lumbarun-viz: {}\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "lumbarun-viz: internal error: {}\n", error.what());
    return 3;
  }
}
