// A window to play the run, turn it and ask discs and muscles for their curves.
#pragma once

#include <string>

#include "viz/stage/stage.h"

namespace lumbarun::viz {

struct ViewerOptions {
  double slow_motion = 4;
  double duration_s = 0;  // closes by itself after that time, 0: stays open
  std::string png_file;   // picture of the window when it closes by itself
  std::string pick;       // level or muscle whose curve is shown first
};

// Returns when the window is closed. With a duration it prints how many frames it drew. @throws BadInput.
void run_viewer(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
                const ViewerOptions& options);

}  // namespace lumbarun::viz
