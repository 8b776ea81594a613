// Is the left half of a runner the mirror image of the right one?
#pragma once

#include "sim/dynamics/joint_strength.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

// True if the mirrored runner is the same runner on the same ground: its equations of motion commute with the mirror,
//   τ(S q, S v, S a) = S τ(q, v, a).
// Asked at fixed arbitrary states with both feet in the ground, to one part in 10⁸ of body weight (and, for moments, of
// body weight times a metre). Sees whatever enters the equations: masses, lengths, passive joints, discs, feet, shoes, a
// tilt of the ground across the path.
bool is_symmetric(const Runner& runner);

// The same for strengths, which the equations do not know; to one part in 10⁸ of the largest.
bool is_symmetric(const JointStrength& strength, const MirrorMap& mirror);

}  // namespace lumbarun
