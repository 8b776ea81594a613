#include "models/leg_shaper.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "models/stride_shape.h"
#include "sim/core/contracts.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {

namespace {

constexpr int kPhases = 96;      // per stride, at which the leg is solved
constexpr int kIterations = 12;  // of Gauss-Newton; it settles in 3 to 6
constexpr double kStep = 1e-6;   // rad, of difference quotients
constexpr double kRise = 0.2,
                 kFall = 0.1;     // of a stride, before and after touchdown: where the strike is turned
constexpr double kPlace = 0.005;  // m, and ...
constexpr double kTurn = 0.02;    // ... rad by which a foot may miss at the cost of
constexpr double kLargestLowering = 0.15;  // m
constexpr double kEffort = 1.0;            // rad of joint angle
constexpr double kStraight =
    6.0 * std::numbers::pi / 180.0;  // rad, knee flexion below which the leg counts as straight
constexpr double kStraightBlend = 0.02, kStraightScale = 0.005;  // rad

double softplus(double x) { return x > 30.0 ? x : std::log1p(std::exp(x)); }

double calc_strike_window(double phase) {
  if (phase < kFall) return 0.5 * (1.0 + std::cos(std::numbers::pi * phase / kFall));
  if (phase > 1.0 - kRise) return 0.5 * (1.0 + std::cos(std::numbers::pi * (1.0 - phase) / kRise));
  return 0.0;
}

// Half a sine over stance.
double calc_load_share(double phase, double stance) {
  return phase < stance ? std::sin(std::numbers::pi * phase / stance) : 0.0;
}

bool is_part(const ContactElement& element, const char* part, int foot) {
  return element.foot == foot && element.name.starts_with(part);
}

Vector3<double> calc_mean_position(const FootContact& contact, const Data<double>& data, const char* part,
                                   int foot) {
  Vector3<double> sum;
  int count = 0;
  for (const ContactElement& element : contact.elements) {
    if (!is_part(element, part, foot)) continue;
    sum += calc_position(data, element.link, element.p_LC);
    ++count;
  }
  LUMBARUN_DEMAND(count > 0);
  return sum * (1.0 / count);
}

// Adds the Fourier series of samples over one stride to a row.
void add_samples(const std::array<double, kPhases>& samples, PeriodicGait::Coefficients& row) {
  for (int k = 0; k < kPhases; ++k) {
    row[0] += samples[k] / kPhases;
    for (int h = 1; h <= kGaitHarmonics; ++h) {
      const double angle = 2.0 * std::numbers::pi * h * k / kPhases;
      row[2 * h - 1] += 2.0 / kPhases * samples[k] * std::cos(angle);
      row[2 * h] += 2.0 / kPhases * samples[k] * std::sin(angle);
    }
  }
}

}  // namespace

double calc_sole_angle(const Runner& runner, const Data<double>& data, int foot) {
  const Vector3<double>& normal = runner.contact.plane.normal;
  const Vector3<double> sole = calc_mean_position(runner.contact, data, "metatarsal", foot) -
                               calc_mean_position(runner.contact, data, "heel", foot);
  return std::asin(dot(sole, normal) / std::sqrt(dot(sole, sole)));
}

LegShaper::LegShaper(const Runner& runner, const GaitNorm& norm)
    : runner_(runner),
      sources_(find_sources(runner.model, norm)),
      rows_{norm.find("hip_flexion_r").row, norm.find("knee_angle_r").row, norm.find("ankle_angle_r").row},
      coordinates_{runner.legs[0].hip, runner.legs[0].knee, runner.legs[0].ankle},
      toe_row_(norm.find("mtp_angle_r").row),
      frontal_rows_{norm.find("hip_adduction_r").row, norm.find("subtalar_angle_r").row},
      frontal_coordinates_{runner.model.get_coordinate("hip_adduction_r"),
                           runner.model.get_coordinate("subtalar_angle_r")},
      height_row_(norm.find("pelvis_ty").row),
      height_(runner.model.get_coordinate("pelvis_ty")),
      data_(runner.model),
      q_(runner.model.coordinate_count()) {}

void LegShaper::update_pose(const PeriodicGait& gait, double phase) {
  for (int i = 0; i < q_.size(); ++i) q_[i] = sources_[i].share * gait.calc(sources_[i].row, phase);
  update_positions(runner_.model, data_, q_.data());
}

LegShaper::FootPlace LegShaper::calc_place(double slope) {
  const Vector3<double> hip = data_.link[coordinates_[0]].p_WL;
  const Vector3<double> ankle = data_.link[coordinates_[2]].p_WL;
  FootPlace place;
  place.ankle = ankle.x - hip.x;
  place.height = std::numeric_limits<double>::infinity();
  for (const ContactElement& element : runner_.contact.elements) {
    if (element.foot != 0) continue;
    const Vector3<double> p = calc_position(data_, element.link, element.p_LC);
    place.height = std::min(place.height, p.y - std::tan(slope) * (p.x - hip.x));
  }
  const Vector3<double> sole = calc_mean_position(runner_.contact, data_, "metatarsal", 0) -
                               calc_mean_position(runner_.contact, data_, "heel", 0);
  place.angle = std::asin(sole.y / std::sqrt(dot(sole, sole)));
  return place;
}

LegShaper::FootPlace LegShaper::calc_place(double slope, const Angles& change) {
  const Eigen::VectorXd kept = q_;
  for (int j = 0; j < 3; ++j) q_[coordinates_[j]] += change[j];
  update_positions(runner_.model, data_, q_.data());
  const FootPlace place = calc_place(slope);
  q_ = kept;
  return place;
}

// Smallest Σ (miss/tolerance)² + (straightness/scale)² + (change/effort)² from the pose in q_.
LegShaper::Angles LegShaper::solve_leg(double slope, const FootPlace& target) {
  using Residual = Eigen::Matrix<double, 7, 1>;
  const double knee = q_[coordinates_[1]];
  const auto calc_residual = [&](const Angles& change) {
    const FootPlace place = calc_place(slope, change);
    const double straightness = kStraightBlend * softplus((kStraight - knee - change[1]) / kStraightBlend);
    Residual r;
    r << (place.ankle - target.ankle) / kPlace, (place.height - target.height) / kPlace,
        (place.angle - target.angle) / kTurn, straightness / kStraightScale, change[0] / kEffort,
        change[1] / kEffort, change[2] / kEffort;
    return r;
  };
  Angles change{};
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    const Residual r = calc_residual(change);
    Eigen::Matrix<double, 7, 3> J;
    for (int j = 0; j < 3; ++j) {
      Angles moved = change;
      moved[j] += kStep;
      J.col(j) = (calc_residual(moved) - r) / kStep;
    }
    const Eigen::Vector3d step = (J.transpose() * J).ldlt().solve(J.transpose() * r);
    const double length = std::max(1.0, step.cwiseAbs().maxCoeff() / 0.1);  // at most 0.1 rad at once
    for (int j = 0; j < 3; ++j) change[j] -= step[j] / length;
  }
  return change;
}

// How far the hip comes down for the longest leg of the new stance to be as long as the longest of the norm's.
double LegShaper::calc_lowering(const LegRequest& request, const PeriodicGait& gait) {
  const PeriodicGait rise({request.rise});
  std::array<double, kPhases> ahead{}, above{};
  double norm_longest = 0.0;
  int count = 0;
  for (; count < kPhases && count < request.stance * kPhases; ++count) {
    const double phase = static_cast<double>(count) / kPhases;
    update_pose(gait, phase);
    const Vector3<double> leg = data_.link[coordinates_[2]].p_WL - data_.link[coordinates_[0]].p_WL;
    norm_longest = std::max(norm_longest, std::hypot(leg.x, leg.y));
    ahead[count] = request.reach * leg.x;
    above[count] = leg.y + std::tan(request.slope) * ahead[count] - rise.calc({}, phase) -
                   request.give * calc_load_share(phase, request.stance);
  }
  double low = -kLargestLowering, high = kLargestLowering;
  for (int i = 0; i < 50; ++i) {
    const double lowering = 0.5 * (low + high);
    double longest = 0.0;
    for (int k = 0; k < count; ++k) longest = std::max(longest, std::hypot(ahead[k], above[k] + lowering));
    (longest > norm_longest ? low : high) = lowering;
  }
  return 0.5 * (low + high);
}

LegShaper::StrikeTurn LegShaper::calc_strike_turn(double phase, double sole_angle, double touchdown_angle,
                                                  double asked) {
  const double window = calc_strike_window(phase);
  StrikeTurn turn;
  if (phase > 0.5) {
    turn.sole = asked - touchdown_angle;  // before touchdown
  } else if (asked >= 0.0 && touchdown_angle > 0.0) {
    turn.sole = sole_angle * (asked / touchdown_angle - 1.0);
  } else {
    turn.sole = asked - sole_angle;
  }
  turn.sole *= window;
  turn.toes = window * (std::max(0.0, -sole_angle - turn.sole) - std::max(0.0, -sole_angle));
  return turn;
}

void LegShaper::shape_leg(const LegRequest& request, PeriodicGait& gait) {
  const PeriodicGait rise({request.rise});
  const double lowering = calc_lowering(request, gait);
  const double touchdown_angle = calc_strike_angle(gait);
  std::array<std::array<double, kPhases>, 3> samples{};
  std::array<double, kPhases> toes{};
  for (int k = 0; k < kPhases; ++k) {
    const double phase = static_cast<double>(k) / kPhases;
    update_pose(gait, phase);
    FootPlace target = calc_place(0.0);
    const Angles kept = solve_leg(0.0, target);  // what the solver would change if nothing were asked
    target.ankle *= request.reach;
    target.height += lowering - request.give * calc_load_share(phase, request.stance);
    if (request.strike_angle) {
      const StrikeTurn turn = calc_strike_turn(phase, target.angle, touchdown_angle, *request.strike_angle);
      target.angle += turn.sole;
      toes[k] = turn.toes;
    }
    target.angle += request.slope;
    q_[height_] += rise.calc({}, phase);
    const Angles change = solve_leg(request.slope, target);
    for (int j = 0; j < 3; ++j) samples[j][k] = change[j] - kept[j];
  }
  for (int j = 0; j < 3; ++j) add_samples(samples[j], gait.row(rows_[j]));
  add_samples(toes, gait.row(toe_row_));
  for (int c = 0; c < kGaitColumns; ++c) gait.row(height_row_)[c] += request.rise[c];
}

std::array<double, 2> LegShaper::calc_frontal_place(const Eigen::Vector2d& change) {
  const Eigen::VectorXd kept = q_;
  for (int j = 0; j < 2; ++j) q_[frontal_coordinates_[j]] += change[j];
  update_positions(runner_.model, data_, q_.data());
  q_ = kept;
  const Vector3<double> heel = calc_mean_position(runner_.contact, data_, "heel", 0);
  const Vector3<double> front = calc_mean_position(runner_.contact, data_, "metatarsal", 0);
  const auto find = [&](const char* name) { return calc_mean_position(runner_.contact, data_, name, 0); };
  const Vector3<double> across = find("metatarsal_lateral") - find("metatarsal_medial");
  return {0.5 * (heel.z + front.z), std::asin(across.y / std::sqrt(dot(across, across)))};
}

double LegShaper::calc_step_width(double duty, const PeriodicGait& gait) {
  update_pose(gait, 0.5 * duty);
  return 2.0 * calc_frontal_place(Eigen::Vector2d::Zero())[0];
}

void LegShaper::shape_width(double width, double duty, PeriodicGait& gait) {
  update_pose(gait, 0.5 * duty);
  const std::array<double, 2> target{0.5 * width, calc_frontal_place(Eigen::Vector2d::Zero())[1]};
  Eigen::Vector2d change = Eigen::Vector2d::Zero();
  for (int iteration = 0; iteration < kIterations; ++iteration) {
    const auto place = calc_frontal_place(change);
    Eigen::Matrix2d J;
    for (int j = 0; j < 2; ++j) {
      Eigen::Vector2d moved = change;
      moved[j] += kStep;
      const auto other = calc_frontal_place(moved);
      J.col(j) << (other[0] - place[0]) / kStep, (other[1] - place[1]) / kStep;
    }
    change -= J.inverse() * Eigen::Vector2d(place[0] - target[0], place[1] - target[1]);
  }
  for (int j = 0; j < 2; ++j) gait.add_to_mean(frontal_rows_[j], change[j]);
}

double LegShaper::calc_strike_angle(const PeriodicGait& gait) {
  update_pose(gait, 0.0);
  return calc_place(0.0).angle;
}

}  // namespace lumbarun
