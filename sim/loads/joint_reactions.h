// Reactions of all joints at one instant, from one pass of inverse dynamics.
//
// A joint's reaction is the whole wrench that the parent's side exerts on the child body through the joint: constraint forces
// and the generalised force about the joint's own axes (passive tissue, reserve, actuators: whatever is not applied as a
// wrench). Not in it: what Data::applied holds (ground; muscles, once apply_muscle_tension has put them there), weight and
// inertia, which it balances. With muscles applied it is the contact force of the joint together with its ligaments.
//   Simbody's findMobilizerReactionOnBody counts the same: mobility forces in, body forces out.
//   OpenSim's JointReaction counts the same when its actuators act as body forces (muscles) and none as coordinate actuators.
// A joint made of a chain of links has its reaction at the last one: about the origin J of the joint frame on the child.
#pragma once

#include <vector>

#include "sim/multibody/data.h"

namespace lumbarun {

struct JointReaction {
  BodyIndex child;
  SpatialForce<double> on_child;  // N m about J, N; in W
  Vector3<double> p_WJ;           // m
  Matrix3<double> R_WJ;           // joint frame on the child
};

// One per body that a joint moves, in the order of the bodies; welded bodies belong to the joint of the body they are welded
// to. Needs update_inverse_dynamics.
std::vector<JointReaction> calc_joint_reactions(const Model& model, const Data<double>& data);

// The reaction on the parent: opposite, about the joint frame's origin there (the same point unless the joint slides).
SpatialForce<double> calc_reaction_on_parent(const Model& model, const Data<double>& data,
                                             const JointReaction& reaction);

// Re-expressed from W in a frame E.
SpatialForce<double> expressed_in(const Matrix3<double>& R_WE, const SpatialForce<double>& F);

}  // namespace lumbarun
