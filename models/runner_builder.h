// Person + shoe + foot + surface + tables -> the Runner that every stage shares. The only place where parameters become
// physics: conditions edit these structs, nothing downstream.
#pragma once

#include <array>

#include "models/skeleton.h"
#include "models/spine_builder.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

struct ShoeParameters {
  double mass_kg = 0.26;
  double midsole_stiffness_n_m = 230e3;  // secant of the heel at 1.5 kN
  double energy_return = 0.55;           // of a bench impact, 0..1
  double heel_stack_m = 0.030;
  double drop_m = 0.010;  // heel stack minus forefoot stack
};

struct SurfaceParameters {
  double stiffness_n_m = 22.5e6;
  double energy_return = 0.91;
  double friction = 0.8;
};

struct FootParameters {
  double pad_stiffness_n_m = 900e3;  // secant of the heel pad at 1.5 kN
  double pad_energy_return = 0.6;
};

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
};

Runner build_runner(const SkeletonTables& tables, const RunnerParameters& parameters);

}  // namespace lumbarun
