#include "tests/viz/synthetic_run.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <numbers>

namespace lumbarun::test {
namespace {

using Eigen::Isometry3d;
using Eigen::Vector3d;

constexpr double kStride = 0.70;        // s
constexpr double kContactShare = 0.33;  // of the stride
constexpr double kMass = 70.0;          // kg
constexpr double kGravity = 9.80665;    // m/s²
constexpr double kSpeed = 3.3;          // m/s
constexpr double kSole = 0.060;         // heel frame to outsole, m
constexpr double kRad = std::numbers::pi / 180.0;

// Angles in degrees at tenths of the stride from the leg's own contact.
using Cycle = std::array<double, 10>;
constexpr Cycle kHip = {34, 24, 8, -8, -8, 10, 32, 45, 47, 42};
constexpr Cycle kKnee = {14, 38, 36, 20, 32, 68, 95, 98, 62, 18};
constexpr Cycle kAnkle = {4, 18, 20, -16, -18, -8, 2, 4, 4, 5};
constexpr Cycle kToes = {0, 0, 8, 28, 6, 0, 0, 0, 0, 4};

// Periodic Catmull-Rom.
double calc_angle(const Cycle& cycle, double phase) {
  const double x = (phase - std::floor(phase)) * 10;
  const int i = static_cast<int>(x) % 10;
  const double t = x - std::floor(x);
  const auto at = [&](int k) { return cycle[static_cast<std::size_t>((k + 10) % 10)]; };
  const double a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

Isometry3d build_joint(const Vector3d& offset, double x_deg, double y_deg, double z_deg) {
  Isometry3d X = Isometry3d::Identity();
  X.translate(offset);
  X.rotate(Eigen::AngleAxisd(z_deg * kRad, Vector3d::UnitZ()));
  X.rotate(Eigen::AngleAxisd(x_deg * kRad, Vector3d::UnitX()));
  X.rotate(Eigen::AngleAxisd(y_deg * kRad, Vector3d::UnitY()));
  return X;
}

using Poses = std::map<std::string, Isometry3d>;

void pose_spine(Poses& poses, double phase, double s) {
  const double twist = 6 * std::sin(2 * std::numbers::pi * phase);
  const auto turn = [&](double share) { return twist * share / 6; };
  poses["sacrum"] = poses["pelvis"] * build_joint(s * Vector3d(0.01, -0.017, 0), 0, 0, -39);
  poses["L5"] = poses["sacrum"] * build_joint(s * Vector3d(-0.120842, -0.006496, 0), 0, turn(1), 21.6);
  poses["L4"] = poses["L5"] * build_joint(s * Vector3d(0.0007, 0.0312, 0), 0, turn(1), 12.7);
  poses["L3"] = poses["L4"] * build_joint(s * Vector3d(-0.0026, 0.0319, 0), 0, turn(1), 9.1);
  poses["L2"] = poses["L3"] * build_joint(s * Vector3d(-0.0056, 0.0317, 0), 0, turn(1), 5.9);
  poses["L1"] = poses["L2"] * build_joint(s * Vector3d(-0.0054, 0.0264, 0), 0, turn(1), 1.2);
  const double upright = -(-39 + 50.5);
  poses["thorax"] = poses["L1"] * build_joint(s * Vector3d(-0.0003, 0.0286, 0), 0, turn(8), upright - 1) *
                    build_joint(s * Vector3d(0.0085, -0.118, 0), 0, 0, 0);
}

void pose_leg(Poses& poses, const std::string& suffix, double side, double phase, double s, double sway) {
  const auto get = [&](const char* body) -> Isometry3d& { return poses[body + suffix]; };
  get("femur") = poses["pelvis"] * build_joint(s * Vector3d(-0.0707, -0.0661, 0.0835 * side), 4 * side, 0,
                                               sway * calc_angle(kHip, phase) + 8 * sway);
  get("tibia") =
      get("femur") * build_joint(s * Vector3d(-0.0045, -0.4045, 0), 0, 0, -sway * calc_angle(kKnee, phase));
  get("talus") =
      get("tibia") * build_joint(s * Vector3d(-0.01, -0.40, 0), 0, 0, sway * calc_angle(kAnkle, phase));
  get("calcn") =
      get("talus") * build_joint(s * Vector3d(-0.04877, -0.04195, 0.00792 * side), -3 * side, 0, 0);
  get("toes") = get("calcn") * build_joint(s * Vector3d(0.1788, -0.002, 0.00108 * side), 0, 0,
                                           sway * calc_angle(kToes, phase));
}

void pose_arm(Poses& poses, const std::string& suffix, double side, double phase, double s, double sway) {
  const double swing = -28 * std::cos(2 * std::numbers::pi * (phase - 0.85)) - 6;
  poses["humerus" + suffix] =
      poses["thorax"] * build_joint(s * Vector3d(0.003155, 0.3715, 0.17 * side), -14 * side, 0, sway * swing);
  poses["ulna" + suffix] =
      poses["humerus" + suffix] *
      build_joint(s * Vector3d(0.013144, -0.286273, -0.009595 * side), 0, 18 * side, sway * 88 + 4);
}

double calc_lowest_sole(const Poses& poses, double s) {
  double lowest = std::numeric_limits<double>::infinity();
  for (const char* suffix : {"_r", "_l"}) {
    for (double x : {-0.01, 0.10, 0.17}) {
      lowest = std::min(lowest, (poses.at(std::string("calcn") + suffix) * (s * Vector3d(x, -kSole, 0))).y());
    }
    lowest = std::min(lowest, (poses.at(std::string("toes") + suffix) * (s * Vector3d(0.06, -kSole, 0))).y());
  }
  return lowest;
}

Poses calc_poses(double phase, const SyntheticRunOptions& options) {
  const double s = options.scale;
  const double sway = options.sway_scale;
  Poses poses;
  poses["pelvis"] = build_joint({kSpeed * kStride * phase, 0.9, 0}, 0,
                                -5 * sway * std::cos(2 * std::numbers::pi * phase), -7 * sway);
  pose_spine(poses, phase, s);
  pose_leg(poses, "_r", 1, phase, s, sway);
  pose_leg(poses, "_l", -1, phase + 0.5, s, sway);
  pose_arm(poses, "_r", 1, phase, s, sway);
  pose_arm(poses, "_l", -1, phase + 0.5, s, sway);
  // On the ground in stance, a little above it in flight.
  const double step = std::fmod(phase, 0.5);
  const double flight = std::max(0.0, (step - kContactShare) / (0.5 - kContactShare));
  const double lift = 0.03 * sway * 4 * flight * (1 - flight) - calc_lowest_sole(poses, s);
  for (auto& [name, X] : poses) X.pretranslate(Vector3d(0, lift, 0));
  return poses;
}

struct MuscleLine {
  const char* name;
  double force;  // N
  double peak;   // phase of the largest activation
  std::vector<std::pair<const char*, Vector3d>>
      points;  // right side; bodies without suffix take "_r" where they have one
};

std::vector<MuscleLine> build_muscle_lines() {
  return {
      {"psoas",
       800,
       0.45,
       {{"L2", {-0.004, 0.012, 0.024}},
        {"pelvis", {-0.025, -0.060, 0.075}},
        {"femur", {-0.018, -0.060, 0.012}}}},
      {"iliacus",
       1000,
       0.45,
       {{"pelvis", {-0.080, 0.040, 0.100}},
        {"pelvis", {-0.022, -0.055, 0.085}},
        {"femur", {-0.018, -0.062, 0.014}}}},
      {"erector_spinae",
       1200,
       0.12,
       {{"sacrum", {-0.165, 0.030, 0.020}},
        {"L3", {-0.058, 0.02, 0.028}},
        {"thorax", {-0.085, 0.26, 0.035}}}},
      {"multifidus",
       500,
       0.10,
       {{"sacrum", {-0.160, -0.01, 0.016}}, {"L4", {-0.052, 0.0, 0.010}}, {"L2", {-0.052, 0.006, 0.006}}}},
      {"quadratus_lumborum",
       400,
       0.1,
       {{"pelvis", {-0.105, 0.075, 0.095}},
        {"L3", {-0.018, 0.015, 0.045}},
        {"thorax", {-0.05, 0.13, 0.055}}}},
      {"rectus_abdominis",
       600,
       0.3,
       {{"pelvis", {-0.015, -0.085, 0.015}},
        {"thorax", {0.085, 0.06, 0.035}},
        {"thorax", {0.088, 0.20, 0.030}}}},
      {"external_oblique",
       600,
       0.35,
       {{"pelvis", {0.0, 0.02, 0.115}}, {"thorax", {0.045, 0.11, 0.115}}, {"thorax", {0.02, 0.20, 0.130}}}},
      {"gluteus_maximus",
       2500,
       0.05,
       {{"pelvis", {-0.145, 0.03, 0.06}},
        {"pelvis", {-0.155, -0.06, 0.085}},
        {"femur", {-0.025, -0.08, 0.048}}}},
      {"gluteus_medius", 2000, 0.12, {{"pelvis", {-0.07, 0.07, 0.128}}, {"femur", {-0.018, -0.006, 0.065}}}},
      {"rectus_femoris",
       1900,
       0.1,
       {{"pelvis", {-0.02, -0.035, 0.098}},
        {"femur", {0.04, -0.25, 0.02}},
        {"tibia", {0.045, 0.02, 0.0}},
        {"tibia", {0.038, -0.055, 0.0}}}},
      {"vastus_lateralis",
       5000,
       0.1,
       {{"femur", {0.02, -0.17, 0.05}},
        {"femur", {0.03, -0.32, 0.035}},
        {"tibia", {0.045, 0.02, 0.012}},
        {"tibia", {0.038, -0.055, 0.004}}}},
      {"vastus_medialis",
       2700,
       0.1,
       {{"femur", {0.03, -0.20, 0.015}},
        {"femur", {0.035, -0.33, -0.01}},
        {"tibia", {0.043, 0.02, -0.012}},
        {"tibia", {0.038, -0.055, -0.004}}}},
      {"semimembranosus",
       2200,
       0.95,
       {{"pelvis", {-0.112, -0.135, 0.065}},
        {"tibia", {-0.035, -0.02, -0.022}},
        {"tibia", {-0.015, -0.06, -0.02}}}},
      {"biceps_femoris",
       1900,
       0.95,
       {{"pelvis", {-0.115, -0.132, 0.060}},
        {"tibia", {-0.038, -0.02, 0.03}},
        {"tibia", {-0.02, -0.06, 0.036}}}},
      {"adductor_magnus", 1500, 0.05, {{"pelvis", {-0.09, -0.135, 0.045}}, {"femur", {0.005, -0.22, 0.02}}}},
      {"gastrocnemius",
       3000,
       0.18,
       {{"femur", {-0.02, -0.385, -0.02}},
        {"tibia", {-0.045, -0.10, -0.015}},
        {"calcn", {0.002, 0.03, -0.004}}}},
      {"soleus",
       5000,
       0.18,
       {{"tibia", {-0.02, -0.10, 0.01}}, {"tibia", {-0.042, -0.24, 0.0}}, {"calcn", {0.002, 0.03, -0.004}}}},
      {"tibialis_anterior",
       1300,
       0.8,
       {{"tibia", {0.018, -0.12, 0.012}},
        {"tibia", {0.025, -0.36, -0.008}},
        {"calcn", {0.115, 0.02, -0.03}}}},
      {"latissimus",
       700,
       0.6,
       {{"L3", {-0.055, 0.0, 0.008}},
        {"thorax", {-0.095, 0.21, 0.095}},
        {"humerus", {-0.003, -0.02, -0.005}}}},
      {"deltoid",
       1100,
       0.6,
       {{"thorax", {-0.01, 0.40, 0.165}},
        {"humerus", {0.010, -0.02, 0.034}},
        {"humerus", {0.008, -0.13, 0.012}}}},
      {"biceps",
       800,
       0.5,
       {{"thorax", {0.020, 0.385, 0.135}},
        {"humerus", {0.030, -0.15, 0.0}},
        {"ulna", {0.006, -0.045, 0.018}}}},
      {"triceps",
       1000,
       0.2,
       {{"humerus", {-0.014, -0.04, 0.0}},
        {"humerus", {-0.022, -0.18, 0.0}},
        {"ulna", {-0.024, 0.012, 0.0}}}},
  };
}

void add_muscle_names(RunRecord& record) {
  for (const auto& [suffix, side] : {std::pair{"_r", "right"}, {"_l", "left"}}) {
    for (const MuscleLine& line : build_muscle_lines()) {
      record.names.muscles.push_back(std::string(line.name) + suffix);
      record.names.muscle_groups.push_back(line.name);
      record.names.muscle_sides.push_back(side);
      record.muscles.max_isometric_force.push_back(line.force);
      record.muscles.path_row_size.push_back(static_cast<int>(line.points.size()));
    }
  }
}

void append(std::vector<double>& values, const Vector3d& v) {
  values.insert(values.end(), v.data(), v.data() + 3);
}

void append_muscles(RunRecord& record, const Poses& poses, double phase, double scale) {
  for (const auto& [suffix, side, shift] : {std::tuple{"_r", 1.0, 0.0}, {"_l", -1.0, 0.5}}) {
    for (const MuscleLine& line : build_muscle_lines()) {
      const double activation =
          0.06 +
          0.80 * std::pow(0.5 + 0.5 * std::cos(2 * std::numbers::pi * (phase + shift - line.peak)), 3.0);
      record.muscles.activation.push_back(activation);
      record.muscles.force.push_back(activation * line.force);
      double length = 0;
      Vector3d before = Vector3d::Zero();
      for (std::size_t i = 0; i < line.points.size(); ++i) {
        const auto& [body, point] = line.points[i];
        const auto sided = poses.find(std::string(body) + suffix);
        const Isometry3d& X = sided != poses.end() ? sided->second : poses.at(body);
        const Vector3d p = X * (scale * Vector3d(point.x(), point.y(), side * point.z()));
        append(record.muscles.path_point, p);
        if (i > 0) length += (p - before).norm();
        before = p;
      }
      record.muscles.path_length.push_back(length);
      record.muscles.fiber_length.push_back(0.6 * length);
    }
  }
}

// Half a sine with an early shoulder, in body weights.
double calc_vertical_force(double phase) {
  const double s = (phase - std::floor(phase)) / kContactShare;
  if (s <= 0 || s >= 1) return 0;
  return 2.45 * std::sin(std::numbers::pi * s) + 0.75 * std::exp(-std::pow((s - 0.14) / 0.06, 2.0));
}

void append_ground(RunRecord& record, const Poses& poses, double phase, double scale) {
  const double weight = kMass * kGravity;
  for (const auto& [suffix, shift] : {std::pair{"_r", 0.0}, {"_l", 0.5}}) {
    const double foot_phase = phase + shift - std::floor(phase + shift);
    const double vertical = calc_vertical_force(foot_phase);
    const double s = foot_phase / kContactShare;
    append(record.ground.force,
           weight * Vector3d(-0.32 * std::sin(2 * std::numbers::pi * s) * (vertical > 0), vertical, 0));
    Vector3d center = Vector3d::Constant(std::numeric_limits<double>::quiet_NaN());
    if (vertical > 0) {
      center = poses.at(std::string("calcn") + suffix) * (scale * Vector3d(0.02 + 0.19 * s, 0, 0));
      center.y() = 0;
    }
    append(record.ground.center_of_pressure, center);
    record.ground.free_moment.push_back(vertical > 0 ? 2.0 * std::sin(7 * s)
                                                     : std::numeric_limits<double>::quiet_NaN());
  }
}

void append_discs(RunRecord& record, double phase) {
  const double weight = kMass * kGravity;
  for (int level = 0; level < 6; ++level) {
    const double step = calc_vertical_force(phase) + calc_vertical_force(phase + 0.5);
    record.discs.compression.push_back(weight * (0.9 + 0.10 * level + (1.05 + 0.14 * level) * step));
    record.discs.anterior_shear.push_back(weight * (0.05 + 0.09 * level) * step);
    record.discs.lateral_shear.push_back(weight * 0.08 *
                                         std::sin(2 * std::numbers::pi * phase + 0.3 * level));
    record.discs.flexion_moment.push_back(6 * std::sin(4 * std::numbers::pi * phase + 0.2 * level));
    record.discs.lateral_bending_moment.push_back(5 * std::sin(2 * std::numbers::pi * phase));
    record.discs.axial_torque.push_back(4 * std::cos(2 * std::numbers::pi * phase));
  }
}

}  // namespace

RunRecord build_synthetic_run(const SyntheticRunOptions& options) {
  RunRecord record;
  record.header.title = "Synthetic runner";
  record.header.program_version = "test";
  record.header.body_mass_kg = kMass;
  record.header.gravity_m_s2 = kGravity;
  record.header.speed_m_s = kSpeed;
  record.names.levels = {"T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1"};
  record.names.feet = {"right", "left"};
  record.names.coordinates = {"pelvis_tx", "pelvis_ty"};
  record.names.coordinate_units = {"m", "m"};
  for (const auto& [name, X] : calc_poses(0, options)) record.names.bodies.push_back(name);
  add_muscle_names(record);
  for (int i = 0; i < options.samples; ++i) {
    const double phase = static_cast<double>(i) / std::max(1, options.samples - 1);
    const Poses poses = calc_poses(phase, options);
    record.time.push_back(phase * kStride);
    for (const auto& [name, X] : poses) {
      append(record.motion.body_position, X.translation());
      const Eigen::Quaterniond q(X.rotation());
      for (double value : {q.w(), q.x(), q.y(), q.z()}) record.motion.body_quaternion.push_back(value);
    }
    const Vector3d p = poses.at("pelvis").translation();
    for (auto* values : {&record.motion.q, &record.motion.u, &record.motion.generalized_force}) {
      values->push_back(p.x());
      values->push_back(p.y());
    }
    append_ground(record, poses, phase, options.scale);
    append_muscles(record, poses, phase, options.scale);
    append_discs(record, phase);
  }
  return record;
}

}  // namespace lumbarun::test
