// Which recorded runs a plan needs, and which of them each stretch of each session is made of.
//
// Shoes grow older km by km, legs (with fatigue) tire within a session; runs are made for the middle of a bucket of mileage and of
// session distance. A session is cut where a bucket ends; between runs nothing is interpolated. Given results with a shoe are chosen
// by the nearest mileage.
#pragma once

#include <optional>

#include "scenarios/dose/training_plan.h"
#include "scenarios/scenario.h"
#include "sim/core/levels.h"

namespace lumbarun {

// A distinct run. Its steps are there once it is loaded.
struct DoseRun {
  std::string label;
  std::string file;                  // result
  std::optional<Scenario> scenario;  // nothing for a given result
  std::string status;
  double speed_m_s = 0.0;
  std::array<RunSteps, kLevelCount> steps;
};

struct DosePiece {
  double from_km = 0.0;  // of the session
  double to_km = 0.0;
  std::size_t run = 0;
};

struct DoseSchedule {
  std::vector<DoseRun> runs;                     // the reference is the first
  std::vector<std::vector<DosePiece>> sessions;  // of the plan's sessions, in order
  std::vector<double> shoe_km;                   // per session: mileage of its shoe before it; 0 without one
};

// Resolves every scenario; results of scenarios lie in FOLDER/runs/HASH.h5.
// @throws BadInput for scenarios out of range and unreadable results.
DoseSchedule build_dose_schedule(const TrainingPlan& plan, const std::string& folder);

}  // namespace lumbarun
