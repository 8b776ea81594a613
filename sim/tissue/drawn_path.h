// Muscle paths as lines to draw: the path points and points along the wrapped stretches.
#pragma once

#include "sim/tissue/muscle_path.h"

namespace lumbarun {

// Points of the line that is drawn: the path points and kDrawnStopPoints along each stop.
inline constexpr int kDrawnStopPoints = 7;
inline int count_drawn_points(const MusclePath& path) {
  return path.point_count + kDrawnStopPoints * path.stop_count;
}

// Writes count_drawn_points(path) points in W [m]. Along a stop: the cubic through its contacts with the path's
// directions there, moved onto the surface; all of them lie in one place where the path is free.
void calc_drawn_points(const MusclePathSet& paths, const Data<double>& data,
                       const MusclePathData<double>& lengths, MuscleIndex muscle, Vector3<double>* points);

}  // namespace lumbarun
