// The runner's equations of motion: forward undoes inverse, momentum changes as the outside forces say, a
// mirrored runner moves as its mirror image, and every scalar gives the same numbers.
#include "sim/dynamics/equations_of_motion.h"

#include <gtest/gtest.h>

#include "sim/multibody/energy.h"
#include "sim/tape/tape.h"
#include "tests/dynamics/running_states.h"
#include "tests/oracles/finite_difference.h"

namespace lumbarun {
namespace {

class RunnerMotion : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    runner_ = new Runner(test::build_sample_runner());
    states_ = new std::vector<MotionState>(test::build_running_states(*runner_, 8, 20251));
  }
  static void TearDownTestSuite() {
    delete runner_;
    delete states_;
  }
  static int size() { return runner_->model.coordinate_count(); }
  static Eigen::VectorXd calc_torques(RunnerData<double>& data, const MotionState& s) {
    Eigen::VectorXd tau(size());
    calc_actuator_torques(*runner_, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    return tau;
  }

  static const Runner* runner_;
  static const std::vector<MotionState>* states_;
};

const Runner* RunnerMotion::runner_ = nullptr;
const std::vector<MotionState>* RunnerMotion::states_ = nullptr;

TEST_F(RunnerMotion, StatesAreGeneral) {
  RunnerData<double> data(*runner_);
  int loaded = 0, airborne = 0;
  for (const MotionState& s : *states_) {
    calc_torques(data, s);
    const int count = test::count_loaded_elements(data);
    loaded += count;
    airborne += count == 0 ? 1 : 0;
  }
  EXPECT_GE(loaded, 6);
  EXPECT_GE(airborne, 1);
}

TEST_F(RunnerMotion, ForwardUndoesInverse) {
  RunnerData<double> data(*runner_), other(*runner_);
  for (const MotionState& s : *states_) {
    const Eigen::VectorXd tau = calc_torques(data, s);
    Eigen::VectorXd a(size());
    calc_accelerations(*runner_, other, s.q.data(), s.v.data(), tau.data(), a.data());
    EXPECT_LT((a - s.a).cwiseAbs().maxCoeff(), 1e-9 * s.a.cwiseAbs().maxCoeff());
    // And back: inverse undoes forward, for torques of general size.
    oracles::Random random(7);
    const Eigen::VectorXd push = Eigen::Map<Eigen::VectorXd>(random.values(size(), 40.0).data(), size());
    calc_accelerations(*runner_, other, s.q.data(), s.v.data(), push.data(), a.data());
    EXPECT_LT((calc_torques(data, {s.q, s.v, a}) - push).cwiseAbs().maxCoeff(), 1e-8);
  }
}

// Newton and Euler for the whole runner: what changes its momentum is its weight and the ground, nothing
// else.
TEST_F(RunnerMotion, MomentumChangesByWeightAndGroundForceAlone) {
  RunnerData<double> data(*runner_);
  const double mass = runner_->model.total_mass();
  const auto calc_momentum_at = [&](const MotionState& s, double t) {
    RunnerData<double> moved(*runner_);
    const Eigen::VectorXd q = s.q + t * s.v + 0.5 * t * t * s.a, v = s.v + t * s.a;
    update_external_forces(*runner_, moved, q.data(), v.data());
    return calc_momentum(runner_->model, moved.tree);
  };
  for (MotionState s : *states_) {
    oracles::Random random(3);
    Eigen::VectorXd tau = Eigen::Map<Eigen::VectorXd>(random.values(size(), 40.0).data(), size());
    tau.head<kRootCoordinateCount>().setZero();
    calc_accelerations(*runner_, data, s.q.data(), s.v.data(), tau.data(), s.a.data());
    SpatialForce<double> ground;
    for (int foot = 0; foot < kFootCount; ++foot) ground.force += calc_foot_force(*runner_, data, foot);
    for (const auto& element : data.elements) ground.moment += cross(element.position, element.force);
    const Vector3<double> weight{0.0, -mass * runner_->model.gravity, 0.0};
    const Vector3<double> center = calc_mass_center(runner_->model, data.tree).position;
    const Eigen::Vector3d force = to_eigen(ground.force + weight);
    const Eigen::Vector3d moment = to_eigen(ground.moment + cross(center, weight));
    const Eigen::Matrix<double, 6, 1> rate = oracles::calc_richardson_derivative(
        [&](double t) {
          const SpatialForce<double> momentum = calc_momentum_at(s, t);
          return (Eigen::Matrix<double, 6, 1>() << to_eigen(momentum.force), to_eigen(momentum.moment))
              .finished();
        },
        0.0, 1e-5);
    EXPECT_LT((rate.head<3>() - force).norm(), 1e-6 * force.norm());
    EXPECT_LT((rate.tail<3>() - moment).norm(), 1e-6 * moment.norm());
  }
}

// The mirrored runner, mirrored torques: mirrored accelerations and forces, to rounding.
TEST_F(RunnerMotion, MirroredStateMovesAsTheMirrorImage) {
  const MirrorMap& mirror = runner_->mirror;
  const auto reflect = [&](const Eigen::VectorXd& x) {
    Eigen::VectorXd y(x.size());
    for (Eigen::Index i = 0; i < x.size(); ++i) y[i] = mirror.sign[i] * x[mirror.partner[i]];
    return y;
  };
  RunnerData<double> data(*runner_), image(*runner_);
  for (const MotionState& s : *states_) {
    oracles::Random random(11);
    const Eigen::VectorXd tau = Eigen::Map<Eigen::VectorXd>(random.values(size(), 40.0).data(), size());
    Eigen::VectorXd a(size()), a_image(size());
    calc_accelerations(*runner_, data, s.q.data(), s.v.data(), tau.data(), a.data());
    const Eigen::VectorXd q = reflect(s.q), v = reflect(s.v), tau_image = reflect(tau);
    EXPECT_GT((q - s.q).norm(), 0.1);
    calc_accelerations(*runner_, image, q.data(), v.data(), tau_image.data(), a_image.data());
    EXPECT_LT((a_image - reflect(a)).cwiseAbs().maxCoeff(), 1e-12 * a.cwiseAbs().maxCoeff());
    for (int foot = 0; foot < kFootCount; ++foot) {
      const Vector3<double> F = calc_foot_force(*runner_, data, foot);
      const Vector3<double> F_image = calc_foot_force(*runner_, image, 1 - foot);
      const Vector3<double> difference = Vector3<double>{F.x, F.y, -F.z} - F_image;
      EXPECT_LT(to_eigen(difference).norm(), 1e-11 * (1.0 + to_eigen(F).norm()));
    }
  }
}

TEST_F(RunnerMotion, MirrorMapIsAnInvolutionThatKeepsMass) {
  const MirrorMap& mirror = runner_->mirror;
  int swapped = 0, turned = 0;
  for (int i = 0; i < size(); ++i) {
    const int j = mirror.partner[i];
    EXPECT_EQ(mirror.partner[j], i);
    EXPECT_EQ(mirror.sign[i], mirror.sign[j]);
    EXPECT_EQ(runner_->model.links()[i].inertia.mass, runner_->model.links()[j].inertia.mass);
    swapped += i != j ? 1 : 0;
    turned += mirror.sign[i] < 0.0 ? 1 : 0;
  }
  EXPECT_EQ(swapped, 22);  // two legs of seven, two arms of four
  EXPECT_EQ(turned, 15);   // tz, list, rotation of the pelvis; bending and rotation of six levels
}

// double, eight lanes at once, and the recorded tape, on the runner with contact and passive torques.
TEST_F(RunnerMotion, EveryScalarGivesTheSameTorques) {
  const int n = size();
  const tape::Tape tape = tape::Tape::record(3 * n, [&](std::span<const tape::Var> z) {
    RunnerData<tape::Var> data(*runner_);
    std::vector<tape::Var> tau(n);
    calc_actuator_torques(*runner_, data, &z[0], &z[n], &z[2 * n], tau.data());
    return tau;
  });
  tape::TapeEvaluator evaluator(tape);
  RunnerData<Lanes8> lanes(*runner_);
  std::vector<Lanes8> z(3 * n), tau_lanes(n);
  for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
    const MotionState& s = (*states_)[lane];
    for (int i = 0; i < n; ++i) {
      z[i].lane[lane] = s.q[i];
      z[n + i].lane[lane] = s.v[i];
      z[2 * n + i].lane[lane] = s.a[i];
    }
  }
  calc_actuator_torques(*runner_, lanes, &z[0], &z[n], &z[2 * n], tau_lanes.data());
  RunnerData<double> data(*runner_);
  for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
    const Eigen::VectorXd tau = calc_torques(data, (*states_)[lane]);
    const double tolerance = 1e-12 * tau.cwiseAbs().maxCoeff();
    std::vector<double> input(3 * n), replayed(n);
    for (int i = 0; i < 3 * n; ++i) input[i] = z[i].lane[lane];
    evaluator.calc_values(input.data(), replayed.data());
    for (int i = 0; i < n; ++i) {
      EXPECT_NEAR(tau_lanes[i].lane[lane], tau[i], tolerance) << runner_->model.links()[i].coordinate;
      EXPECT_NEAR(replayed[i], tau[i], tolerance) << runner_->model.links()[i].coordinate;
    }
  }
}

// A second call on the same workspace, after another state, gives the same bits.
TEST_F(RunnerMotion, WorkspaceHoldsNoMemory) {
  RunnerData<double> data(*runner_), fresh(*runner_);
  const Eigen::VectorXd first = calc_torques(data, (*states_)[0]);
  calc_torques(data, (*states_)[5]);
  EXPECT_EQ(calc_torques(data, (*states_)[0]), first);
  EXPECT_EQ(calc_torques(fresh, (*states_)[0]), first);
}

}  // namespace
}  // namespace lumbarun
