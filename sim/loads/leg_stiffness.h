// Spring-mass stiffness from times alone: the vertical force of a step is taken as half a sine of duration
// t_c.
//
//   F_max  = m g (π/2) (t_f / t_c + 1)
//   Δy     = F_max t_c² / (m π²) − g t_c² / 8                 drop of the centre of mass to mid-stance
//   k_vert = F_max / Δy
//   ΔL     = L − √(L² − (v t_c / 2)²) + Δy                     shortening of the leg
//   k_leg  = F_max / ΔL
//
// Source: Morin et al. 2005, J. Appl. Biomech. 21:167, equations 1–6. Valid for symmetric running with flight
// (t_f > 0) whose force is close to a half sine: measured agreement with a force platform 0.1–6.9 % (same
// paper). Not for walking.
//
// Spring-mass stiffness from the mass centre as it moved:
//   k_vert = F_max / Δy,   ΔL = Δy − Δg + L − √(L² − (v t_c/2)²),   k_leg = F_max / ΔL
//   F_max largest vertical force of the contact, Δy drop of the mass centre from touchdown to its lowest point, Δg give of
//   the ground below the foot then: the leg is what is between ground and mass centre (Ferris et al. 1999, J. Biomech. 32:787).
// Source: McMahon & Cheng 1990, J. Biomech. 23(S1):65. Holds whatever the shape of the force.
#pragma once

#include <optional>

namespace lumbarun {

struct SineStiffness {
  double peak_force_N = 0.0;
  double mass_centre_drop_m = 0.0;
  double vertical_stiffness_n_m = 0.0;
  std::optional<double> leg_stiffness_n_m;  // nothing when the foot travels further than 2 L in contact
};

// Nothing when t_c or t_f is not positive.
std::optional<SineStiffness> calc_sine_stiffness(double body_mass_kg, double speed_m_s, double leg_length_m,
                                                 double contact_time_s, double flight_time_s);

struct SpringStiffness {
  double vertical_stiffness_n_m = 0.0;
  std::optional<double> leg_stiffness_n_m;  // nothing when the foot travels further than 2 L in contact
};

// Nothing when force or drop is not positive.
std::optional<SpringStiffness> calc_spring_stiffness(double peak_force_N, double mass_centre_drop_m,
                                                     double speed_m_s, double leg_length_m,
                                                     double contact_time_s, double ground_give_m = 0.0);

}  // namespace lumbarun
