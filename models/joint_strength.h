// How strong a joint is: what its muscles can do together, each pulling as hard as it can at optimal length.
//   s⁺_j = Σ_i max(0,  r_ij) F_max,i cos α_i,    s⁻_j = Σ_i max(0, -r_ij) F_max,i cos α_i       [N m]
// with moment arms r at a mid-running pose (hip 20°, knee 40° flexed, the rest as in standing; estimate). It counts every
// muscle for every joint it crosses, so it is an upper bound of what can be used at several joints at once.
#pragma once

#include "models/muscles.h"
#include "sim/dynamics/joint_strength.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

JointStrength calc_joint_strength(const Runner& runner, const RunnerMuscles& muscles);

}  // namespace lumbarun
