// Person + tables -> the muscles of both sides and their compiled paths.
//   Lengths: optimal fibre and tendon slack length scale with the path at q = 0 against the reference path,
//   so that
//     normalised fibre lengths in standing do not depend on stature or lordosis.
//   Strength: F_max = table value · (mass / 75 kg) / (path length ratio): muscle volume in proportion to body
//   mass,
//     PCSA = volume / fibre length (estimate).
// Order: every right fascicle in table order, then every left one.
#pragma once

#include <vector>

#include "models/muscle_tables.h"
#include "models/skeleton.h"

namespace lumbarun {

inline constexpr double kMuscleReferenceMass = 75.0;  // kg, of the runners the tabulated strengths belong to

struct RunnerMuscles {
  std::vector<Muscle> muscles;
  MusclePathSet paths;  // same order
};

RunnerMuscles build_muscles(const Model& model, const SkeletonTables& skeleton, const MuscleTables& tables,
                            const PersonParameters& person);

}  // namespace lumbarun
