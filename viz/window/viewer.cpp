#include "viz/window/viewer.h"

#include <fmt/format.h>
#include <vtkRenderWindowInteractor.h>

#include <algorithm>
#include <ctime>

#include "viz/movie/movie.h"
#include "viz/window/player_style.h"

namespace lumbarun::viz {

void run_viewer(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
                const ViewerOptions& options) {
  StageOptions own = stage;
  own.is_on_screen = true;
  own.has_ghost = true;
  own.has_disc_arrows = true;
  own.has_smooth_edges = false;
  calc_moments(runs, 0);
  Player player(runs, cache, own, options);
  vtkNew<vtkRenderWindowInteractor> interactor;
  interactor->SetRenderWindow(player.get_stage().get_window());
  vtkNew<PlayerStyle> style;
  style->set_player(&player);
  interactor->SetInteractorStyle(style);
  interactor->Initialize();
  interactor->CreateRepeatingTimer(10);
  const std::clock_t start = std::clock();
  interactor->Start();
  if (options.duration_s > 0) {
    // What all threads have worked says more than the clock where others work too.
    const double work_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    fmt::print("{} frames in {:.2f} s: {:.1f} frames/s, {:.1f} ms of processor time each\n",
               player.get_frames(), player.get_seconds(), player.get_frames() / player.get_seconds(),
               1e3 * work_s / std::max(1, player.get_frames()));
  }
  if (!options.png_file.empty()) player.save(options.png_file);
}

}  // namespace lumbarun::viz
