#include "viz/command/draw.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "sim/core/contracts.h"
#include "sim/results/run_reader.h"
#include "sim/results/sweep_file_reader.h"
#include "sim/sweeps/sweep_charts.h"
#include "viz/charts/run_charts.h"
#include "viz/command/check.h"
#include "viz/exports/exports.h"
#include "viz/runner_picture.h"
#include "viz/virtual_display.h"
#include "viz/web/web_page.h"
#include "viz/window/viewer.h"

namespace lumbarun::viz {
namespace {

constexpr PictureSize kStillSize{1600, 1000};
constexpr PictureSize kMovieSize{1280, 720};
constexpr double kChartScale = 4;  // pixels per point
constexpr double kSweepChartScale = 2.5;

// Files that are ready to be written.
class Output {
 public:
  void add(const std::string& path, std::string bytes) { files_.emplace_back(path, std::move(bytes)); }
  void write() const {
    for (const auto& [path, bytes] : files_) write_file(path, bytes);
  }

 private:
  std::vector<std::pair<std::string, std::string>> files_;
};

std::string write_drawing(const Drawing& drawing, const std::string& extension, double scale) {
  if (extension == ".svg") return write_svg(drawing);
  if (extension == ".pdf") return write_pdf(drawing);
  return write_png(rasterize(drawing, scale));
}

// Everything one request needs while it is carried out.
struct Job {
  const Request& request;
  std::vector<const RunRecord*> runs;
  MeshCache cache;
  const RunRecord& get_first() const { return *runs.front(); }
};

void add_still(const Job& job, const StageOptions& options, Output& output) {
  std::vector<std::size_t> samples;
  for (const RunRecord* run : job.runs) samples.push_back(find_sample(*run, job.request));
  if (options.mode != CompareMode::kSideBySide) {
    // What lies in one picture is at the same share of the stride.
    const auto moments = calc_phase_moments(job.runs, job.get_first().time[samples.front()]);
    for (std::size_t i = 1; i < samples.size(); ++i) samples[i] = moments[i].sample;
  }
  for (std::size_t i = 0; i < samples.size(); ++i) RunFrame(*job.runs[i], samples[i]);  // must be defined
  output.add(job.request.png_file, write_png(render_runs(job.runs, samples, options, job.cache)));
}

// PNG, SVG and PDF of each.
void add_drawings(const std::vector<NamedDrawing>& charts, const std::string& folder, double scale,
                  Output& output) {
  for (const NamedDrawing& chart : charts) {
    for (const char* extension : {".png", ".svg", ".pdf"})
      output.add(folder + "/" + chart.name + extension, write_drawing(chart.drawing, extension, scale));
  }
}

void add_charts(const Job& job, const PictureSize& size, Output& output) {
  if (!job.request.chart_file.empty()) {
    const Drawing drawing = build_load_chart(job.get_first(), size);
    const std::string extension = std::filesystem::path(job.request.chart_file).extension();
    output.add(job.request.chart_file, write_drawing(drawing, extension, size.width / drawing.width));
  }
  if (job.request.charts_folder.empty()) return;
  add_drawings(build_run_charts(job.get_first()), job.request.charts_folder, kChartScale, output);
}

void make_folder(const std::string& folder) {
  if (folder.empty()) return;
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  LUMBARUN_THROW_UNLESS(std::filesystem::is_directory(folder), "cannot make the folder {}: {}", folder,
                        error.message());
}

void carry_out(const Job& job) {
  const Request& request = job.request;
  check_request(request, job.runs);
  const StageOptions still = build_stage_options(request, kStillSize);
  StageOptions moving = build_stage_options(request, kMovieSize);
  const MovieOptions movie = build_movie_options(request);
  std::optional<VirtualDisplay> display;
  if (request.wants_picture() || request.has_window) display.emplace();
  Output output;
  if (!request.png_file.empty() && !request.has_window) add_still(job, still, output);
  if (!request.chart_file.empty() || !request.charts_folder.empty()) add_charts(job, still.size, output);
  if (!request.html_file.empty())
    output.add(request.html_file, build_web_page(job.get_first(), job.cache, still.disc));
  std::optional<FrameParts> parts;
  if (!request.gltf_file.empty() || !request.vtp_folder.empty())
    parts.emplace(job.get_first(), job.cache, still.disc, still.muscle);
  if (!request.gltf_file.empty())
    output.add(request.gltf_file, build_gltf(*parts, find_sample(job.get_first(), request)));
  moving.oversampling = 1;
  moving.has_occlusion = false;
  moving.detail = Detail::kCoarse;
  // Whole or not at all, so before the files that cannot fail any more.
  if (!request.mp4_file.empty()) write_movie(job.runs, job.cache, moving, movie, request.mp4_file);
  make_folder(request.charts_folder);
  output.write();
  if (!request.vtp_folder.empty())
    write_vtp_series(job.get_first(), *parts, request.vtp_frames, request.vtp_folder);
  moving.detail = Detail::kPlain;
  if (request.has_window)
    run_viewer(job.runs, job.cache, moving,
               {movie.slow_motion, request.duration_s, request.png_file, request.pick});
}

// Of a sweep there are charts only.
void draw_sweep(const Request& request) {
  const std::string& file = request.run_files.front();
  const bool has_others = !request.png_file.empty() || !request.mp4_file.empty() ||
                          !request.chart_file.empty() || !request.html_file.empty() ||
                          !request.vtp_folder.empty() || !request.gltf_file.empty() || request.has_window;
  LUMBARUN_THROW_UNLESS(request.run_files.size() == 1 && !has_others && !request.charts_folder.empty(),
                        "{} is a sweep: give --charts FOLDER, and no other file or picture", file);
  const SweepData data = read_sweep_data(file);
  const std::vector<NamedDrawing> charts = build_sweep_charts(data, calc_sensitivities(data));
  LUMBARUN_THROW_UNLESS(!charts.empty(), "{}: no scenario has a result to chart", file);
  const VirtualDisplay display;
  Output output;
  add_drawings(charts, request.charts_folder, kSweepChartScale, output);
  make_folder(request.charts_folder);
  output.write();
}

}  // namespace

void draw(const Request& request) {
  LUMBARUN_THROW_UNLESS(
      request.wants_picture() || !request.html_file.empty() || !request.vtp_folder.empty() ||
          !request.gltf_file.empty() || request.has_window,
      "nothing to draw: give --png, --mp4, --charts, --chart, --html, --vtp, --gltf or --view");
  build_stage_options(request, kStillSize);  // complains before a file is read
  if (std::any_of(request.run_files.begin(), request.run_files.end(), is_sweep_file))
    return draw_sweep(request);
  std::vector<RunRecord> records;
  for (const std::string& file : request.run_files) records.push_back(read_run_file(file));
  Job job{request, {}, MeshCache(request.has_no_cache ? std::filesystem::path() : get_cache_folder())};
  for (const RunRecord& record : records) job.runs.push_back(&record);
  try {
    carry_out(job);
  } catch (const BadInput& error) {
    throw BadInput(fmt::format("{}: {}", fmt::join(request.run_files, ", "), error.what()));
  }
}

}  // namespace lumbarun::viz
