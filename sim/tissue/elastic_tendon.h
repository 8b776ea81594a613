// A muscle whose tendon stretches: fibre and tendon share the path so that their tensions are equal.
//
//   F_T(l_T) = F_max (a f_a(l) f_v(v) + f_p(l)) cos α,     l_T + l_M cos α = L
//   F_T = F_max (c1 exp(k_T (l_T / l_slack - 1)) - c3),    c1 = c3 = 0.2, k_T = ln((1 + c3)/c1) / 0.049
// De Groote et al. 2016 Ann Biomed Eng 44:2922 with the constants of opensim-core's DeGrooteFregly2016Muscle (strain 0.049 at
// F_max, zero force at slack length). Curves, constant thickness and floor of the fibre as in sim/tissue/muscle_curves.h.
//
// Fibre velocity. From sample to sample (step h) the fibre's extent along the tendon, x = l_M cos α, moves by
//   v = cos α (x - x_before) / (h v_max l_opt),
// the implicit Euler step of the equilibrium muscle's differential equation: error of first order in h, and no bound on h.
// Without a sample before (h = ∞) the muscle is at rest, v = 0: static equilibrium. The velocity is that of the fibre, so what
// the tendon takes of a quick length change needs no estimate.
//
// Given activation a, tension is the root of a decreasing function (unique as long as the fibre's negative stiffness on the
// descending limb is smaller than the tendon's, which holds for l_slack < 15 l_opt), found by the Illinois method.
#pragma once

#include "sim/tissue/muscle_curves.h"

namespace lumbarun {

// Tension over F_max of a tendon `length` / slack length; negative below slack, where no equilibrium lies.
double calc_tendon_force(double normalized_length);
double calc_tendon_length(double normalized_force);  // its inverse, over slack length

// Where the fibre was one step ago.
struct FiberHistory {
  double along = 0.0;  // m, x
  double step = 0.0;   // s, h; 0: no history, static
};

struct TendonEquilibrium {
  double tension = 0.0;         // N, along the tendon
  double along = 0.0;           // m, x
  double fiber_length = 0.0;    // m
  double fiber_velocity = 0.0;  // optimal lengths per second over v_max
  double cos_pennation = 1.0;
};

TendonEquilibrium calc_tendon_equilibrium(const Muscle& muscle, double path_length, double activation,
                                          const FiberHistory& history);

// The muscle's state for the sharing problem, F = a · active_capacity + passive_force, the secant through activation 0 and
// `activation`: exact at both. `passive` is the equilibrium at activation 0 on this path, with this history.
MuscleState calc_elastic_muscle_state(const Muscle& muscle, const TendonEquilibrium& passive,
                                      double path_length, double activation, const FiberHistory& history,
                                      double& along);

// Either kind of tendon, activation 0, no velocity.
struct RestingMuscle {
  double tension = 0.0;  // N, along the tendon
  double normalized_fiber_length = 0.0;
};
RestingMuscle calc_resting_muscle(const Muscle& muscle, double path_length);

}  // namespace lumbarun
