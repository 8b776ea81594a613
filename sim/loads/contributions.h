// What a disc load is made of, by the cut of the body above the disc.
//
// The part of the body above mid-disc, as a free body, with every wrench reduced to mid-disc:
//   load (superior on inferior vertebra) = gravity − inertia + external + passive + Σ_g muscle group g
//   gravity   weights of the bodies above
//   inertia   minus the rate of change of their momentum
//   external  ground and seat on bodies above: none in running
//   passive   passive tension of the fibres that cross, and abdominal pressure
//   group     active tension of its fascicles; those wholly above or below cancel
// The level's own disc, ligaments, facets and reserve do not appear: they are the load (level_shares.h). The parts sum to the
// load up to rounding. What causes the accelerations in `inertia` is another question: induced_contributions.h.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "sim/loads/disc_load.h"
#include "sim/loads/muscle_groups.h"
#include "sim/sharing/gait_sharing.h"

namespace lumbarun {

// Per level, per source.
using LevelContributions = std::array<std::vector<DiscLoad>, kLevelCount>;

class CutContributions {
 public:
  CutContributions(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths);

  // gravity, inertia, external, passive, then the groups that cross a level.
  const std::vector<std::string>& sources() const { return sources_; }

  // Needs in `data` the accelerations of the motion (update_inverse_dynamics) and ground and abdominal wrenches in
  // data.tree.applied; leaves the wrenches of all muscles there beside them.
  void update(RunnerData<double>& data, const GaitSharing& sharing);
  const LevelContributions& get() const { return loads_; }

 private:
  void add_bodies(const Data<double>& tree);
  void add_muscles(Data<double>& tree, const GaitSharing& sharing);
  void add_applied(const Data<double>& tree, int source, double factor);
  void add(int source, CoordinateIndex link, const SpatialForce<double>& about_origin);
  void update_loads(const Data<double>& tree);

  const Runner& runner_;
  const MusclePathSet& paths_;
  std::array<LevelCut, kLevelCount> cuts_;
  // Which part of the body a link belongs to: the most cranial level below it, or kLevelCount below the last one.
  std::vector<int> part_of_link_;
  MuscleGroups groups_;
  std::vector<std::string> sources_;
  // Per source: the wrenches on each part of the body about the W origin.
  std::vector<std::array<SpatialForce<double>, kLevelCount + 1>> wrenches_;
  std::vector<SpatialForce<double>> outside_;  // per link, as Data::applied: ground and abdominal pressure
  LevelContributions loads_;
};

}  // namespace lumbarun
