// One fascicle of a muscle as a Hill element with a rigid tendon. Curves: sim/tissue/muscle_curves.h.
#pragma once

#include <string>

namespace lumbarun {

enum class BodySide { kRight, kLeft, kMiddle };

struct Muscle {
  std::string name;
  std::string group;  // psoas_major, multifidus ...
  BodySide side = BodySide::kMiddle;
  bool is_trunk = false;              // crosses a lumbar level
  double max_isometric_force = 0.0;   // N, along the fibres at optimal length
  double optimal_fiber_length = 0.0;  // m
  double tendon_slack_length = 0.0;   // m, rigid tendon
  double pennation = 0.0;             // rad at optimal fibre length
  double max_velocity = 10.0;         // optimal fibre lengths per second
  double min_activation = 0.0;        // tonic floor
};

}  // namespace lumbarun
