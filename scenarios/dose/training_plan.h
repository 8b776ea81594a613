// A training plan: who runs what, when, how far, in which shoe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario_entries.h"
#include "sim/loads/dose_index.h"

namespace lumbarun {

struct PlanShoe {
  std::string name;
  ScenarioEntry preset;     // shoe.preset
  double mileage_km = 0.0;  // when the plan begins
  std::string where;
};

// A kind of running: a scenario with changes, or results that there are already, one per mileage of the shoe.
struct PlanRun {
  std::string name;
  std::string scenario;                // path; empty if there are results
  std::vector<ScenarioEntry> entries;  // of the scenario and, after them, of the plan
  std::vector<std::string> results;    // paths
  std::optional<std::size_t> shoe;
  std::string where;
};

struct PlanSession {
  int week = 0;  // from 1
  int day = 0;   // 1 … 7
  std::size_t run = 0;
  double distance_km = 0.0;
  std::optional<ScenarioEntry> speed;  // instead of the run's
  std::optional<std::size_t> shoe;     // the session's, or its run's
  std::string where;
};

struct TrainingPlan {
  std::string path;
  std::string title;
  std::string level = "L4_L5";
  DamageExponents exponents = kDamageExponents;
  double mileage_bucket_km = 100.0;  // shoes are run at the middle of their bucket
  double fatigue_per_km = 0.0;       // share of strength lost per km of a session
  ScenarioEntry fatigue;             // the same as condition.fatigue_per_km
  double fatigue_bucket_km = 5.0;    // of a session
  std::vector<double> weekly_km_before;
  PlanRun reference;
  std::vector<PlanShoe> shoes;
  std::vector<PlanRun> runs;
  std::vector<PlanSession> sessions;  // in order of time
  int weeks = 0;
};

// @throws BadInput with file, line, key, value and allowed range.
TrainingPlan read_training_plan(const std::string& path);
TrainingPlan parse_training_plan(const std::string& text, const std::string& path);

}  // namespace lumbarun
