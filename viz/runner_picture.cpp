#include "viz/runner_picture.h"

namespace lumbarun::viz {

Picture render_runs(const std::vector<const RunRecord*>& runs, const std::vector<std::size_t>& samples,
                    const StageOptions& options, const MeshCache& cache) {
  Stage stage(runs, cache, options);
  std::vector<Moment> moments;
  for (std::size_t sample : samples) moments.push_back({sample, 0});
  stage.update(moments);
  return stage.take_picture();
}

Picture render_runner(const RunRecord& record, std::size_t sample, const StageOptions& options,
                      const MeshCache& cache) {
  return render_runs({&record}, {sample}, options, cache);
}

}  // namespace lumbarun::viz
