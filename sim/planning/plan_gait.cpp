#include "sim/planning/plan_gait.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lumbarun {

namespace {

const StageSetting kSecondAttempt = {
    "refined, restarted", 0, 0.0, {.max_iterations = 150, .gauss_newton_iterations = 30}};

constexpr double kStartDepth = 0.010;  // m, lowest element below the ground at mid-stance of the first guess
constexpr double kStanceBegin = 0.06, kStanceEnd = 0.20;  // of the stride: the middle of right stance
constexpr int kStanceSamples = 8;
constexpr double kLowestKnee = 0.03, kHighestKnee = 2.4;  // rad
constexpr int kResidualSamples = 1000;
constexpr int kToleranceKnots = 100;  // for which SolverOptions states the tolerance

Periodicity build_periodicity(const Runner& runner, const GaitRequest& request) {
  const int n = runner.model.coordinate_count();
  const bool is_full = request.is_full_stride;
  Periodicity periodicity{is_full ? build_identity_map(runner.model) : runner.mirror,
                          (is_full ? 2.0 : 1.0) / request.cadence, Eigen::VectorXd::Zero(n), is_full};
  const double advance = request.speed * periodicity.period;
  const Vector3<double> path = runner.contact.plane.calc_path();
  periodicity.advance[runner.model.get_coordinate("pelvis_tx")] = advance * path.x;
  periodicity.advance[runner.model.get_coordinate("pelvis_ty")] = advance * path.y;
  return periodicity;
}

double calc_lowest_gap(const Runner& runner, RunnerData<double>& data, const Eigen::VectorXd& q) {
  const Eigen::VectorXd v = Eigen::VectorXd::Zero(q.size());
  update_external_forces(runner, data, q.data(), v.data());
  double lowest = data.elements.front().gap;
  for (const auto& element : data.elements) lowest = std::min(lowest, element.gap);
  return lowest;
}

// Mean of the lowest sole point's gap around mid-stance of the right foot, or half a stride later of the left [m].
double calc_stance_gap(const Runner& runner, RunnerData<double>& data, const GaitRequest& request,
                       double stride, int foot) {
  double sum = 0.0;
  for (int i = 0; i < kStanceSamples; ++i) {
    const double phase = kStanceBegin + (kStanceEnd - kStanceBegin) * i / (kStanceSamples - 1) + 0.5 * foot;
    sum += calc_lowest_gap(runner, data, request.reference(phase * stride).q);
  }
  return sum / kStanceSamples;
}

// The reference, lifted so that the lowest sole point is kStartDepth in the ground around both mid-stances: legs of unlike length need
// unlike lifts, and a foot that hangs in the air all stride long feels no slope of the ground's force.
PeriodicMotion build_first_guess(const Runner& runner, const GaitRequest& request, int knots) {
  const Periodicity periodicity = build_periodicity(runner, request);
  const double stride = periodicity.stride_time();
  RunnerData<double> data(runner);
  const double right = calc_stance_gap(runner, data, request, stride, 0);
  const double left = request.is_full_stride ? calc_stance_gap(runner, data, request, stride, 1) : right;
  const double middle = 0.5 * (kStanceBegin + kStanceEnd);
  const CoordinateIndex height = runner.model.get_coordinate("pelvis_ty");
  return PeriodicMotion::interpolate(periodicity, knots, [&](double t) {
    Eigen::VectorXd q = request.reference(t).q;
    const double side = std::cos(2.0 * std::numbers::pi * (t / stride - middle));
    q[height] -= kStartDepth + 0.5 * (right + left) + 0.5 * (right - left) * side;
    return q;
  });
}

std::vector<CoefficientBound> build_bounds(const Runner& runner) {
  std::vector<CoefficientBound> bounds;
  for (const LegPassive& leg : runner.legs) bounds.push_back({leg.knee, kLowestKnee, kHighestKnee});
  return bounds;
}

// Linear interpolation of the constraint multipliers to another number of knots, mirrored at the seam. They scale with
// knot spacing, because the objective is a mean over knots and the constraints are not.
Multipliers refine(const Multipliers& coarse, const PeriodicMotion& from, const PeriodicMotion& to) {
  const MirrorMap& mirror = from.periodicity().map;
  const int N = from.knot_count(), M = to.knot_count();
  Multipliers fine;
  fine.constraint.resize(kRootCoordinateCount * M);
  for (int k = 0; k < M; ++k) {
    const double s = static_cast<double>(k) * N / M;
    const int i = static_cast<int>(s);
    const double u = s - i;
    for (int r = 0; r < kRootCoordinateCount; ++r) {
      const double here = coarse.constraint[kRootCoordinateCount * i + r];
      const double next = i + 1 < N ? coarse.constraint[kRootCoordinateCount * (i + 1) + r]
                                    : mirror.sign[r] * coarse.constraint[mirror.partner[r]];
      fine.constraint[kRootCoordinateCount * k + r] = ((1.0 - u) * here + u * next) * N / M;
    }
  }
  // Bounds are rarely active: a small positive start, as the interior point method needs.
  fine.lower = Eigen::VectorXd::Constant(to.coefficients.size(), 1e-6);
  fine.upper = fine.lower;
  return fine;
}

// A quadratic penalty w/N leaves the multipliers w g/N of the equality it stands for.
Multipliers estimate_multipliers(const GaitNlp& nlp, double penalty) {
  Multipliers estimate;
  estimate.constraint = nlp.calc_root_rows() * (penalty / nlp.motion().knot_count());
  estimate.lower = Eigen::VectorXd::Constant(nlp.variable_count(), 1e-6);
  estimate.upper = estimate.lower;
  return estimate;
}

struct Progress {
  PeriodicMotion motion;
  Multipliers multipliers;
};

// The objective is a mean over the knots, so its slope along one knot's variables falls with their number: denser plans and full
// strides need a smaller tolerance to be as near their optimum as the default plan.
SolverOptions scale_tolerance(SolverOptions options, int knots) {
  options.tolerance *= std::min(1.0, static_cast<double>(kToleranceKnots) / knots);
  return options;
}

SolverSummary run_stage(const Runner& runner, const GaitRequest& request, const StageSetting& stage,
                        Progress& at, std::vector<CostShare>& costs) {
  const int per_step =
      stage.knots > 0 ? std::min(stage.knots, request.knots_per_step) : request.knots_per_step;
  const int knots = request.is_full_stride ? 2 * per_step : per_step;
  PeriodicMotion start = at.motion;
  Multipliers warm = at.multipliers;
  if (start.knot_count() != knots) {
    const PeriodicMotion& previous = at.motion;
    start = PeriodicMotion::interpolate(previous.periodicity(), knots,
                                        [&](double t) { return previous.at_time(t).q; });
    if (!warm.empty()) warm = refine(warm, previous, start);
  }
  const bool enforced = stage.root_penalty == 0.0;
  if (stage.solver.gauss_newton_iterations > 0) warm = {};
  CostTerms terms =
      build_gait_costs(runner, request.strength, request.weights, request.reference, start.period(), knots);
  if (!enforced) terms.push_back(build_root_penalty(runner, stage.root_penalty));
  GaitNlp nlp(runner, start, std::move(terms), build_bounds(runner), enforced);
  SolverResult result = solve_nlp(nlp, scale_tolerance(stage.solver, knots), warm);
  at.motion = nlp.motion();
  at.multipliers = enforced ? std::move(result.multipliers) : estimate_multipliers(nlp, stage.root_penalty);
  costs.clear();
  const std::vector<double> values = nlp.calc_term_values();
  for (size_t t = 0; t < values.size(); ++t) {
    costs.push_back({nlp.costs()[t]->name(), values[t], values[t] / nlp.calc_objective()});
  }
  return result.summary;
}

}  // namespace

std::vector<StageSetting> standard_path() {
  const SolverOptions descent{
      .max_iterations = 60, .gauss_newton_iterations = 60, .tolerance = 0.3, .dual_tolerance = 0.3};
  return {
      {"balance as a penalty", 50, 10.0, descent},
      {"balance enforced", 50, 0.0, {.max_iterations = 80}},
      {"refined", 0, 0.0, {.max_iterations = 120}},
  };
}

static BetweenKnots calc_between_knots(const Runner& runner, const PeriodicMotion& motion) {
  RunnerData<double> data(runner);
  Eigen::VectorXd tau(runner.model.coordinate_count());
  BetweenKnots residual;
  for (int k = 0; k < kResidualSamples; ++k) {
    const MotionState s = motion.at_time(motion.period() * (k + 0.5) / kResidualSamples);
    calc_actuator_torques(runner, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    const double force = tau.head<3>().norm(), moment = tau.segment<3>(3).norm();
    residual.force_rms += force * force / kResidualSamples;
    residual.moment_rms += moment * moment / kResidualSamples;
    residual.force_max = std::max(residual.force_max, force);
    residual.moment_max = std::max(residual.moment_max, moment);
  }
  residual.force_rms = std::sqrt(residual.force_rms);
  residual.moment_rms = std::sqrt(residual.moment_rms);
  return residual;
}

GaitPlan plan_gait(const Runner& runner, const GaitRequest& request, const StageCallback& on_stage) {
  GaitPlan plan;
  const int steps = request.is_full_stride ? 2 : 1;
  Progress at{build_first_guess(runner, request, steps * std::min(50, request.knots_per_step)), {}};
  const auto run = [&](const StageSetting& stage) {
    if (on_stage) on_stage(stage.name);
    const SolverSummary summary = run_stage(runner, request, stage, at, plan.costs);
    plan.stages.push_back({stage.name, at.motion.knot_count(), summary});
    return summary.is_converged;
  };
  for (const StageSetting& stage : request.path) plan.is_converged = run(stage);
  if (!plan.is_converged) plan.is_converged = run(kSecondAttempt);
  if (!plan.is_converged) {
    const SolverSummary& last = plan.stages.back().solver;
    plan.failure = fmt::format(
        "planning did not converge: {} after {} iterations, root balance off by {:.2g} body weights",
        last.reason, last.iterations, last.constraint_violation);
  }
  plan.motion = at.motion;
  plan.between_knots = calc_between_knots(runner, plan.motion);
  return plan;
}

}  // namespace lumbarun
