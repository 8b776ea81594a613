#include "sim/loads/leg_stiffness.h"

#include <cmath>

#include "sim/core/units.h"

namespace lumbarun {
namespace {

// L − √(L² − (v t_c/2)²): how much closer to the ground the hip is with the leg askew than upright.
std::optional<double> calc_sweep_shortening(double speed_m_s, double leg_length_m, double contact_time_s) {
  const double half_travel = 0.5 * speed_m_s * contact_time_s;
  if (!(half_travel < leg_length_m)) return std::nullopt;
  return leg_length_m - std::sqrt(leg_length_m * leg_length_m - half_travel * half_travel);
}

}  // namespace

std::optional<SineStiffness> calc_sine_stiffness(double body_mass_kg, double speed_m_s, double leg_length_m,
                                                 double contact_time_s, double flight_time_s) {
  if (!(contact_time_s > 0.0) || !(flight_time_s > 0.0)) return std::nullopt;
  const double contact_square = contact_time_s * contact_time_s;
  SineStiffness s;
  s.peak_force_N = body_mass_kg * kStandardGravity * 0.5 * kPi * (flight_time_s / contact_time_s + 1.0);
  s.mass_centre_drop_m =
      s.peak_force_N * contact_square / (body_mass_kg * kPi * kPi) - kStandardGravity * contact_square / 8.0;
  s.vertical_stiffness_n_m = s.peak_force_N / s.mass_centre_drop_m;
  if (const auto shortening = calc_sweep_shortening(speed_m_s, leg_length_m, contact_time_s)) {
    s.leg_stiffness_n_m = s.peak_force_N / (*shortening + s.mass_centre_drop_m);
  }
  return s;
}

std::optional<SpringStiffness> calc_spring_stiffness(double peak_force_N, double mass_centre_drop_m,
                                                     double speed_m_s, double leg_length_m,
                                                     double contact_time_s, double ground_give_m) {
  if (!(peak_force_N > 0.0) || !(mass_centre_drop_m > 0.0)) return std::nullopt;
  SpringStiffness s;
  s.vertical_stiffness_n_m = peak_force_N / mass_centre_drop_m;
  if (const auto shortening = calc_sweep_shortening(speed_m_s, leg_length_m, contact_time_s)) {
    s.leg_stiffness_n_m = peak_force_N / (*shortening + mass_centre_drop_m - ground_give_m);
  }
  return s;
}

}  // namespace lumbarun
