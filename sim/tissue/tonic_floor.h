// Normal tone: the least activation of every trunk fascicle (one that crosses a lumbar level) in every scenario, running
// included.
//
// Fitted to one measurement, the pressure in L4/5 of relaxed standing, 0.50 MPa (Wilke et al. 1999), and to nothing else:
// scenarios/validation/fit_tonic_floor.py. The fit ends at its lower bound: with no floor at all standing gives 0.505 MPa,
// and 0.01 of floor adds 0.06 MPa. Trunk fibres stand at 0.9 to 1.0 of their optimal length, where the passive curve
// (De Groote et al. 2016) already holds 0.9 to 1.9 % of F_max; that is the tone here. Fit again when strengths, lever arms, resting
// lengths or the gravity line change.
#pragma once

namespace lumbarun {

inline constexpr double kTonicFloor = 0.0;

}  // namespace lumbarun
