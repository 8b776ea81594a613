// Conditions of a running back as edits of the parameters the runner is built from. Nothing downstream knows a condition.
// The default of every member is no effect. Sources of the sizes: scenarios/key_table.cpp, key by key.
#pragma once

#include <string>
#include <vector>

#include "models/muscles.h"
#include "models/runner_builder.h"

namespace lumbarun {

struct Condition {
  // Hip extension lost on both sides, and right less left [deg] (models/hip_flexors.h).
  double hip_flexor_tightness_deg = 0.0, hip_flexor_tightness_difference_deg = 0.0;
  // Factors on the isometric force of muscle groups.
  double abdominal_strength = 1.0, gluteal_strength = 1.0, hamstring_strength = 1.0,
         paraspinal_strength = 1.0;
  double strength_difference = 0.0;    // right less left over their mean, every muscle
  double paraspinal_guarding = 0.0;    // least activation of the paraspinal muscles
  double fatigue_per_km = 0.0;         // strength lost per km run, of the rested strength
  double distance_km = 0.0;            // run before the stride
  double leg_passive_stiffness = 1.0;  // factor on the passive moments of hip, knee and ankle
  double carried_mass_kg = 0.0;        // on the thorax
  Vector3<double> p_carried = {};      // m, from mid-disc T12/L1: forward, up, right
  double gestational_mass_kg = 0.0;
};

// Fatigue takes no more than this: what is left after the longest runs measured (estimate).
inline constexpr double kLeastFatiguedStrength = 0.3;

// What a condition changed: "muscles.group_strength.multifidus", from 1 to 0.7.
struct ParameterEdit {
  std::string parameter;
  double before = 0.0, after = 0.0;
};

// Edits `runner` and `muscles`; returns the edits. Throws BadInput for values outside their meaning.
std::vector<ParameterEdit> apply_condition(const Condition& condition, RunnerParameters& runner,
                                           MuscleParameters& muscles);

}  // namespace lumbarun
