// What the window shows, and what keys and clicks do to it.
#pragma once

#include <array>
#include <chrono>
#include <ctime>
#include <string>
#include <vector>

#include "viz/stage/stage.h"
#include "viz/window/curve_panel.h"
#include "viz/window/viewer.h"

namespace lumbarun::viz {

// How fast frames come, without the first ones; 0 frames/s: there were not enough.
struct FrameRate {
  double frames_per_s = 0;
  double work_ms = 0;  // of all threads, per frame
};

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
  // The window's contents are lost.
  void expose() { is_changed_ = true; }
  // Of a level or a muscle by its name. @throws BadInput if the run does not have it.
  void pick(const std::string& name);
  // The window as it is, as a PNG file. @throws BadInput if it cannot be written.
  void save(const std::string& path);
  // The runner as now seen, in full quality and without the window's own line and words.
  Picture take_still();

  Stage& get_stage() { return stage_; }
  // Of the curve that is shown, "L4/L5: Disc compression [N]"; empty: none.
  std::string get_curve_title() const { return panel_.get_title(); }
  bool is_moving() const { return was_moving_; }
  int get_frames() const { return frames_; }
  double get_seconds() const;
  FrameRate measure_steady_rate() const;

 private:
  using Clock = std::chrono::steady_clock;

  void draw(bool is_moving);
  void show();
  void set_camera(const CameraChoice& camera);
  std::array<int, 2> get_size();
  void fit();
  std::vector<Moment> calc_present() const;
  PickedCurves build_curves(const std::string& name, bool is_disc) const;
  void show_curve(const std::string& name, bool is_disc);
  void save_still();
  void move_to(double time);
  double measure_rate();
  void update_status();

  std::vector<const RunRecord*> runs_;
  MeshCache cache_;
  StageOptions options_;
  ViewerOptions viewer_;
  double slow_;
  double stride_;  // s; 0: one instant, which does not play
  bool is_playing_;
  Stage stage_;
  CurvePanel panel_;
  unsigned layers_ = 0;
  std::string note_;                   // beside the state of the player
  std::string close_level_ = "L5_S1";  // for the camera of one disc
  std::array<int, 2> size_{};
  bool is_changed_ = true;
  bool was_moving_ = false;
  bool has_help_ = false;
  double time_ = 0;
  int frames_ = 0;
  int status_frames_ = 0;  // when the status was last written
  Clock::time_point start_;
  Clock::time_point last_;
  Clock::time_point status_;
  Clock::time_point steady_;  // when the first frames were over
  std::clock_t steady_work_ = 0;
  Clock::time_point turned_;  // when the mouse last moved the camera
  Clock::time_point words_;   // when numbers were last written
};

}  // namespace lumbarun::viz
