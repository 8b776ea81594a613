// Tight hip flexors: psoas and iliacus too short by as much as the hip has lost extension.
//   n degrees of tightness move the part of the passive hip moment that resists extension by n degrees (Riener & Edrich 1999,
//   sim/tissue/passive_joint.h); the added moment is made by psoas and iliacus. Their slack lengths shorten by the same share x
//   of each fascicle's optimal fibre length, x solved so that at 10° of extension, knee straight,
//     Σ r_hip (P(x) - P(0)) = M(H - n) - M(H)      [N m]
//   Elsewhere the fibres' part of the moved curve differs from M(H - n) - M(H), and the residual passive torque makes up for it.
// 6° after sitting more than 7 h a day (Boukabache et al. 2021 Musculoskelet Sci Pract), 11° in low-back pain (Roach et al.
// 2015 Int J Sports Phys Ther): losses of hip extension; that psoas and iliacus alone are the cause is our assumption.
#pragma once

#include "sim/multibody/model.h"
#include "sim/tissue/muscle.h"

namespace lumbarun {

struct RunnerMuscles;

inline constexpr double kMaxHipFlexorTightness_deg = 20.0;

// Shortens the slack lengths of one side's psoas and iliacus; 0: nothing. BadInput outside 0 ... 20.
void shorten_hip_flexors(const Model& model, BodySide side, double tightness_deg, RunnerMuscles& muscles);

}  // namespace lumbarun
