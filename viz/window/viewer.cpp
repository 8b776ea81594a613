#include "viz/window/viewer.h"

#include <fmt/format.h>
#include <vtkCellPicker.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkObjectFactory.h>
#include <vtkRenderWindowInteractor.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <memory>

#include "sim/core/contracts.h"
#include "viz/movie/movie.h"
#include "viz/stage/column.h"
#include "viz/window/curve_panel.h"

namespace lumbarun::viz {
namespace {

const char* const kHelp =
    "space      play, pause\n"
    "left, right      one step back, forward\n"
    "up, down      faster, slower\n"
    "1 to 5      runner, sagittal, frontal, lumbar, follow\n"
    "drag      turn;  wheel or right button: nearer, farther\n"
    "click      a disc or a muscle: its curve\n"
    "line below      scrub\n"
    "m b l g f d o      muscles, trunk, limbs, ground, ground force, disc arrows, mean posture\n"
    "s      save a still\n"
    "h      this help,  q      quit";

using Clock = std::chrono::steady_clock;

class Player {
 public:
  Player(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& options,
         const ViewerOptions& viewer)
      : runs_(runs),
        options_(options),
        viewer_(viewer),
        slow_(viewer.slow_motion),
        stage_(runs, cache, options),
        panel_(stage_.get_window(), kTextWindowLayer) {
    layers_ = stage_.get_scene().get_layers() & ~static_cast<unsigned>(kGhostLayer | kDiscForceLayer);
    stage_.set_layers(layers_);
    stage_.get_window()->SetWindowName(("lumbarun: " + runs.front()->header.title).c_str());
    show();
  }

  vtkRenderWindow* get_window() const { return stage_.get_window(); }
  int get_frames() const { return frames_; }
  double get_seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  Picture take_picture() { return stage_.take_picture(); }

  // Draws the present instant; false when the window should close.
  bool tick() {
    const auto now = Clock::now();
    if (frames_ == 0) start_ = last_ = now;
    if (is_playing_) time_ += std::chrono::duration<double>(now - last_).count() / slow_;
    last_ = now;
    ++frames_;
    show();
    stage_.get_window()->Render();
    return viewer_.duration_s <= 0 || get_seconds() < viewer_.duration_s;
  }

  void press(const std::string& key) {
    const double step = 0.005;
    if (key == "space") is_playing_ = !is_playing_;
    if (key == "Left") move_to(time_ - step);
    if (key == "Right") move_to(time_ + step);
    if (key == "Up") slow_ = std::max(0.25, slow_ / 1.5);
    if (key == "Down") slow_ = std::min(100.0, slow_ * 1.5);
    if (key == "h") panel_.show_help((has_help_ = !has_help_) ? kHelp : "");
    if (key == "s") save("lumbarun-still.png");
    static const std::vector<std::pair<std::string, const char*>> kCameras = {
        {"1", "runner"}, {"2", "sagittal"}, {"3", "frontal"}, {"4", "lumbar"}, {"5", "follow"}};
    for (const auto& [number, camera] : kCameras) {
      if (key == number) stage_.set_camera(parse_camera(camera));
    }
    static const std::vector<std::pair<std::string, unsigned>> kLayers = {
        {"m", kMusclesLayer}, {"b", kTrunkLayer}, {"l", kLimbsLayer | kShoesLayer},
        {"g", kGroundLayer},  {"f", kForceLayer}, {"d", kDiscForceLayer},
        {"o", kGhostLayer}};
    for (const auto& [letter, layer] : kLayers) {
      if (key == letter) stage_.set_layers(layers_ ^= layer);
    }
  }

  void save(const std::string& path) {
    write_file(path, write_png(take_picture()));
    panel_.show_status("saved " + path);
  }

  // True if the pixel is on the scrub line.
  bool scrub(int x, int y) {
    const double share = panel_.find_share(x, y);
    if (share < 0) return false;
    is_playing_ = false;
    time_ = share * runs_.front()->time.back();
    return true;
  }

  void pick(int x, int y) {
    vtkNew<vtkCellPicker> picker;
    picker->SetTolerance(0.0005);
    if (picker->Pick(x, y, 0, stage_.get_main_renderer()) == 0) return;
    const auto picked = stage_.get_scene().find_picked(picker->GetActor(), picker->GetCellId());
    if (picked) show_curve(*picked);
  }

  void show_curve(const Picked& picked) {
    const RunRecord& run = *runs_.front();
    const bool is_disc = picked.kind == Picked::Kind::kDisc;
    const Quantity quantity =
        is_disc ? calc_disc_quantity(run, options_.disc) : calc_muscle_quantity(run, options_.muscle);
    const std::size_t column = is_disc ? find_level(run, kDiscLevels[picked.index]) : picked.index;
    const std::string name =
        is_disc ? get_level_text(kDiscLevels[picked.index]) : run.names.muscles[picked.index];
    std::vector<double> values;
    constexpr int kPoints = 300;
    for (int i = 0; i < kPoints; ++i) {
      values.push_back(quantity.get(find_sample_at_time(run, run.time.back() * i / (kPoints - 1)), column));
    }
    panel_.show_curve(name + ": " + quantity.get_label(), values,
                      is_disc ? kCurves[0] : Color{0.70, 0.18, 0.17});
  }

  void turn_by_hand() { stage_.free_camera(); }
  const std::string& get_curve_title() const { return panel_.get_title(); }
  std::vector<PictureMark> get_marks() { return take_picture().marks; }

 private:
  void move_to(double time) {
    is_playing_ = false;
    time_ = std::max(0.0, time);
  }

  void show() {
    stage_.update(options_.mode == CompareMode::kSideBySide ? calc_moments(runs_, time_)
                                                            : calc_phase_moments(runs_, time_));
    const double stride = runs_.front()->time.back();
    panel_.set_cursor(std::fmod(time_, stride) / stride);
    if (frames_ % 15 == 0) {
      panel_.show_status(fmt::format("{}   1/{:.3g} speed   {:.0f} frames/s   h: help",
                                     is_playing_ ? "playing" : "paused", slow_,
                                     frames_ > 0 ? frames_ / std::max(1e-3, get_seconds()) : 0.0));
    }
  }

  std::vector<const RunRecord*> runs_;
  StageOptions options_;
  ViewerOptions viewer_;
  double slow_;
  Stage stage_;
  CurvePanel panel_;
  unsigned layers_ = 0;
  bool is_playing_ = true;
  bool has_help_ = false;
  double time_ = 0;
  int frames_ = 0;
  Clock::time_point start_;
  Clock::time_point last_;
};

// Mouse and keys.
class PlayerStyle : public vtkInteractorStyleTrackballCamera {
 public:
  static PlayerStyle* New();
  vtkTypeMacro(PlayerStyle, vtkInteractorStyleTrackballCamera)

  void set_player(Player* player) { player_ = player; }

  void OnTimer() override {
    if (!player_->tick()) Interactor->TerminateApp();
  }
  void OnChar() override {}  // VTK's own keys
  void OnKeyPress() override {
    const std::string key = Interactor->GetKeySym() == nullptr ? "" : Interactor->GetKeySym();
    key == "q" || key == "Escape" ? Interactor->TerminateApp() : player_->press(key);
  }
  void OnLeftButtonDown() override {
    Interactor->GetEventPosition(down_[0], down_[1]);
    is_scrubbing_ = player_->scrub(down_[0], down_[1]);
    if (is_scrubbing_) return;
    vtkInteractorStyleTrackballCamera::OnLeftButtonDown();
  }
  void OnMouseMove() override {
    const int* at = Interactor->GetEventPosition();
    if (is_scrubbing_) {
      player_->scrub(at[0], at[1]);
      return;
    }
    if (State != VTKIS_NONE) player_->turn_by_hand();
    vtkInteractorStyleTrackballCamera::OnMouseMove();
  }
  void OnLeftButtonUp() override {
    const int* at = Interactor->GetEventPosition();
    if (!is_scrubbing_ && std::abs(at[0] - down_[0]) + std::abs(at[1] - down_[1]) < 4)
      player_->pick(at[0], at[1]);
    if (!is_scrubbing_) vtkInteractorStyleTrackballCamera::OnLeftButtonUp();
    is_scrubbing_ = false;
  }
  void OnMouseWheelForward() override {
    player_->turn_by_hand();
    vtkInteractorStyleTrackballCamera::OnMouseWheelForward();
  }
  void OnMouseWheelBackward() override {
    player_->turn_by_hand();
    vtkInteractorStyleTrackballCamera::OnMouseWheelBackward();
  }

 private:
  Player* player_ = nullptr;
  int down_[2] = {0, 0};
  bool is_scrubbing_ = false;
};
vtkStandardNewMacro(PlayerStyle);

}  // namespace

void run_viewer(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
                const ViewerOptions& options) {
  StageOptions own = stage;
  own.is_on_screen = true;
  own.has_ghost = true;
  own.has_disc_arrows = true;
  calc_moments(runs, 0);
  Player player(runs, cache, own, options);
  vtkNew<vtkRenderWindowInteractor> interactor;
  interactor->SetRenderWindow(player.get_window());
  vtkNew<PlayerStyle> style;
  style->set_player(&player);
  interactor->SetInteractorStyle(style);
  interactor->Initialize();
  interactor->CreateRepeatingTimer(10);
  interactor->Start();
  if (options.duration_s > 0) {
    fmt::print("{} frames in {:.2f} s: {:.1f} frames/s\n", player.get_frames(), player.get_seconds(),
               player.get_frames() / player.get_seconds());
  }
  if (!options.png_file.empty()) player.save(options.png_file);
}

}  // namespace lumbarun::viz
