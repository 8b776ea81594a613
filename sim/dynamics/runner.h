// The runner as one mechanical system: tree, discs, passive joints, feet. Built once by models/, const afterwards,
// shared by planner, simulator and analysis.
#pragma once

#include <array>
#include <vector>

#include "sim/contact/foot_contact.h"
#include "sim/core/levels.h"
#include "sim/dynamics/point_force.h"
#include "sim/multibody/model.h"
#include "sim/tissue/abdominal_pressure.h"
#include "sim/tissue/disc.h"
#include "sim/tissue/passive_joint.h"

namespace lumbarun {

// Reflection in the sagittal plane: coordinate i of the mirrored runner is sign[i]·q[partner[i]].
struct MirrorMap {
  std::vector<int> partner;
  std::vector<double> sign;
};

struct Runner {
  Model model;
  FootContact contact;
  std::array<Disc, kLevelCount> discs;  // order of kLevelNames
  AbdominalPressure abdomen;
  std::vector<PointForce> point_forces;  // of a posture; none in a run
  std::vector<RangeLaw> range_laws;
  std::array<LegPassive, kFootCount> legs;  // right, left
  MirrorMap mirror;
  double body_mass = 0.0;  // kg, without shoes

  double body_weight() const { return body_mass * model.gravity; }  // N
};

// The first six coordinates move the pelvis against the world and carry no actuator.
inline constexpr int kRootCoordinateCount = 6;

// Where each coordinate of `planned` is among those of `simulated`, by name. The simulator may carry coordinates that the
// planner locks (axial slides of discs); LogicFailure if one is missing.
std::vector<int> find_planned_coordinates(const Model& planned, const Model& simulated);

// From the names: `_r` and `_l` swap; list, rotation, side step of the pelvis and bending and rotation of the spine
// change sign.
MirrorMap build_mirror_map(const Model& model);
// Every coordinate its own partner.
MirrorMap build_identity_map(const Model& model);

}  // namespace lumbarun
