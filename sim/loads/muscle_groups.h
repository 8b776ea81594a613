// Fascicles by the group they belong to, right and left together.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/dynamics/runner.h"
#include "sim/tissue/muscle.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

struct MuscleGroups {
  std::vector<std::string> names;  // in order of first appearance
  std::vector<int> of_muscle;      // -1: none of these groups
};

MuscleGroups find_all_groups(std::span<const Muscle> muscles);

// Only fascicles that cross a lumbar level.
MuscleGroups find_crossing_groups(const Runner& runner, std::span<const Muscle> muscles,
                                  const MusclePathSet& paths);

}  // namespace lumbarun
