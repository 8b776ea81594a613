// One fascicle of a muscle as a Hill element. Curves: sim/tissue/muscle_curves.h.
#pragma once

#include <string>

namespace lumbarun {

enum class BodySide { kRight, kLeft, kMiddle };

// Rigid: the fibre has the length that the path leaves it. Elastic: tendon and fibre share the path by equilibrium.
enum class TendonKind { kRigid, kElastic };

struct Muscle {
  std::string name;
  std::string group;  // psoas_major, multifidus ...
  BodySide side = BodySide::kMiddle;
  bool is_trunk = false;              // crosses a lumbar level
  double max_isometric_force = 0.0;   // N, along the fibres at optimal length
  double optimal_fiber_length = 0.0;  // m
  double tendon_slack_length = 0.0;   // m; of a rigid tendon its length
  TendonKind tendon = TendonKind::kRigid;
  double pennation = 0.0;       // rad at optimal fibre length
  double max_velocity = 10.0;   // optimal fibre lengths per second
  double min_activation = 0.0;  // tonic floor
  double pcsa = 0.0;            // m², of which max_isometric_force is made
};

}  // namespace lumbarun
