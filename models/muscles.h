// Person + tables -> the muscles of both sides and their compiled paths.
//   Lengths: optimal fibre and tendon slack length scale with the path at q = 0 against the reference path, so that
//     normalised fibre lengths in standing do not depend on stature or lordosis.
//   Strength: F_max = PCSA · specific tension · factors,
//     PCSA = table value · calc_muscle_volume_scale(person) / (path length ratio): volume / fibre length.
// Order: every right fascicle in table order, then every left one.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "models/muscle_tables.h"
#include "models/skeleton.h"

namespace lumbarun {

inline constexpr double kMuscleReferenceMass = 75.0;  // kg, of the man the tabulated areas belong to

// N/cm², the one specific tension of every muscle: Rajagopal et al. 2016 IEEE Trans Biomed Eng 63:2068, from muscle
// volumes of young adults. What speaks for it and against it in the trunk: models/runner/SOURCES.md.
inline constexpr double kSpecificTension = 60.0;

// How the muscles of this person differ from the tables. The default is no difference.
struct MuscleParameters {
  double specific_tension_n_cm2 = kSpecificTension;
  double strength = 1.0;                                        // factor on every muscle
  std::array<double, 2> side_strength = {1.0, 1.0};             // factors on the right and left muscles
  std::map<std::string, double> group_strength;                 // factors by muscle group
  std::map<std::string, double> group_min_activation;           // floors by muscle group
  std::array<double, 2> hip_flexor_tightness_deg = {0.0, 0.0};  // right, left (models/hip_flexors.h)
  double psoas_shift_m = 0.0;  // of the psoas attachments on the vertebrae, forward along each vertebra's X
};

struct RunnerMuscles {
  std::vector<Muscle> muscles;
  MusclePathSet paths;  // same order
};

// Muscle volume against that of a young man of 75 kg:  (m / 75 kg) · s · a
//   s = 0.80 for women: muscle is 30.6 % of their body mass against 38.4 % in men (468 persons, whole-body imaging,
//     Janssen et al. 2000 J Appl Physiol 89:81)
//   a = 1 - 0.008 per year beyond 40: trunk muscle areas of 507 persons of 40 to 90 years fall 0.8 % per year (computed
//     tomography, Framingham study); taken for the legs too (estimate). Absolute muscle mass falls noticeably from the
//     end of the fifth decade only (Janssen et al. 2000).
double calc_muscle_volume_scale(const PersonParameters& person);

// Throws BadInput for a group that no muscle belongs to.
RunnerMuscles build_muscles(const Model& model, const SkeletonTables& skeleton, const MuscleTables& tables,
                            const PersonParameters& person, const MuscleParameters& parameters = {});

}  // namespace lumbarun
