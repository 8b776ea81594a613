#include "scenarios/stride_conflict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "scenarios/key_registry.h"
#include "scenarios/stride_words.h"
#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

constexpr double kAgreement = 0.005;      // of speed: what rounded keys may differ by
constexpr double kLongestContact = 0.95;  // of a step: what is suggested (estimate)
constexpr double kFrictionMargin =
    0.95;  // of the steepest ground that friction holds: what is suggested (estimate)

const ScenarioKey& get_key(const char* name) {
  const ScenarioKey* key = find_scenario_key(name);
  LUMBARUN_DEMAND(key != nullptr);
  return *key;
}

std::optional<StrideConflict> find_length_conflict(const StrideKeys& stride) {
  if (!stride.step_length_m) return std::nullopt;
  const ScenarioKey& key = get_key("stride.cadence_spm");
  const double speed = stride.speed_m_s, length = *stride.step_length_m;
  const double cadence = 60.0 * speed / length;
  const bool is_possible = cadence >= key.min && cadence <= key.max;
  if (stride.cadence_spm) {
    const double implied = *stride.cadence_spm / 60.0 * length;
    if (std::abs(implied - speed) <= kAgreement * speed) return std::nullopt;
    const std::string other =
        is_possible ? fmt::format("stride.cadence_spm = {:.4g} at this length, ", cadence) : "";
    return StrideConflict{
        "stride.step_length_m",
        fmt::format("with stride.cadence_spm = {} it makes {:.3g} m/s, not stride.speed_m_s = {}; nearest: "
                    "stride.step_length_m = {:.4g} at this cadence, {}or leave one of the two out",
                    *stride.cadence_spm, implied, speed, 60.0 * speed / *stride.cadence_spm, other)};
  }
  if (is_possible) return std::nullopt;
  const double nearest = 60.0 * speed / std::clamp(cadence, key.min, key.max);
  return StrideConflict{"stride.step_length_m",
                        fmt::format("at {} m/s this needs {:.4g} steps/min, allowed: {}; nearest: {:.4g} m",
                                    speed, cadence, calc_allowed_text(key), nearest)};
}

double calc_asked_contact(const StrideKeys& stride, const GaitNorm& norm, double cadence) {
  return stride.contact_time_ms ? 1e-3 * *stride.contact_time_ms
                                : calc_contact_time(norm, stride.speed_m_s, cadence);
}

// Contact as long as the step: the other foot lands before this one has left.
std::optional<StrideConflict> find_flight_conflict(const StrideKeys& stride, const GaitNorm& norm) {
  const double speed = stride.speed_m_s, cadence = calc_cadence_spm(stride, norm) / 60.0;
  const double contact = calc_asked_contact(stride, norm, cadence);
  if (contact < 1.0 / cadence) return std::nullopt;
  if (stride.contact_time_ms) {
    return StrideConflict{
        "stride.contact_time_ms",
        fmt::format("no flight is possible: at {:.4g} steps/min a step lasts {:.0f} ms; nearest: {:.0f}",
                    60.0 * cadence, 1e3 / cadence, 1e3 * kLongestContact / cadence)};
  }
  double low = norm.calc_cadence_spm(speed) / 60.0, high = cadence;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (calc_contact_time(norm, speed, middle) < 1.0 / middle ? low : high) = middle;
  }
  return StrideConflict{
      stride.cadence_spm ? "stride.cadence_spm" : "stride.step_length_m",
      fmt::format("no flight is possible: contact of {:.3f} s in a step of {:.3f} s (duty {:.2f}); "
                  "nearest: below {:.4g} steps/min, above {:.4g} m",
                  contact, 1.0 / cadence, 0.5 * contact * cadence, 60.0 * low, speed / low)};
}

std::optional<StrideConflict> find_strike_conflict(const StrideKeys& stride) {
  const StrikeBand* strike = find_strike_band(stride.strike);
  if (strike == nullptr || !stride.foot_strike_angle_deg) return std::nullopt;
  const double angle = *stride.foot_strike_angle_deg;
  if (angle >= strike->low_deg && angle <= strike->high_deg) return std::nullopt;
  return StrideConflict{
      "stride.foot_strike_angle_deg",
      fmt::format("is no {} strike ({:g} … {:g} deg); nearest: {:g}, or leave stride.strike out",
                  strike->name, strike->low_deg, strike->high_deg,
                  std::clamp(angle, strike->low_deg, strike->high_deg))};
}

// In steady running the mean ground force is vertical, so on tilted ground its part along the ground is tan(tilt) of its
// normal part, which friction must be able to hold.
std::optional<StrideConflict> find_friction_conflict(const Scenario& scenario) {
  const double along = 0.01 * std::abs(scenario.stride.grade_percent);
  const double across = std::tan(deg_to_rad(std::abs(scenario.surface.camber_deg)));
  const double friction = std::min(scenario.shoe.friction, scenario.surface.friction);
  if (std::hypot(along, across) < friction) return std::nullopt;
  const bool is_grade = across < friction;
  const double left = is_grade ? std::sqrt(friction * friction - across * across) : friction;
  const double nearest = kFrictionMargin * (is_grade ? 100.0 * left : rad_to_deg(std::atan(left)));
  const double asked = is_grade ? scenario.stride.grade_percent : scenario.surface.camber_deg;
  return StrideConflict{is_grade ? "stride.grade_percent" : "surface.camber_deg",
                        fmt::format("nobody can stand on it: the ground tilts by more than friction holds, "
                                    "{:g}, the lower of shoe.friction and "
                                    "surface.friction; nearest: {:.2g}, or friction above {:.2g}",
                                    friction, std::copysign(nearest, asked), std::hypot(along, across))};
}

}  // namespace

std::optional<StrideConflict> find_stride_conflict(const Scenario& scenario, const GaitNorm& norm) {
  if (auto conflict = find_length_conflict(scenario.stride)) return conflict;
  if (auto conflict = find_flight_conflict(scenario.stride, norm)) return conflict;
  if (auto conflict = find_friction_conflict(scenario)) return conflict;
  return find_strike_conflict(scenario.stride);
}

}  // namespace lumbarun
