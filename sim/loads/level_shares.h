// Which part of a level carries how much of its load (disc_load.h), and how far its ligaments are stretched.
//
//   load = disc + ligaments + facets + reserve,   forces and moments about mid-disc, disc frame
//   ligaments  their tensions (disc_kernel.h); they pull, so their share of compression is negative
//   facets     their contact forces, and a share s of the compression that a locked height hides:
//                s = s₀ g(θ),  s₀ Disc::facet_compression_share,  g = (1 + u/sqrt(1 + u²))/2, u = (θ + 3°)/1.5°
//              θ extension: all of it standing or extended, none flexed (Adams & Hutton 1980, 1985; the angles are an
//              estimate)
//   reserve    what the muscles could not balance
//   disc       the rest: disc law, its damping, constraint forces and the resting tensions of standing
#pragma once

#include <array>

#include "sim/loads/disc_load.h"
#include "sim/tissue/disc_kernel.h"

namespace lumbarun {

enum class LoadPart { kDisc, kLigament, kFacet, kReserve };
inline constexpr int kLoadPartCount = 4;
inline constexpr std::array<const char*, kLoadPartCount> kLoadPartNames = {"disc", "ligament", "facet",
                                                                           "reserve"};

struct LevelShares {
  std::array<Vector3<double>, kLoadPartCount> moment, force;  // on the inferior vertebra, N m and N

  const Vector3<double>& get_force(LoadPart part) const { return force[static_cast<int>(part)]; }
  const Vector3<double>& get_moment(LoadPart part) const { return moment[static_cast<int>(part)]; }
  double get_disc_compression() const { return -get_force(LoadPart::kDisc).y; }
};

// Torques about the level's hinges (extension, bending, rotation) [N m] with the level's load and state.
struct LevelTorques {
  std::array<double, 3> passive, reserve;
};
LevelShares calc_level_shares(const Runner& runner, const Data<double>& data, int level, const LevelCut& cut,
                              const double* q, const DiscLoad& load, const LevelTorques& torques);

// Of all levels, in the order of Runner::discs.
struct LigamentStates {
  std::vector<double> strain;   // from the slack length; negative: slack
  std::vector<double> tension;  // N
};
LigamentStates calc_ligament_states(const Runner& runner, const double* q);

}  // namespace lumbarun
