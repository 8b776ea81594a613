#include "viz/movie/movie.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/movie/frame_pipe.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {
namespace {

Moment calc_moment(const RunRecord& run, double t) {
  if (is_one_instant(run)) return {0, 0};
  LUMBARUN_THROW_UNLESS(run.time.size() > 1 && run.time.back() > 0,
                        "the run has no stride to show (status: {})", run.header.status);
  const double stride = run.time.back();
  const int strides = static_cast<int>(std::floor(t / stride));
  return {find_sample_at_time(run, std::clamp(t - strides * stride, 0.0, stride)), strides};
}

}  // namespace

std::vector<Moment> calc_moments(const std::vector<const RunRecord*>& runs, double t) {
  std::vector<Moment> moments;
  for (const RunRecord* run : runs) moments.push_back(calc_moment(*run, t));
  return moments;
}

std::vector<Moment> calc_phase_moments(const std::vector<const RunRecord*>& runs, double t) {
  std::vector<Moment> moments;
  const double stride = runs.front()->time.back();
  for (const RunRecord* run : runs)
    moments.push_back(calc_moment(*run, stride > 0 ? t / stride * run->time.back() : 0));
  return moments;
}

void write_movie(const std::vector<const RunRecord*>& runs, const MeshCache& cache,
                 const StageOptions& stage_options, const MovieOptions& options, const std::string& path) {
  for (const RunRecord* run : runs)
    LUMBARUN_THROW_UNLESS(run->time.size() > 1, "the run has no stride for a movie (status: {})",
                          run->header.status);
  const double stride = runs.front()->time.back();
  const double duration = options.duration_s > 0 ? options.duration_s : stride * options.slow_motion;
  const int frames = std::max(1, static_cast<int>(std::lround(duration * options.frames_per_second)));
  FramePipe pipe(path, stage_options.size, options.frames_per_second);
  Stage stage(runs, cache, stage_options);
  for (int i = 0; i < frames; ++i) {
    const double t = i / (options.frames_per_second * options.slow_motion);
    stage.update(stage_options.mode == CompareMode::kSideBySide ? calc_moments(runs, t)
                                                                : calc_phase_moments(runs, t));
    pipe.add(stage.take_picture());
  }
  pipe.finish();
}

}  // namespace lumbarun::viz
