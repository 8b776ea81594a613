// What the window shows, and what keys and clicks do to it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "viz/stage/stage.h"
#include "viz/window/curve_panel.h"
#include "viz/window/viewer.h"

namespace lumbarun::viz {

class Player {
 public:
  // `runs` must outlive the player. @throws BadInput if a run has not what is to be shown.
  Player(const std::vector<const RunRecord*>& runs, const MeshCache& cache, const StageOptions& stage,
         const ViewerOptions& options);

  // Draws the present instant, if something has changed; false when the window should close.
  bool tick();
  // A key by its X11 name.
  void press(const std::string& key);
  // True if the pixel is on the scrub line.
  bool scrub(int x, int y);
  // Shows the curve of the disc or the muscle under the pixel.
  void pick(int x, int y);
  void turn_by_hand();
  // Still as a PNG file. @throws BadInput if it cannot be written.
  void save(const std::string& path);

  Stage& get_stage() { return stage_; }
  // Of the curve that is shown, "L4/L5: Disc compression [N]"; empty: none.
  const std::string& get_curve_title() const { return panel_.get_title(); }
  int get_frames() const { return frames_; }
  double get_seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  void show();
  void show_curve(const Picked& picked);
  void move_to(double time);
  void update_status();

  std::vector<const RunRecord*> runs_;
  StageOptions options_;
  ViewerOptions viewer_;
  double slow_;
  Stage stage_;
  CurvePanel panel_;
  unsigned layers_ = 0;
  bool is_playing_ = true;
  bool is_changed_ = true;
  bool has_help_ = false;
  double time_ = 0;
  int frames_ = 0;
  Clock::time_point start_;
  Clock::time_point last_;
  Clock::time_point words_;  // when numbers were last written
};

}  // namespace lumbarun::viz
