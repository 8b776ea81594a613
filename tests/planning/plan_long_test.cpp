// One whole plan with the default 100 knots per step: the promises a plan makes, measured on its own motion.
#include <gtest/gtest.h>

#include "models/joint_strength.h"
#include "models/reference_motion.h"
#include "sim/planning/plan_gait.h"
#include "tests/forward/sample_gait.h"

namespace lumbarun {
namespace {

constexpr double kSpeed = 3.1;  // m/s

class PlannedGait : public ::testing::Test {
 protected:
  struct Step {  // one step, both feet
    std::vector<Vector3<double>> right, left;
  };
  static constexpr int kSamples = 2000;

  static void SetUpTestSuite() {
    runner_ = new Runner(test::build_sample_runner());
    const GaitNorm norm = GaitNorm::read(LUMBARUN_SOURCE_DIR "/models/gaits");
    GaitRequest request;
    request.speed = kSpeed;
    request.cadence = norm.calc_cadence_spm(kSpeed) / 60.0;
    request.knots_per_step = 100;
    const SkeletonTables tables = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
    request.strength = calc_joint_strength(
        *runner_,
        build_muscles(runner_->model, tables,
                      read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", tables), PersonParameters{}));
    request.reference = build_reference_motion(runner_->model, norm, kSpeed, request.cadence);
    stages_ = new std::vector<std::string>;
    plan_ = new GaitPlan(plan_gait(*runner_, request, [](const std::string& s) { stages_->push_back(s); }));
    step_ = new Step(calc_step(0.0));
  }
  static void TearDownTestSuite() {
    delete step_;
    delete stages_;
    delete plan_;
    delete runner_;
  }
  static Step calc_step(double start) {
    Step step;
    RunnerData<double> data(*runner_);
    for (int i = 0; i < kSamples; ++i) {
      const MotionState s = plan_->motion.at_time(start + plan_->step_time() * (i + 0.5) / kSamples);
      update_external_forces(*runner_, data, s.q.data(), s.v.data());
      step.right.push_back(calc_foot_force(*runner_, data, 0));
      step.left.push_back(calc_foot_force(*runner_, data, 1));
    }
    return step;
  }

  static const Runner* runner_;
  static std::vector<std::string>* stages_;
  static const GaitPlan* plan_;
  static const Step* step_;
};

const Runner* PlannedGait::runner_ = nullptr;
std::vector<std::string>* PlannedGait::stages_ = nullptr;
const GaitPlan* PlannedGait::plan_ = nullptr;
const PlannedGait::Step* PlannedGait::step_ = nullptr;

TEST_F(PlannedGait, ConvergesAlongItsPath) {
  EXPECT_TRUE(plan_->is_converged) << plan_->failure;
  EXPECT_EQ(plan_->failure, "");
  ASSERT_GE(stages_->size(), 3u);
  EXPECT_EQ(stages_->size(), plan_->stages.size());
  EXPECT_EQ(plan_->stages.back().knots, 100);
  EXPECT_LT(plan_->stages.back().solver.constraint_violation, 1e-5);
  double share = 0.0;
  for (const CostShare& cost : plan_->costs) share += cost.share;
  EXPECT_NEAR(share, 1.0, 1e-9);
}

TEST_F(PlannedGait, AdvancesAtTheSpeedAskedFor) {
  const double advance = plan_->motion.at_time(plan_->step_time()).q[0] - plan_->motion.at_time(0.0).q[0];
  EXPECT_NEAR(advance / plan_->step_time(), kSpeed,
              0.02);  // the pelvis surges within the step, mirrored after it
  const double stride =
      plan_->motion.at_time(2.0 * plan_->step_time()).q[0] - plan_->motion.at_time(0.0).q[0];
  EXPECT_NEAR(stride / (2.0 * plan_->step_time()), kSpeed, 1e-9);
}

// The balance that is enforced: zero at knots; what is left between them is reported as measured here.
TEST_F(PlannedGait, BalancesAtKnotsAndNearlyBetween) {
  RunnerData<double> data(*runner_);
  Eigen::VectorXd tau(runner_->model.coordinate_count());
  const auto calc_residual = [&](const MotionState& s) {
    calc_actuator_torques(*runner_, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    return tau.head<3>().norm();
  };
  for (int k = 0; k < 50; ++k) EXPECT_LT(calc_residual(plan_->motion.at_knot(k)), 0.03) << k;  // N
  double largest = 0.0, squares = 0.0;
  for (int i = 0; i < 500; ++i) {
    const double force = calc_residual(plan_->motion.at_time(plan_->step_time() * (i + 0.25) / 500.0));
    largest = std::max(largest, force);
    squares += force * force / 500.0;
  }
  EXPECT_NEAR(plan_->between_knots.force_rms, std::sqrt(squares), 0.1 * std::sqrt(squares));
  EXPECT_NEAR(plan_->between_knots.force_max, largest, 0.2 * largest);
  const double weight = runner_->body_weight();
  // 10 N with these 100 knots, 106 N with 50.
  EXPECT_LT(plan_->between_knots.force_rms, 0.10 * weight);
  RecordProperty("between_knots_force_rms_n", std::to_string(plan_->between_knots.force_rms));
  RecordProperty("between_knots_force_max_n", std::to_string(plan_->between_knots.force_max));
}

TEST_F(PlannedGait, MeanVerticalForceIsTheWeight) {
  double mean = 0.0;
  for (int i = 0; i < kSamples; ++i) mean += (step_->right[i].y + step_->left[i].y) / kSamples;
  const double weight = runner_->model.total_mass() * runner_->model.gravity;
  RecordProperty("mean_vertical_over_weight", std::to_string(mean / weight));
  EXPECT_NEAR(mean, weight, 0.005 * weight);
}

TEST_F(PlannedGait, ForeAftImpulsesCancel) {
  double net = 0.0, braking = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const double force = step_->right[i].x + step_->left[i].x;
    net += force;
    braking += std::min(0.0, force);
  }
  RecordProperty("net_over_braking", std::to_string(net / -braking));
  EXPECT_LT(braking / kSamples, -0.02 * runner_->body_weight());
  EXPECT_LT(std::abs(net), 0.02 * -braking);
}

TEST_F(PlannedGait, NextStepIsTheMirrorImage) {
  const Step next = calc_step(plan_->step_time());
  for (int i = 0; i < kSamples; i += 50) {
    const Vector3<double> image = Vector3<double>{step_->left[i].x, step_->left[i].y, -step_->left[i].z};
    EXPECT_LT(to_eigen(next.right[i] - image).norm(), 1e-6 * (1.0 + to_eigen(image).norm()));
  }
}

// One flight phase per step, a single stance: it is running.
TEST_F(PlannedGait, Runs) {
  int airborne = 0, both = 0;
  double peak = 0.0;
  for (int i = 0; i < kSamples; ++i) {
    const bool right = step_->right[i].y > 50.0, left = step_->left[i].y > 50.0;
    airborne += !right && !left ? 1 : 0;
    both += right && left ? 1 : 0;
    peak = std::max(peak, step_->right[i].y + step_->left[i].y);
  }
  EXPECT_GT(airborne, kSamples / 20);
  EXPECT_EQ(both, 0);
  EXPECT_GT(peak, 1.8 * runner_->body_weight());
  EXPECT_LT(peak, 3.5 * runner_->body_weight());
}

// Knees bend, and stay within their bounds.
TEST_F(PlannedGait, KneesStayWithinTheirBounds) {
  for (const LegPassive& leg : runner_->legs) {
    double lowest = 10.0, highest = -10.0;
    for (int i = 0; i < 400; ++i) {
      const double knee = plan_->motion.at_time(2.0 * plan_->step_time() * i / 400.0).q[leg.knee];
      lowest = std::min(lowest, knee);
      highest = std::max(highest, knee);
    }
    EXPECT_GE(lowest, 0.03 - 1e-6);
    EXPECT_LE(highest, 2.4);
    EXPECT_GT(highest - lowest, 1.0);
  }
}

}  // namespace
}  // namespace lumbarun
