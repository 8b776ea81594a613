#include "viz/window/player.h"

#include <fmt/format.h>
#include <vtkCamera.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <utility>

#include "sim/core/contracts.h"
#include "viz/movie/movie.h"
#include "viz/stage/column.h"

namespace lumbarun::viz {
namespace {

const char* const kHelp =
    "space      play, pause\n"
    "left, right      one step back, forward\n"
    "up, down      faster, slower\n"
    "1 to 5      runner, sagittal, frontal, lumbar, follow\n"
    "6      the disc that was clicked last, or L5/S1\n"
    "drag      turn;  wheel or right button: nearer, farther\n"
    "click      a disc or a muscle: its curve\n"
    "line below      scrub\n"
    "m b l g f d o      muscles, trunk, limbs, ground, ground force, disc arrows, mean posture\n"
    "s      save a still\n"
    "h      this help,  q      quit";

constexpr int kFramesPerStatus = 15;
constexpr int kWarmUp = 40;  // frames in which shaders are compiled
constexpr int kCurvePoints = 300;
constexpr std::chrono::milliseconds kTurnLasts(250);  // after the last motion of the mouse
constexpr std::chrono::milliseconds kWordsLast(90);   // numbers cannot be read any faster

}  // namespace

Player::Player(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
               const ViewerOptions& options)
    : runs_(runs),
      cache_(cache),
      options_(stage),
      viewer_(options),
      slow_(options.slow_motion),
      stride_(runs.front()->time.back()),
      is_playing_(stride_ > 0),
      stage_(runs, cache, stage),
      panel_(stage_.get_window(), kTextWindowLayer) {
  set_camera(stage.camera);
  size_ = get_size();
  stage_.get_window()->SetWindowName(("lumbarun: " + runs.front()->header.title).c_str());
  show();
}

FrameRate Player::measure_steady_rate() const {
  const int frames = frames_ - kWarmUp + 1;
  if (frames < 1) return {};
  const double passed = std::chrono::duration<double>(Clock::now() - steady_).count();
  const double work = static_cast<double>(std::clock() - steady_work_) / CLOCKS_PER_SEC;
  return {frames / passed, 1e3 * work / frames};
}

double Player::get_seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

bool Player::tick() {
  const auto now = Clock::now();
  if (frames_ == 0) start_ = last_ = now;
  if (is_playing_) time_ += std::chrono::duration<double>(now - last_).count() / slow_;
  last_ = now;
  if (get_size() != size_) fit();
  const bool is_moving = is_playing_ || now - turned_ < kTurnLasts;
  if (is_moving != was_moving_) is_changed_ = true;  // in full quality where it comes to rest
  was_moving_ = is_moving;
  if (is_playing_ || is_changed_) draw(is_moving);
  return viewer_.duration_s <= 0 || get_seconds() < viewer_.duration_s;
}

void Player::draw(bool is_moving) {
  if (++frames_ == kWarmUp) {
    steady_ = Clock::now();
    steady_work_ = std::clock();
  }
  stage_.set_draft(is_moving);
  is_changed_ = false;
  show();
  stage_.get_window()->Render();
}

void Player::press(const std::string& key) {
  const double step = 0.005;
  is_changed_ = true;
  if (key == "space") is_playing_ = !is_playing_ && stride_ > 0;
  if (key == "Left") move_to(time_ - step);
  if (key == "Right") move_to(time_ + step);
  if (key == "Up") slow_ = std::max(0.25, slow_ / 1.5);
  if (key == "Down") slow_ = std::min(100.0, slow_ * 1.5);
  if (key == "h") panel_.show_help((has_help_ = !has_help_) ? kHelp : "");
  if (key == "s") save_still();
  static const std::vector<std::pair<std::string, const char*>> kCameras = {
      {"1", "runner"}, {"2", "sagittal"}, {"3", "frontal"}, {"4", "lumbar"}, {"5", "follow"}};
  for (const auto& [number, camera] : kCameras) {
    if (key == number) set_camera(parse_camera(camera));
  }
  if (key == "6") set_camera({CameraName::kDisc, close_level_});
  static const std::vector<std::pair<std::string, unsigned>> kLayers = {
      {"m", kMusclesLayer}, {"b", kTrunkLayer}, {"l", kLimbsLayer | kShoesLayer},
      {"g", kGroundLayer},  {"f", kForceLayer}, {"d", kDiscForceLayer},
      {"o", kGhostLayer}};
  for (const auto& [letter, layer] : kLayers) {
    if (key == letter) stage_.set_layers(layers_ ^= layer);
  }
}

void Player::set_camera(const CameraChoice& camera) {
  stage_.set_camera(camera);
  layers_ = stage_.get_scene().get_layers();
}

std::array<int, 2> Player::get_size() {
  const int* size = stage_.get_window()->GetSize();
  return {size[0], size[1]};
}

void Player::fit() {
  size_ = get_size();
  stage_.fit();
  panel_.fit();
  if (!panel_.get_title().empty()) stage_.set_side_room(panel_.get_chart_right());
  is_changed_ = true;
}

void Player::save(const std::string& path) {
  words_ = {};
  stage_.set_draft(false);
  show();
  write_file(path, write_png(stage_.take_picture()));
}

Picture Player::take_still() {
  StageOptions options = options_;
  options.size = {size_[0], size_[1]};
  options.is_on_screen = false;
  options.oversampling = kOversampling;
  options.has_occlusion = true;
  options.detail = Detail::kFine;
  options.has_ghost = options.has_disc_arrows = true;
  options.foot_room = 0;
  Stage still(runs_, cache_, options);
  still.update(calc_present());
  still.set_layers(layers_);
  still.get_main_renderer()->GetActiveCamera()->DeepCopy(stage_.get_main_renderer()->GetActiveCamera());
  return still.take_picture();
}

// Beside those that are there already.
void Player::save_still() {
  std::string path;
  for (int number = 1; path.empty() || std::filesystem::exists(path); ++number)
    path = fmt::format("lumbarun-still-{}.png", number);
  try {
    write_file(path, write_png(take_still()));
    note_ = "saved " + path;
  } catch (const BadInput& error) {
    note_ = error.what();
  }
}

bool Player::scrub(int x, int y) {
  const double share = panel_.find_share(x, y);
  if (share < 0 || stride_ <= 0) return false;
  move_to(share * stride_);
  return true;
}

void Player::pick(int x, int y) {
  const auto picked = stage_.find_picked(x, y);
  if (!picked) return;
  const bool is_disc = picked->kind == Picked::Kind::kDisc;
  show_curve(is_disc ? kDiscLevels[picked->index] : runs_.front()->names.muscles[picked->index], is_disc);
}

void Player::pick(const std::string& name) {
  const RunRecord& run = *runs_.front();
  std::string level = name;
  std::replace(level.begin(), level.end(), '/', '_');
  const auto has = [](const std::vector<std::string>& names, const std::string& wanted) {
    return std::find(names.begin(), names.end(), wanted) != names.end();
  };
  if (has(run.names.levels, level)) return show_curve(level, true);
  LUMBARUN_THROW_UNLESS(has(run.names.muscles, name), "--pick {}: the run has no such level or muscle", name);
  show_curve(name, false);
}

PickedCurves Player::build_curves(const std::string& name, bool is_disc) const {
  PickedCurves shown;
  shown.name = is_disc ? get_level_text(name) : name;
  for (const RunRecord* run : runs_) {
    const Quantity quantity =
        is_disc ? calc_disc_quantity(*run, options_.disc) : calc_muscle_quantity(*run, options_.muscle);
    shown.label = quantity.get_label();
    const auto& names = is_disc ? run->names.levels : run->names.muscles;
    const auto column = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
    if (column == names.size()) continue;
    Curve curve{"", kCurves[shown.curves.size()], false, {}};
    for (int i = 0; i < kCurvePoints; ++i) {
      const double time = run->time.back() * i / (kCurvePoints - 1);
      curve.values.push_back(quantity.get(find_sample_at_time(*run, time), column));
    }
    shown.curves.push_back(std::move(curve));
  }
  return shown;
}

void Player::show_curve(const std::string& name, bool is_disc) {
  if (is_disc) close_level_ = name;
  is_changed_ = true;
  const PickedCurves shown = build_curves(name, is_disc);
  if (stride_ > 0) {
    panel_.show_curves(shown);
    stage_.set_side_room(panel_.get_chart_right());
    return;
  }
  note_ = fmt::format("{}: {:.4g}", shown.get_title(), shown.curves.front().values.front());
}

void Player::turn_by_hand() {
  is_changed_ = true;
  turned_ = Clock::now();
  stage_.free_camera();
}

void Player::move_to(double time) {
  is_playing_ = false;
  is_changed_ = true;
  time_ = std::max(0.0, time);
}

std::vector<Moment> Player::calc_present() const {
  return options_.mode == CompareMode::kSideBySide ? calc_moments(runs_, time_)
                                                   : calc_phase_moments(runs_, time_);
}

void Player::show() {
  const auto now = Clock::now();
  const bool has_new_words = !is_playing_ || now - words_ > kWordsLast;
  if (has_new_words) words_ = now;
  stage_.update(calc_present(), has_new_words);
  panel_.set_cursor(stride_ > 0 ? std::fmod(time_, stride_) / stride_ : 0);
  if (!is_playing_ || frames_ % kFramesPerStatus == 0) update_status();
}

// Of the frames since the last status.
double Player::measure_rate() {
  const auto now = Clock::now();
  const double passed = std::chrono::duration<double>(now - status_).count();
  const double rate = passed > 0 ? (frames_ - status_frames_) / passed : 0;
  status_ = now;
  status_frames_ = frames_;
  return rate;
}

void Player::update_status() {
  std::string words = "one instant";
  if (stride_ > 0 && is_playing_) {
    words = fmt::format("playing   1/{:.3g} speed   {:.0f} frames/s", slow_, measure_rate());
  } else if (stride_ > 0) {
    words = fmt::format("paused   1/{:.3g} speed", slow_);
  }
  words += "   h: help";
  if (!note_.empty()) {
    words += "   " + note_;
  } else if (panel_.get_title().empty()) {
    words += "   click a disc or a muscle: its curve";
  }
  panel_.show_status(words);
}

}  // namespace lumbarun::viz
