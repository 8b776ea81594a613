// The scenario's runner with everything the tables say about how people run and how strong they are.
#pragma once

#include <optional>

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
  // The same person with axial slides of discs or wobbling masses, when simulate.axial_levels or simulate.soft_tissue asks
  // for them: what is simulated, shared and loaded. The plan is always of `runner`.
  struct Simulated {
    Runner runner;
    RunnerMuscles muscles;
  };
  std::optional<Simulated> simulated;

  const Runner& get_simulated_runner() const { return simulated ? simulated->runner : runner; }
  const RunnerMuscles& get_simulated_muscles() const { return simulated ? simulated->muscles : muscles; }
};

// Reads the tables under models/ and builds. Throws BadInput for unreadable tables or an impossible person.
// `disc_preload_n`: instead of condition.disc_preload_n.
ScenarioModel build_scenario_model(const Scenario& scenario, std::optional<double> disc_preload_n = {});

// A hash of the numbers that made the tree, the feet and the muscles, as 16 hexadecimal digits.
std::string calc_model_hash(const ScenarioModel& built);

}  // namespace lumbarun
