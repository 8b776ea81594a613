#include "models/stride_shape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "models/leg_shaper.h"
#include "models/pelvis_bounce.h"
#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {

namespace {

constexpr double kLargestWarp = 0.5 / (4.0 * std::numbers::pi);  // dφ/dτ stays within 1/2 … 3/2
constexpr double kRigidGround =
    90e6;  // N/m under a foot: asphalt and what is stiffer count as rigid (estimate)

constexpr std::array<const char*, 3> kLumbarTails = {"_extension", "_bending", "_rotation"};
constexpr std::array<const char*, 3> kLumbarTotals = {"lumbar_extension", "lumbar_bending",
                                                      "lumbar_rotation"};

// Largest force of a half-sine stance over the stiffness of the ground [m].
double calc_ground_give(const Runner& runner, double contact_time, double step_time) {
  const double stiffness = runner.contact.ground_stiffness;
  if (stiffness <= 0.0) return 0.0;
  const double peak =
      0.5 * std::numbers::pi * step_time / contact_time * runner.model.total_mass() * kStandardGravity;
  return peak * std::max(0.0, 1.0 / stiffness - 1.0 / kRigidGround);
}

void shape_posture(const GaitNorm& norm, const StrideShape& shape, PeriodicGait& gait) {
  const int tilt = norm.find("pelvis_tilt").row, lumbar = norm.find("lumbar_extension").row;
  const double lean = shape.trunk_lean.value_or(-gait.mean(tilt) - gait.mean(lumbar));
  if (shape.pelvic_tilt) {
    const double turn = -*shape.pelvic_tilt - gait.mean(tilt);
    gait.add_to_mean(tilt, turn);
    gait.add_to_mean(norm.find("hip_flexion_r").row, -turn);
  }
  if (shape.pelvic_tilt || shape.trunk_lean)
    gait.add_to_mean(lumbar, -lean - gait.mean(tilt) - gait.mean(lumbar));
}

}  // namespace

std::vector<CoordinateSource> find_sources(const Model& model, const GaitNorm& norm) {
  const auto find_source = [&](const std::string& coordinate) -> CoordinateSource {
    for (int level = 0; level < kLevelCount; ++level) {
      for (int axis = 0; axis < 3; ++axis) {
        if (coordinate != std::string(kLevelNames[level]) + kLumbarTails[axis]) continue;
        return {norm.find(kLumbarTotals[axis]), norm.lumbar_share(static_cast<LumbarAxis>(axis))[level]};
      }
    }
    return {norm.find(coordinate), 1.0};
  };
  std::vector<CoordinateSource> sources;
  for (const Link& link : model.links()) sources.push_back(find_source(link.coordinate));
  return sources;
}

PhaseWarp::PhaseWarp(double norm_duty, double duty)
    : amplitude_(std::clamp((duty - norm_duty) / (2.0 * std::sin(2.0 * std::numbers::pi * duty)),
                            -kLargestWarp, kLargestWarp)),
      shift_(std::numbers::pi - 2.0 * std::numbers::pi * duty) {
  LUMBARUN_DEMAND(norm_duty > 0.0 && norm_duty < 0.5 && duty > 0.0 && duty < 0.5);
}

PhaseWarp::Phase PhaseWarp::calc(double phase) const {
  const double w = 4.0 * std::numbers::pi, x = w * phase + shift_;
  return {phase + amplitude_ * (std::sin(x) - std::sin(shift_)), 1.0 + amplitude_ * w * std::cos(x),
          -amplitude_ * w * w * std::sin(x)};
}

ShapedGait calc_shaped_gait(const Runner& runner, const GaitNorm& norm, double speed, double cadence,
                            const StrideShape& shape) {
  ShapedGait shaped{norm.calc_gait(speed), {}};
  const double norm_step = 60.0 / norm.calc_cadence_spm(speed), step = 1.0 / cadence;
  const double norm_contact = norm.calc_contact_time_s(speed);
  const double contact = shape.contact_time.value_or(calc_contact_time(norm, speed, cadence));
  const bool has_own_time = cadence != norm.calc_cadence_spm(speed) / 60.0 || shape.contact_time;
  LegRequest request{shape.slope};
  request.stance = 0.5 * norm_contact / norm_step;
  if (has_own_time) {
    shaped.warp = PhaseWarp(request.stance, 0.5 * contact / step);
    request.rise = calc_pelvis_rise(shaped.gait.row(norm.find("pelvis_ty").row), 2.0 * norm_step, 2.0 * step,
                                    shaped.warp);
    request.reach = contact / norm_contact;
  }
  request.give = calc_ground_give(runner, contact, step);
  LegShaper shaper(runner, norm);
  request.strike_angle = shape.foot_strike_angle;
  if (request.slope != 0.0 || has_own_time || request.strike_angle || request.give != 0.0)
    shaper.shape_leg(request, shaped.gait);
  if (shape.step_width) shaper.shape_width(*shape.step_width, request.stance, shaped.gait);
  shape_posture(norm, shape, shaped.gait);
  return shaped;
}

double calc_norm_strike_angle(const Runner& runner, const GaitNorm& norm, double speed) {
  return LegShaper(runner, norm).calc_strike_angle(norm.calc_gait(speed));
}

double calc_norm_step_width(const Runner& runner, const GaitNorm& norm, double speed) {
  const double duty = norm.calc_contact_time_s(speed) * norm.calc_cadence_spm(speed) / 120.0;
  return LegShaper(runner, norm).calc_step_width(duty, norm.calc_gait(speed));
}

}  // namespace lumbarun
