#include "sim/loads/muscle_groups.h"

#include <algorithm>

namespace lumbarun {

namespace {

bool is_lumbar(const Runner& runner, CoordinateIndex coordinate) {
  for (const Disc& disc : runner.discs) {
    for (const DiscAxis& axis : disc.axes) {
      if (axis.coordinate == coordinate) return true;
    }
  }
  return false;
}

bool crosses_level(const Runner& runner, const MusclePathSet& paths, size_t muscle) {
  const MusclePath& path = paths.muscles[muscle];
  const auto first = paths.arm_coordinate.begin() + path.first_arm;
  return std::any_of(first, first + path.arm_count, [&](CoordinateIndex j) { return is_lumbar(runner, j); });
}

template <class Wanted>
MuscleGroups find_groups(std::span<const Muscle> muscles, const Wanted& is_wanted) {
  MuscleGroups groups;
  for (size_t i = 0; i < muscles.size(); ++i) {
    groups.of_muscle.push_back(-1);
    if (!is_wanted(i)) continue;
    auto found = std::find(groups.names.begin(), groups.names.end(), muscles[i].group);
    if (found == groups.names.end()) found = groups.names.insert(found, muscles[i].group);
    groups.of_muscle[i] = static_cast<int>(found - groups.names.begin());
  }
  return groups;
}

}  // namespace

MuscleGroups find_all_groups(std::span<const Muscle> muscles) {
  return find_groups(muscles, [](size_t) { return true; });
}

MuscleGroups find_crossing_groups(const Runner& runner, std::span<const Muscle> muscles,
                                  const MusclePathSet& paths) {
  return find_groups(muscles, [&](size_t i) { return crosses_level(runner, paths, i); });
}

}  // namespace lumbarun
