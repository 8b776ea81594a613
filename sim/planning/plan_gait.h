// Plans a periodic gait: from a request to a converged motion, along one fixed path.
//
// Path (every scenario takes the same one, so results do not depend on what ran before):
//   1  coarse knots, root balance as a quadratic penalty: a plain Gauss-Newton descent from the reference, which cannot
//      bounce between incompatible linearised balances; it also yields first multipliers (penalty × residual)
//   2  coarse knots, root balance enforced, exact Hessian from those multipliers: a handful of Newton steps
//   3  fine knots
// Stages 1 and 2 may stop at their iteration limit; only stage 3 decides. If it fails, one more attempt restarts it with
// Gauss-Newton steps; then the plan is reported as failed with the solver's reason. What was tried: TUNING.md.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/planning/costs/gait_costs.h"
#include "sim/planning/gait_nlp.h"
#include "sim/planning/ipopt_solver.h"

namespace lumbarun {

// One step of the path.
struct StageSetting {
  std::string name;
  int knots = 0;              // per step; 0: as requested
  double root_penalty = 0.0;  // 0: root balance as equality; else as a cost ½ w Σ (row/scale)², no equality
  SolverOptions solver;
};

std::vector<StageSetting> standard_path();

struct GaitRequest {
  double speed = 0.0;        // m/s, along the plane
  double cadence = 0.0;      // steps/s, both feet
  int knots_per_step = 100;  // of the last stage
  // Two steps that repeat as they are, instead of one that repeats mirrored: for runners, grounds or references whose
  // sides differ. Same path, twice the knots; a symmetric problem has the same solution either way.
  bool is_full_stride = false;
  CostWeights weights;
  ReferenceMotion reference;
  JointStrength strength;  // of the runner's muscles
  std::vector<StageSetting> path = standard_path();
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
  PeriodicMotion motion;  // one step, mirrored, or a full stride
  bool is_converged = false;
  std::string failure;            // empty when converged
  std::vector<PlanStage> stages;  // the path that was taken
  std::vector<CostShare> costs;
  BetweenKnots between_knots;

  double step_time() const { return 0.5 * motion.stride_time(); }
};

using StageCallback = std::function<void(const std::string& stage)>;

GaitPlan plan_gait(const Runner& runner, const GaitRequest& request, const StageCallback& on_stage = {});

}  // namespace lumbarun
