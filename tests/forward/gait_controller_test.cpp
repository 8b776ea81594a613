#include "sim/forward/gait_controller.h"

#include <gtest/gtest.h>

#include "sim/dynamics/equations_of_motion.h"
#include "tests/forward/sample_gait.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

class GaitControl : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    runner_ = new Runner(test::build_sample_runner());
    motion_ = new PeriodicMotion(test::build_sample_motion(*runner_, 0.010));
  }
  static void TearDownTestSuite() {
    delete motion_;
    delete runner_;
  }
  int n() const { return runner_->model.coordinate_count(); }

  std::vector<Eigen::MatrixXd> random_gains(int count) const {
    oracles::Random random(2);
    std::vector<Eigen::MatrixXd> gains(count, Eigen::MatrixXd(n() - kRootCoordinateCount, 2 * n()));
    for (auto& K : gains) {
      for (double& k : K.reshaped()) k = random.uniform(-5.0, 5.0);
    }
    return gains;
  }

  inline static Runner* runner_ = nullptr;
  inline static PeriodicMotion* motion_ = nullptr;
};

constexpr double kTimes[] = {-0.5, -0.0123, 0.0, 0.011, 0.2, 0.3599, 0.3601, 0.5, 0.9, 5.03};

TEST_F(GaitControl, TableReproducesTheMotionAndItsTorquesAtAnyTime) {
  GaitController controller(TorquePlan(*runner_, *motion_), random_gains(7), 1e4);
  RunnerData<double> data(*runner_);
  ControlState control(n());
  Eigen::VectorXd q, v, tau(n());
  for (const double t : kTimes) {
    const MotionState s = motion_->at_time(t);
    controller.calc_planned_state(t, q, v);
    EXPECT_LT((q - s.q).cwiseAbs().maxCoeff(), 1e-12) << t;
    EXPECT_LT((v - s.v).cwiseAbs().maxCoeff(), 1e-10) << t;
    calc_actuator_torques(*runner_, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    tau.head<kRootCoordinateCount>().setZero();
    controller.update(t, q.data(), v.data(), control);
    EXPECT_LT((control.planned - tau).norm(), 5e-3 * tau.norm()) << t;  // corners at the knots are rounded
    EXPECT_LT(control.feedback.norm(), 1e-6) << t;
  }
}

TEST_F(GaitControl, TheNextStepIsTheMirroredOne) {
  GaitController controller(TorquePlan(*runner_, *motion_), random_gains(7), 300.0);
  oracles::Random random(8);
  ControlState here(n()), there(n());
  Eigen::VectorXd q, v, q_next, v_next, expected(n());
  const double T = motion_->period();
  const TorquePlan& plan = controller.plan();
  for (const double t : kTimes) {
    controller.calc_planned_state(t, q, v);
    for (int i = 0; i < n(); ++i) {
      q[i] += random.uniform(-0.1, 0.1);
      v[i] += random.uniform(-1.0, 1.0);
    }
    q_next.resize(n());
    v_next.resize(n());
    plan.mirror(q.data(), q_next.data());
    plan.mirror(v.data(), v_next.data());
    q_next += plan.advance();
    controller.update(t, q.data(), v.data(), here);
    controller.update(t + T, q_next.data(), v_next.data(), there);
    plan.mirror(here.torque.data(), expected.data());
    EXPECT_LT((there.torque - expected).cwiseAbs().maxCoeff(), 1e-7) << t;
    plan.mirror(here.feedback.data(), expected.data());
    EXPECT_LT((there.feedback - expected).cwiseAbs().maxCoeff(), 1e-7) << t;
  }
}

TEST_F(GaitControl, FeedbackIsLinearInTheDeviationUpToTheLimit) {
  const auto gains = random_gains(6);
  const double limit = 250.0;
  GaitController controller(TorquePlan(*runner_, *motion_), gains, limit);
  oracles::Random random(4);
  ControlState control(n());
  const double spacing = motion_->period() / 6.0,
               t = 2.75 * spacing;  // a quarter of the way from gain 2 to gain 3
  Eigen::VectorXd q, v;
  controller.calc_planned_state(t, q, v);
  Eigen::VectorXd deviation(2 * n());
  for (double& e : deviation) e = random.uniform(-0.3, 0.3);
  q += deviation.head(n());
  v += deviation.tail(n());
  controller.update(t, q.data(), v.data(), control);
  const Eigen::VectorXd wanted = -(0.75 * gains[2] + 0.25 * gains[3]) * deviation;
  int at_limit = 0;
  for (int i = 0; i < n(); ++i) {
    const double feedback = i < kRootCoordinateCount ? 0.0 : wanted[i - kRootCoordinateCount];
    const double torque = std::clamp(control.planned[i] + feedback, -limit, limit);
    EXPECT_NEAR(control.torque[i], torque, 1e-9 * limit) << i;
    EXPECT_NEAR(control.feedback[i], torque - control.planned[i], 1e-9 * limit) << i;
    at_limit += std::abs(torque) == limit;
  }
  EXPECT_GT(at_limit, 0);
  EXPECT_LT(at_limit, n() / 2);
}

}  // namespace
}  // namespace lumbarun
