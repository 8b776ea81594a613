#include "viz/window/viewer.h"

#include <fmt/format.h>
#include <vtkRenderWindowInteractor.h>

#include <chrono>
#include <thread>

#include "viz/window/player_style.h"

namespace lumbarun::viz {

namespace {

constexpr std::chrono::milliseconds kRest(8);  // between looks at mouse and keys while nothing moves

}  // namespace

void run_viewer(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
                const ViewerOptions& options) {
  StageOptions own = stage;
  own.is_on_screen = true;
  own.has_ghost = true;
  own.has_disc_arrows = true;
  own.has_smooth_edges = false;
  own.foot_room = CurvePanel::kFootRoom;
  Player player(runs, cache, own, options);
  if (!options.pick.empty()) player.pick(options.pick);
  vtkNew<vtkRenderWindowInteractor> interactor;
  interactor->SetRenderWindow(player.get_stage().get_window());
  vtkNew<PlayerStyle> style;
  style->set_player(&player);
  interactor->SetInteractorStyle(style);
  interactor->EnableRenderOff();  // the player draws, once per tick
  interactor->Initialize();
  // A loop of our own, which never waits while something moves: VTK's waits for its timers between frames.
  while (!interactor->GetDone() && player.tick()) {
    if (!player.is_moving()) std::this_thread::sleep_for(kRest);
    interactor->ProcessEvents();
  }
  if (options.duration_s > 0) {
    fmt::print("{} frames in {:.2f} s: {:.1f} frames/s\n", player.get_frames(), player.get_seconds(),
               player.get_frames() / player.get_seconds());
    // What all threads have worked says more than the clock where others work too.
    const FrameRate rate = player.measure_steady_rate();
    if (rate.frames_per_s > 0) {
      fmt::print("after the first ones: {:.1f} frames/s, {:.1f} ms of processor time each\n",
                 rate.frames_per_s, rate.work_ms);
    }
  }
  if (!options.png_file.empty()) player.save(options.png_file);
}

}  // namespace lumbarun::viz
