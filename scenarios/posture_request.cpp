#include "scenarios/posture_request.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr const char* kSides[] = {"_r", "_l"};
constexpr double kGripOverCenter = 2.0;  // distance of grip over that of the centre of mass, from the elbow
constexpr double kReachMargin = 0.005;   // m

// Ischial tuberosity from the hip joint, behind, below and inside (m at 1.75 m, estimates after imaging atlases), and where
// the seat bears the thigh: part of the way from hip to knee (estimate).
const Vector3<double> kIschium = {-0.03, -0.08, -0.025};
constexpr double kThighShare = 0.5;
// Thigh's half thickness: a load must stay above it (estimate).
constexpr double kThighRadius = 0.07;  // m

void set(const Model& model, const std::string& coordinate, double degrees, Eigen::VectorXd& q) {
  q[model.get_coordinate(coordinate)] = deg_to_rad(degrees);
}

void set_trunk(const PostureKeys& keys, const GaitNorm& norm, const Runner& runner, Eigen::VectorXd& q) {
  for (int level = 0; level < kLevelCount; ++level) {
    const auto& axes = runner.discs[level].axes;
    q[axes[0].coordinate] =
        deg_to_rad(-keys.lumbar_flexion_deg * norm.lumbar_share(LumbarAxis::kExtension)[level]);
    q[axes[1].coordinate] =
        deg_to_rad(keys.lumbar_bending_deg * norm.lumbar_share(LumbarAxis::kBending)[level]);
    q[axes[2].coordinate] =
        deg_to_rad(keys.lumbar_rotation_deg * norm.lumbar_share(LumbarAxis::kRotation)[level]);
  }
}

Eigen::VectorXd calc_angles(const PostureKeys& keys, const GaitNorm& norm, const Runner& runner) {
  const Model& model = runner.model;
  Eigen::VectorXd q = Eigen::VectorXd::Zero(model.coordinate_count());
  set(model, "pelvis_tilt", -keys.pelvis_tilt_deg, q);
  set_trunk(keys, norm, runner, q);
  const double thigh = keys.seat ? keys.thigh_elevation_deg : 0.5 * keys.knee_flexion_deg;
  for (const std::string side : kSides) {
    set(model, "hip_flexion" + side, keys.pelvis_tilt_deg + thigh, q);
    set(model, "knee_angle" + side, keys.knee_flexion_deg, q);
    set(model, "ankle_angle" + side, keys.knee_flexion_deg - thigh, q);
    set(model, "arm_flex" + side, keys.pelvis_tilt_deg + keys.lumbar_flexion_deg + keys.arm_elevation_deg, q);
    set(model, "elbow_flex" + side, keys.elbow_flexion_deg, q);
  }
  return q;
}

// Sagittal place of the hands' middle from mid-disc L5/S1.
class Reach {
 public:
  Reach(const Runner& runner, const Eigen::VectorXd& q) : runner_(runner), data_(runner.model), q_(q) {
    for (int side = 0; side < 2; ++side) grip_[side] = get_grip(runner, side);
    update_positions(runner.model, data_, q_.data());
    const Vector3<double> shoulder = get_link("arm_rot_r").p_WL, elbow = get_link("elbow_flex_r").p_WL;
    const Vector3<double> hand = calc_position(data_, grip_[0].link, grip_[0].p_LP);
    upper_ = std::hypot((elbow - shoulder).x, (elbow - shoulder).y);
    lower_ = std::hypot((hand - elbow).x, (hand - elbow).y);
    shoulder_ = shoulder;
  }

  Vector3<double> get_lumbosacral_joint() const {
    return data_.link[runner_.discs[kLevelCount - 1].axes[2].coordinate].p_WL;
  }

  // Arm flexion and elbow flexion that bring the hands to a point.
  void solve(const Vector3<double>& target, Eigen::VectorXd& q) {
    const Vector3<double> way = target - shoulder_;
    const double distance = std::hypot(way.x, way.y), longest = upper_ + lower_ - kReachMargin;
    LUMBARUN_THROW_UNLESS(
        distance <= longest,
        "posture.load_forward_mm, posture.load_up_mm: the load is {:.0f} mm from the shoulders, "
        "the arms reach {:.0f} mm; nearest: {:.0f} mm closer",
        1e3 * distance, 1e3 * longest, 1e3 * (distance - longest));
    const double bend = (distance * distance - upper_ * upper_ - lower_ * lower_) / (2.0 * upper_ * lower_);
    Eigen::VectorXd x(2);
    x[1] = std::acos(std::clamp(bend, -1.0, 1.0));
    x[0] = q[get("arm_flex_r")] + std::atan2(way.x, -way.y) - hanging_angle() - 0.5 * x[1];
    const Equations miss = [&](const Eigen::VectorXd& arm) { return calc_miss(target, arm); };
    const NewtonSummary found =
        solve_newton(miss, Eigen::VectorXd::Constant(2, 0.2), x, {.tolerance = 1e-9, .difference = 1e-6});
    LUMBARUN_THROW_UNLESS(
        found.is_converged,
        "posture.load_forward_mm, posture.load_up_mm: the arms do not reach the load; the hands "
        "stay {:.0f} mm away",
        1e3 * found.largest_residual);
    calc_miss(target, x);
    q = q_;
  }

 private:
  CoordinateIndex get(const std::string& name) const { return runner_.model.get_coordinate(name); }
  const LinkState<double>& get_link(const std::string& name) const { return data_.link[get(name)]; }

  // Of the upper arm in the world, from straight down, in the posture as it came.
  double hanging_angle() const {
    const Vector3<double> arm = get_link("elbow_flex_r").p_WL - shoulder_;
    return std::atan2(arm.x, -arm.y);
  }

  Eigen::VectorXd calc_miss(const Vector3<double>& target, const Eigen::VectorXd& arm) {
    Vector3<double> middle;
    for (const std::string side : kSides) {
      q_[get("arm_flex" + side)] = arm[0];
      q_[get("elbow_flex" + side)] = arm[1];
    }
    update_positions(runner_.model, data_, q_.data());
    for (const LinkPoint& grip : grip_) middle += calc_position(data_, grip.link, grip.p_LP) * 0.5;
    return Eigen::Vector2d(middle.x - target.x, middle.y - target.y);
  }

  const Runner& runner_;
  Data<double> data_;
  Eigen::VectorXd q_;
  std::array<LinkPoint, 2> grip_;
  Vector3<double> shoulder_;
  double upper_ = 0.0, lower_ = 0.0;  // m, across Z
};

void check_load_place(const PostureKeys& keys, const Runner& runner, const Eigen::VectorXd& q,
                      const Vector3<double>& load) {
  if (!keys.seat) return;
  Data<double> data(runner.model);
  update_positions(runner.model, data, q.data());
  const Vector3<double> hip = data.link[runner.legs[0].hip].p_WL, knee = data.link[runner.legs[0].knee].p_WL;
  const double share = std::clamp((load.x - hip.x) / std::max(1e-6, knee.x - hip.x), 0.0, 1.0);
  const double top = hip.y + share * (knee.y - hip.y) + kThighRadius;
  LUMBARUN_THROW_UNLESS(
      load.x > knee.x || load.y > top,
      "posture.load_up_mm = {}: on a seat this load would be inside the thighs; nearest: {:.0f} mm",
      keys.load_up_mm, keys.load_up_mm + 1e3 * (top - load.y));
}

void hold_load(const PostureKeys& keys, Runner& runner, Eigen::VectorXd& q) {
  Reach reach(runner, q);
  const Vector3<double> load =
      reach.get_lumbosacral_joint() + Vector3<double>{keys.load_forward_mm, keys.load_up_mm, 0.0} * 1e-3;
  check_load_place(keys, runner, q, load);
  reach.solve(load, q);
  const Vector3<double> half = {0.0, -0.5 * keys.load_kg * runner.model.gravity, 0.0};
  for (int side = 0; side < 2; ++side) {
    const LinkPoint grip = get_grip(runner, side);
    runner.point_forces.push_back({grip.link, grip.p_LP, half});
  }
}

Seat build_seat(const PostureKeys& keys, const Runner& runner) {
  const Model& model = runner.model;
  Seat seat;
  seat.foot_share = keys.foot_share;
  const CoordinateIndex pelvis = model.body(model.get_body("pelvis")).link;
  for (int side = 0; side < 2; ++side) {
    const double outward = side == 0 ? 1.0 : -1.0;
    const CoordinateIndex hip = runner.legs[side].hip, knee = runner.legs[side].knee;
    Vector3<double> ischium = kIschium;
    ischium.z *= outward;
    seat.ischium[side] = {pelvis, model.link(hip).X_PF.translation + ischium};
    seat.thigh[side] = {model.link(knee).parent, model.link(knee).X_PF.translation * kThighShare};
  }
  return seat;
}

}  // namespace

LinkPoint get_grip(const Runner& runner, int side) {
  const CoordinateIndex elbow = runner.model.get_coordinate(std::string("elbow_flex") + kSides[side]);
  return {elbow, runner.model.link(elbow).inertia.center_of_mass * kGripOverCenter};
}

EquilibriumRequest build_posture_request(const PostureKeys& keys, const GaitNorm& norm, Runner& runner) {
  EquilibriumRequest request;
  request.q = calc_angles(keys, norm, runner);
  request.center_of_pressure = 1e-3 * keys.center_of_pressure_mm;
  if (keys.load_kg > 0.0) hold_load(keys, runner, request.q);
  if (keys.seat) request.seat = build_seat(keys, runner);
  return request;
}

}  // namespace lumbarun
