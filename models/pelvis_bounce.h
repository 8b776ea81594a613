// Height of the pelvis when steps and contacts take another time than in the norm.
//
//   y'' + g is, but for what the limbs do, the ground's force over the mass. At another cadence or contact time the force keeps its
//   shape over stance and flight, φ(τ) being the phase of the norm (PhaseWarp), and is scaled until its mean is the weight again:
//     y''(τ) = k [y''_norm(φ(τ)) + g] - g,   k = g / mean of the bracket over the stride
//   integrated twice over the stride's own time, periodic. So flight stays ballistic, stance sinks as far as the force makes it, and
//   at the norm's times y is the norm's. (A factor on the norm's curve instead would pull the force below zero at both ends of a
//   shortened stance and too high in its middle: RBDS S003 with his own contact of 208 ms peaked at 3.39 BW, measured 2.86.)
#pragma once

#include "models/stride_shape.h"

namespace lumbarun {

// What to add to the norm's curve of pelvis_ty [m], as its coefficients over φ.
PeriodicGait::Coefficients calc_pelvis_rise(const PeriodicGait::Coefficients& norm_height,
                                            double norm_stride_time, double stride_time,
                                            const PhaseWarp& warp);

}  // namespace lumbarun
