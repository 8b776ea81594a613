#include "viz/window/player.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/movie/movie.h"
#include "viz/stage/column.h"

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

constexpr int kFramesPerStatus = 15;
constexpr std::chrono::milliseconds kWordsLast(90);  // numbers cannot be read any faster

}  // namespace

Player::Player(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
               const ViewerOptions& options)
    : runs_(runs),
      options_(stage),
      viewer_(options),
      slow_(options.slow_motion),
      stage_(runs, cache, stage),
      panel_(stage_.get_window(), kTextWindowLayer) {
  layers_ = stage_.get_scene().get_layers() & ~static_cast<unsigned>(kGhostLayer | kDiscForceLayer);
  stage_.set_layers(layers_);
  stage_.get_window()->SetWindowName(("lumbarun: " + runs.front()->header.title).c_str());
  show();
}

double Player::get_seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

bool Player::tick() {
  const auto now = Clock::now();
  if (frames_ == 0) start_ = last_ = now;
  if (is_playing_) time_ += std::chrono::duration<double>(now - last_).count() / slow_;
  last_ = now;
  if (is_playing_ || is_changed_) {
    ++frames_;
    stage_.set_smooth_edges(!is_playing_);
    is_changed_ = false;
    show();
    stage_.get_window()->Render();
  }
  return viewer_.duration_s <= 0 || get_seconds() < viewer_.duration_s;
}

void Player::press(const std::string& key) {
  const double step = 0.005;
  is_changed_ = true;
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

void Player::save(const std::string& path) {
  words_ = {};
  show();
  write_file(path, write_png(stage_.take_picture()));
  panel_.show_status("saved " + path);
}

bool Player::scrub(int x, int y) {
  const double share = panel_.find_share(x, y);
  if (share < 0) return false;
  move_to(share * runs_.front()->time.back());
  return true;
}

void Player::pick(int x, int y) {
  if (const auto picked = stage_.find_picked(x, y)) show_curve(*picked);
}

void Player::show_curve(const Picked& picked) {
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
  is_changed_ = true;
  panel_.show_curve(name + ": " + quantity.get_label(), values,
                    is_disc ? kCurves[0] : Color{0.70, 0.18, 0.17});
}

void Player::turn_by_hand() {
  is_changed_ = true;
  stage_.free_camera();
}

void Player::move_to(double time) {
  is_playing_ = false;
  is_changed_ = true;
  time_ = std::max(0.0, time);
}

void Player::show() {
  const auto now = Clock::now();
  const bool has_new_words = !is_playing_ || now - words_ > kWordsLast;
  if (has_new_words) words_ = now;
  stage_.update(options_.mode == CompareMode::kSideBySide ? calc_moments(runs_, time_)
                                                          : calc_phase_moments(runs_, time_),
                has_new_words);
  const double stride = runs_.front()->time.back();
  panel_.set_cursor(std::fmod(time_, stride) / stride);
  if (!is_playing_ || frames_ % kFramesPerStatus == 0) update_status();
}

void Player::update_status() {
  const std::string advice = panel_.get_title().empty() ? "   click a disc or a muscle: its curve" : "";
  panel_.show_status(fmt::format("{}   1/{:.3g} speed   {:.0f} frames/s   h: help{}",
                                 is_playing_ ? "playing" : "paused", slow_,
                                 frames_ > 0 ? frames_ / std::max(1e-3, get_seconds()) : 0.0, advice));
}

}  // namespace lumbarun::viz
