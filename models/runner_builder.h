// Person + shoe + foot + surface + tables -> the Runner that every stage shares. The only place where parameters become
// physics: conditions edit these structs, nothing downstream.
#pragma once

#include <array>

#include "models/foot_contact_builder.h"
#include "models/spine_builder.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

struct JointParameters {
  std::array<double, 2> hip_flexor_tightness_deg = {0.0, 0.0};  // right, left
  double leg_passive_scale = 1.0;  // factor on the passive moments of hip, knee and ankle
};

struct RunnerParameters {
  PersonParameters person;
  ShoeParameters shoe;
  SurfaceParameters surface;
  FootParameters foot;
  TissueParameters tissue;
  JointParameters joints;
  bool soft_tissue = false;  // wobbling masses; for the simulation only
};

Runner build_runner(const SkeletonTables& tables, const RunnerParameters& parameters);

}  // namespace lumbarun
