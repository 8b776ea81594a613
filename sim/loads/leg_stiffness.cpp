#include "sim/loads/leg_stiffness.h"

#include <cmath>

#include "sim/core/units.h"

namespace lumbarun {

std::optional<SineStiffness> calc_sine_stiffness(double body_mass_kg, double speed_m_s, double leg_length_m,
                                                 double contact_time_s, double flight_time_s) {
  if (!(contact_time_s > 0.0) || !(flight_time_s > 0.0)) return std::nullopt;
  const double contact_square = contact_time_s * contact_time_s;
  SineStiffness s;
  s.peak_force_N = body_mass_kg * kStandardGravity * 0.5 * kPi * (flight_time_s / contact_time_s + 1.0);
  s.mass_centre_drop_m =
      s.peak_force_N * contact_square / (body_mass_kg * kPi * kPi) - kStandardGravity * contact_square / 8.0;
  s.vertical_stiffness_n_m = s.peak_force_N / s.mass_centre_drop_m;
  const double half_travel = 0.5 * speed_m_s * contact_time_s;
  if (half_travel < leg_length_m) {
    const double shortening =
        leg_length_m - std::sqrt(leg_length_m * leg_length_m - half_travel * half_travel);
    s.leg_stiffness_n_m = s.peak_force_N / (shortening + s.mass_centre_drop_m);
  }
  return s;
}

}  // namespace lumbarun
