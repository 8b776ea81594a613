// Tables + condition of the passive spine -> the six levels of a runner.
#pragma once

#include <array>
#include <vector>

#include "models/skeleton.h"
#include "models/spine_tables.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

// What is different at one level; the default is a healthy disc.
struct LevelCondition {
  double preload_n = 500.0;         // frozen; above 500 N nothing changes any more
  double degeneration_grade = 0.0;  // 0 healthy, 1 mild, 2 moderate, 3 severe; linear between
  double herniation = 0.0;          // 0 intact ... 1 ruptured stiffness set
};

struct TissueParameters {
  std::array<LevelCondition, kLevelCount> levels;  // order of kLevelNames
  double height_loss = 0.0;                        // share of every disc's height lost over the day or a run
  double disc_stiffness = 1.0;                     // factor on the discs (hydration)
  double segment_stiffness = 1.0;                  // factor on discs, ligaments and facets
  double facet_arthrosis = 0.0;                    // 0 ... 1
  double abdominal_pressure_pa = 0.0;
  bool at_running_rate = true;  // false: quasi-static, as in the machines that measured the curves
  int axial_levels = 0;         // how many levels, from L5/S1 up, may also move along their axis
};

// Names of the axial slides of the lowest `count` levels, caudal first.
std::vector<std::string> get_axial_coordinates(int count);

std::array<Disc, kLevelCount> build_discs(const Model& model, const SkeletonTables& tables,
                                          const PersonParameters& person, const TissueParameters& tissue);

// The quasi-static level as a machine measures it, its three coordinates numbered 0, 1, 2.
Disc build_test_segment(const SpineTables& spine, int level, const TissueParameters& tissue);

}  // namespace lumbarun
