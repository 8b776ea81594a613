// What the posture keys ask for, in the terms of sim/equilibrium.
#pragma once

#include "models/gait_norm.h"
#include "scenarios/scenario.h"
#include "sim/equilibrium/equilibrium.h"

namespace lumbarun {

// Joint angles from the keys; a held load becomes half its weight in each hand and is added to runner.point_forces, the
// arms reach for it (shoulder flexion and elbow, both sides alike). Positive angles of the keys bend forward; OpenSim's
// extension coordinates take them with the other sign.
// BadInput, naming the key, for a load out of reach, in the ground or in the thighs.
EquilibriumRequest build_posture_request(const PostureKeys& keys, const GaitNorm& norm, Runner& runner);

// Centre of the grip of each hand, right and left: on the line from the elbow through the centre of mass of forearm and
// hand, at twice its distance (0.34 m for 1.75 m: forearm 0.27 m and some 0.07 m of palm, estimate).
LinkPoint get_grip(const Runner& runner, int side);

}  // namespace lumbarun
