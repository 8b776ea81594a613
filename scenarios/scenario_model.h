// The scenario's runner with everything the tables say about how people run and how strong they are.
#pragma once

#include "models/conditions.h"
#include "models/gait_norm.h"
#include "models/muscles.h"
#include "models/runner_builder.h"
#include "scenarios/scenario.h"

namespace lumbarun {

struct ScenarioModel {
  Runner runner;
  RunnerMuscles muscles;
  GaitNorm norm;
  PersonParameters person;
  std::array<LumbarLevel, 6> levels;  // caudal to cranial
  double specific_tension_n_cm2 = kSpecificTension;
  std::vector<ParameterEdit> condition_edits;
  bool is_asymmetric = false;  // left and right differ
};

// Reads the tables under models/ and builds. Throws BadInput for unreadable tables or an impossible person.
ScenarioModel build_scenario_model(const Scenario& scenario, double disc_preload_n = kDefaultDiscPreload_n);

// A hash of the numbers that made the tree, the feet and the muscles, as 16 hexadecimal digits.
std::string calc_model_hash(const ScenarioModel& built);

}  // namespace lumbarun
