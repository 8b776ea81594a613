// A running shoe that bends at the toe joint.
#pragma once

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// Parts of a right shoe in the heel bone's frame, at the size of the reference skeleton. `sole_depth`: from
// the frame's origin down to the outsole, m.
struct Shoe {
  Mesh upper;
  Mesh midsole;
  Mesh outsole;
};
Shoe build_shoe(double sole_depth);

}  // namespace lumbarun::viz
