// Plans a periodic gait: from a request to a converged motion, along one fixed path.
//
// Path (every scenario takes the same one, so results do not depend on what ran before):
//   1  coarse knots, contact softened to half and touch smoothed to 6 mm; Gauss-Newton first, then exact
//   2  coarse knots, contact at 0.7, 3 mm; exact, multipliers carried over
//   3  coarse knots, true contact
//   4  fine knots, true contact
// Stages 1 to 3 may stop at their iteration limit; only stage 4 decides. If it fails, one more attempt restarts it with
// Gauss-Newton steps; then the plan is reported as failed with the solver's reason.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/planning/costs/gait_costs.h"
#include "sim/planning/ipopt_solver.h"

namespace lumbarun {

struct GaitRequest {
  double speed = 0.0;            // m/s, along the plane
  double cadence = 0.0;          // steps/s, both feet
  int knots_per_step = 100;      // of the last stage
  CostWeights weights;
  ReferenceMotion reference;
};

struct PlanStage {
  std::string name;
  int knots = 0;
  SolverSummary solver;
};

struct CostShare {
  std::string name;
  double value = 0.0;
  double share = 0.0;  // of the objective
};

// Root balance between the knots, where no constraint holds it. 1000 samples over a step.
struct BetweenKnots {
  double force_rms = 0.0, force_max = 0.0;    // N
  double moment_rms = 0.0, moment_max = 0.0;  // N m
};

struct GaitPlan {
  PeriodicMotion motion;              // one step, mirrored
  bool is_converged = false;
  std::string failure;                // empty when converged
  std::vector<PlanStage> stages;      // the path that was taken
  std::vector<CostShare> costs;
  BetweenKnots between_knots;

  double step_time() const { return motion.period(); }
};

using StageCallback = std::function<void(const std::string& stage)>;

GaitPlan plan_gait(const Runner& runner, const GaitRequest& request, const StageCallback& on_stage = {});

}  // namespace lumbarun
