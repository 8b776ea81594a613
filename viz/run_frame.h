// One instant of a run, as the pictures need it.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <optional>
#include <string>

#include "sim/results/run_record.h"

namespace lumbarun::viz {

struct Pose {
  Eigen::Matrix3d R;  // R_WB
  Eigen::Vector3d p;  // p_WB, m

  Eigen::Vector3d to_world(const Eigen::Vector3d& p_B) const { return R * p_B + p; }
  Eigen::Vector3d to_body(const Eigen::Vector3d& p_W) const { return R.transpose() * (p_W - p); }
};

// The ground: p with (p − point)·normal = 0.
struct GroundPlane {
  Eigen::Vector3d point;
  Eigen::Vector3d normal;

  double calc_height(const Eigen::Vector3d& p) const { return (p - point).dot(normal); }
};

enum class Side { kRight, kLeft };
inline const char* get_suffix(Side side) { return side == Side::kRight ? "_r" : "_l"; }

class RunFrame {
 public:
  // @throws BadInput if the run has no such sample, or its poses are undefined there.
  RunFrame(const RunRecord& record, std::size_t sample);

  const RunRecord& get_record() const { return record_; }
  std::size_t get_sample() const { return sample_; }
  double get_time() const { return record_.time[sample_]; }
  // 0 at right foot contact, 1 at the next one.
  double calc_phase() const;

  // @throws BadInput naming the body if the run does not have it.
  Pose calc_pose(const std::string& body) const;
  Pose calc_pose(const std::string& body, Side side) const { return calc_pose(body + get_suffix(side)); }

  // Ground force on one foot, N; empty if the run has no such foot.
  std::optional<Eigen::Vector3d> find_ground_force(Side side) const;
  // Empty where it is undefined.
  std::optional<Eigen::Vector3d> find_center_of_pressure(Side side) const;

 private:
  const RunRecord& record_;
  std::size_t sample_;
};

// The same without a frame, so also where the poses are undefined.
std::optional<Eigen::Vector3d> find_ground_force(const RunRecord& record, std::size_t sample, Side side);
std::optional<Eigen::Vector3d> find_center_of_pressure(const RunRecord& record, std::size_t sample,
                                                       Side side);

// True if all poses are defined at this sample.
bool has_poses(const RunRecord& record, std::size_t sample);
// A posture: one sample, no stride.
inline bool is_one_instant(const RunRecord& record) { return record.time.size() == 1; }
// The first sample with poses. @throws BadInput if there is none.
std::size_t find_first_sample(const RunRecord& record);
// Body weight, N. @throws BadInput if the file does not tell it.
double calc_body_weight(const RunRecord& record);
// Index of the foot in /foot: "right", "r", "calcn_r" and the like.
std::optional<std::size_t> find_foot(const RunRecord& record, Side side);
// The status for a picture's caption, shortened to `length` letters; empty if the run is `ok`.
std::string get_status_note(const RunRecord& record, std::size_t length);
// Nearest sample. @throws BadInput outside the run's time.
std::size_t find_sample_at_time(const RunRecord& record, double time_s);
// Sample of the largest force along the ground's normal on the right foot; 0 if there is none.
std::size_t find_mid_stance_sample(const RunRecord& record);
// Through the centers of pressure, tilted by the grade.
GroundPlane calc_ground_plane(const RunRecord& record);

}  // namespace lumbarun::viz
