// The runner at one instant: skeleton, muscles by activation, discs by compression, ground force.
#pragma once

#include "sim/results/run_record.h"
#include "viz/picture.h"
#include "viz/scene/camera.h"

namespace lumbarun::viz {

struct RunnerPictureOptions {
  CameraName camera = CameraName::kRunner;
  PictureSize size;
  // Upper end of the disc colours, N; 0: the largest compression of the whole run, rounded up.
  double compression_limit_N = 0;
};

// @throws BadInput if the run has not what the picture shows.
Picture render_runner(const RunRecord& record, std::size_t sample, const RunnerPictureOptions& options);

}  // namespace lumbarun::viz
