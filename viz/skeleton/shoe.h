// A running shoe that bends at the toe joint and whose midsole gives way to the ground.
#pragma once

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {

struct Shoe {
  Mesh upper;
  Mesh midsole;
  Mesh outsole;
};

// An unloaded shoe, right or left, in the heel bone's frame, at the runner's size.
struct ShoeModel : Shoe {
  double bottom = 0;  // height of the outsole, m
  double top = 0;     // height up to which the sole gives way, m
  double scale = 1;
};
// `sole_depth`: from the frame's origin down to the outsole, m, at the size of the reference skeleton.
ShoeModel build_shoe(double sole_depth, double scale, Side side);

struct ShoePose {
  Pose heel;
  Pose toes;
  GroundPlane ground;
};
ShoePose calc_shoe_pose(const RunFrame& frame, Side side, const GroundPlane& ground);

// In the world. What would lie below the ground is lifted onto it, the more the closer it is to the outsole.
Shoe calc_shoe(const ShoeModel& shoe, const ShoePose& pose);

// Share with which a point at x moves with the toes: 0 behind the joint, 1 before it, both within 3 cm.
double calc_toe_weight(double x, double joint_x);

// The heel frame's greatest height above the ground while the right foot stands flat on it: there the midsole is
// least compressed, m.
double calc_sole_depth(const RunRecord& record);

}  // namespace lumbarun::viz
