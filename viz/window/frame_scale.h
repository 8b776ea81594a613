// How finely the window draws while it moves: as finely as 30 frames in a second allow.
#pragma once

namespace lumbarun::viz {

class FrameScale {
 public:
  // Pixels drawn per pixel of the window, along each side.
  double get() const { return kScales[step_]; }
  // How long one frame took at this scale, s.
  void add_frame(double duration_s);

 private:
  static constexpr double kScales[] = {1.0, 0.8, 0.65, 0.5};
  static constexpr int kLast = 3;
  static constexpr int kFramesPerChange = 8;  // of which the mean is taken
  static constexpr double kTooLong = 0.031;   // s
  // A finer picture takes up to (1 / 0.8)² to (0.65 / 0.5)² times as long and must still not be too long.
  static constexpr double kShort = 0.016;

  int step_ = 0;
  int frames_ = 0;
  double sum_ = 0;
};

inline void FrameScale::add_frame(double duration_s) {
  sum_ += duration_s;
  if (++frames_ < kFramesPerChange) return;
  const double mean = sum_ / frames_;
  if (mean > kTooLong && step_ < kLast) ++step_;
  if (mean < kShort && step_ > 0) --step_;
  frames_ = 0;
  sum_ = 0;
}

}  // namespace lumbarun::viz
