// One instant as a picture.
#pragma once

#include <vector>

#include "viz/stage/stage.h"

namespace lumbarun::viz {

// One sample per run. @throws BadInput if a run has not what the picture shows.
Picture render_runs(const std::vector<const RunRecord*>& runs, const std::vector<std::size_t>& samples,
                    const StageOptions& options, const MeshCache& cache = MeshCache());
Picture render_runner(const RunRecord& record, std::size_t sample, const StageOptions& options,
                      const MeshCache& cache = MeshCache());

}  // namespace lumbarun::viz
