#include "scenarios/stride_request.h"

#include "scenarios/stride_words.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

// What the word asks for [rad]; nothing where the norm lands so already.
std::optional<double> calc_strike_angle(const StrideKeys& stride, const Runner& runner,
                                        const GaitNorm& norm) {
  const StrikeBand* strike = find_strike_band(stride.strike);
  if (strike == nullptr) return std::nullopt;
  const double own_deg = rad_to_deg(calc_norm_strike_angle(runner, norm, stride.speed_m_s));
  if (own_deg >= strike->low_deg && own_deg <= strike->high_deg) return std::nullopt;
  return deg_to_rad(strike->asked_deg);
}

std::optional<double> to_radians(const std::optional<double>& degrees) {
  return degrees ? std::optional(deg_to_rad(*degrees)) : std::nullopt;
}

}  // namespace

StrideRequest build_stride_request(const Scenario& scenario, const Runner& runner, const GaitNorm& norm) {
  const StrideKeys& stride = scenario.stride;
  StrideRequest request;
  request.speed = stride.speed_m_s;
  request.cadence = calc_cadence_spm(stride, norm) / 60.0;
  request.shape.slope = calc_slope(stride);
  if (stride.contact_time_ms) request.shape.contact_time = 1e-3 * *stride.contact_time_ms;
  request.shape.step_width = stride.step_width_m;
  request.shape.trunk_lean = to_radians(stride.trunk_lean_deg);
  request.shape.pelvic_tilt = to_radians(stride.pelvic_tilt_deg);
  request.shape.foot_strike_angle = stride.foot_strike_angle_deg ? to_radians(stride.foot_strike_angle_deg)
                                                                 : calc_strike_angle(stride, runner, norm);
  return request;
}

}  // namespace lumbarun
