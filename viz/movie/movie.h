// The run as a movie: strides one after the other, slowed down.
#pragma once

#include <string>
#include <vector>

#include "viz/stage/stage.h"

namespace lumbarun::viz {

struct MovieOptions {
  double slow_motion = 4;  // seconds of the movie per second of the run
  double duration_s = 0;   // of the movie; 0: one stride of the first run
  int frames_per_second = 30;
};

// Where each run is at time `t` of the run: strides repeat, on one clock for all; one instant stands still.
std::vector<Moment> calc_moments(const std::vector<const RunRecord*>& runs, double t);
// As above, but all runs at the same share of their stride as the first.
std::vector<Moment> calc_phase_moments(const std::vector<const RunRecord*>& runs, double t);

// @throws BadInput if it cannot be made; then no file is left.
void write_movie(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
                 const MovieOptions& options, const std::string& path);

}  // namespace lumbarun::viz
