// Given forces on points of the runner that do not change with its state: a held weight, the reaction of a seat.
//   F_P_W on point P fixed in a link, direction and size fixed in W. A weight held in the hands is one: it has no inertia
//   here, so this is for postures, not for motion.
#pragma once

#include "sim/multibody/data.h"

namespace lumbarun {

struct PointForce {
  CoordinateIndex link;
  Vector3<double> p_LP;   // m, in the link
  Vector3<double> F_P_W;  // N
};

// Adds it to data.applied. Needs positions.
template <class T>
void apply_point_force(const PointForce& given, Data<T>& data) {
  apply_force_at(data, given.link, calc_position(data, given.link, given.p_LP),
                 given.F_P_W.template cast<T>());
}

}  // namespace lumbarun
