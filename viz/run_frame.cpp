#include "viz/run_frame.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

Vector3d get_foot_vector(const std::vector<double>& values, const RunRecord& record, std::size_t sample,
                         std::size_t foot) {
  return Vector3d(&values[(sample * record.names.feet.size() + foot) * 3]);
}

Vector3d calc_normal(const RunRecord& record) {
  const double grade = deg_to_rad(record.header.grade_deg), camber = deg_to_rad(record.header.camber_deg);
  return {-std::sin(grade) * std::cos(camber), std::cos(grade) * std::cos(camber), std::sin(camber)};
}

}  // namespace

RunFrame::RunFrame(const RunRecord& record, std::size_t sample) : record_(record), sample_(sample) {
  LUMBARUN_THROW_UNLESS(!record.time.empty(), "the run has no motion to draw (status: {})",
                        record.header.status);
  LUMBARUN_DEMAND(sample < record.time.size());
  LUMBARUN_THROW_UNLESS(has_poses(record, sample), "the run's poses are undefined at {} s",
                        record.time[sample]);
}

double RunFrame::calc_phase() const {
  const double duration = record_.time.back();
  return duration > 0 ? get_time() / duration : 0.0;
}

Pose RunFrame::calc_pose(const std::string& body) const {
  const auto& names = record_.names.bodies;
  const auto found = std::find(names.begin(), names.end(), body);
  LUMBARUN_THROW_UNLESS(found != names.end(), "/motion has no body '{}', which the picture needs", body);
  const std::size_t row = sample_ * names.size() + static_cast<std::size_t>(found - names.begin());
  const double* q = &record_.motion.body_quaternion[row * 4];
  return {Eigen::Quaterniond(q[0], q[1], q[2], q[3]).normalized().toRotationMatrix(),
          Vector3d(&record_.motion.body_position[row * 3])};
}

std::optional<Vector3d> RunFrame::find_ground_force(Side side) const {
  return viz::find_ground_force(record_, sample_, side);
}

std::optional<Vector3d> RunFrame::find_center_of_pressure(Side side) const {
  return viz::find_center_of_pressure(record_, sample_, side);
}

std::optional<Vector3d> find_ground_force(const RunRecord& record, std::size_t sample, Side side) {
  const auto foot = find_foot(record, side);
  if (!foot || record.ground.force.empty()) return std::nullopt;
  const Vector3d force = get_foot_vector(record.ground.force, record, sample, *foot);
  if (!force.allFinite()) return std::nullopt;
  return force;
}

std::optional<Vector3d> find_center_of_pressure(const RunRecord& record, std::size_t sample, Side side) {
  const auto foot = find_foot(record, side);
  if (!foot || record.ground.center_of_pressure.empty()) return std::nullopt;
  const Vector3d center = get_foot_vector(record.ground.center_of_pressure, record, sample, *foot);
  if (!center.allFinite()) return std::nullopt;
  return center;
}

bool has_poses(const RunRecord& record, std::size_t sample) {
  const std::size_t bodies = record.names.bodies.size();
  const auto is_finite = [](const std::vector<double>& values, std::size_t first, std::size_t count) {
    return values.size() >= first + count && std::all_of(values.begin() + static_cast<long>(first),
                                                         values.begin() + static_cast<long>(first + count),
                                                         [](double value) { return std::isfinite(value); });
  };
  return bodies > 0 && is_finite(record.motion.body_position, sample * bodies * 3, bodies * 3) &&
         is_finite(record.motion.body_quaternion, sample * bodies * 4, bodies * 4);
}

std::size_t find_first_sample(const RunRecord& record) {
  for (std::size_t i = 0; i < record.time.size(); ++i) {
    if (has_poses(record, i)) return i;
  }
  throw BadInput(fmt::format("the run has no motion to draw (status: {})", record.header.status));
}

double calc_body_weight(const RunRecord& record) {
  const double weight = record.header.body_mass_kg * record.header.gravity_m_s2;
  LUMBARUN_THROW_UNLESS(weight > 0, "the run does not tell body mass and gravity (root attributes)");
  return weight;
}

std::optional<std::size_t> find_foot(const RunRecord& record, Side side) {
  const std::string word = side == Side::kRight ? "right" : "left";
  const auto is_wanted = [&](const std::string& name) {
    return name == word || name == word.substr(0, 1) || name.ends_with(get_suffix(side)) ||
           name.starts_with(word + "_") || name.ends_with("_" + word);
  };
  const auto& feet = record.names.feet;
  const auto found = std::find_if(feet.begin(), feet.end(), is_wanted);
  if (found == feet.end()) return std::nullopt;
  return static_cast<std::size_t>(found - feet.begin());
}

std::string get_status_note(const RunRecord& record, std::size_t length) {
  const std::string& status = record.header.status;
  if (status == "ok") return "";
  if (status.size() <= length) return status;
  return status.substr(0, status.rfind(' ', length - 3)) + " ...";
}

std::size_t find_sample_at_time(const RunRecord& record, double time_s) {
  const auto& time = record.time;
  LUMBARUN_THROW_UNLESS(!time.empty(), "the run has no motion to draw (status: {})", record.header.status);
  LUMBARUN_THROW_UNLESS(time_s >= time.front() && time_s <= time.back(),
                        "time {} s lies outside the run, {} to {} s", time_s, time.front(), time.back());
  const auto after = std::lower_bound(time.begin(), time.end(), time_s);
  const auto index = static_cast<std::size_t>(after - time.begin());
  return index > 0 && time_s - time[index - 1] < time[index] - time_s ? index - 1 : index;
}

std::size_t find_mid_stance_sample(const RunRecord& record) {
  const auto foot = find_foot(record, Side::kRight);
  if (!foot || record.ground.force.empty()) return 0;
  const Vector3d normal = calc_normal(record);
  std::size_t best = 0;
  double peak = 0;
  for (std::size_t i = 0; i < record.time.size(); ++i) {
    const double force = get_foot_vector(record.ground.force, record, i, *foot).dot(normal);
    if (force > peak) {
      peak = force;
      best = i;
    }
  }
  return best;
}

GroundPlane calc_ground_plane(const RunRecord& record) {
  const Vector3d normal = calc_normal(record);
  std::vector<double> heights;
  for (std::size_t i = 0; i < record.time.size(); ++i) {
    for (std::size_t foot = 0; foot < record.names.feet.size() && !record.ground.center_of_pressure.empty();
         ++foot) {
      const Vector3d center = get_foot_vector(record.ground.center_of_pressure, record, i, foot);
      if (center.allFinite()) heights.push_back(center.dot(normal));
    }
  }
  if (heights.empty()) return {Vector3d::Zero(), normal};
  std::nth_element(heights.begin(), heights.begin() + static_cast<long>(heights.size() / 2), heights.end());
  return {heights[heights.size() / 2] * normal, normal};
}

}  // namespace lumbarun::viz
