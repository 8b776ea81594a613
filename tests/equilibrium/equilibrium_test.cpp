// Static equilibrium of the whole runner against what can be computed by hand from segment weights.
#include "sim/equilibrium/equilibrium.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/runner_builder.h"
#include "sim/core/errors.h"
#include "sim/multibody/energy.h"

namespace lumbarun {
namespace {

using ::testing::HasSubstr;

class Posture : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    built_ = new Runner(
        build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), RunnerParameters()));
  }
  static void TearDownTestSuite() {
    delete built_;
    built_ = nullptr;
  }

  Posture() : runner_(*built_), data_(runner_) {
    request_.q = Eigen::VectorXd::Zero(runner_.model.coordinate_count());
  }

  double& angle(const std::string& name) { return request_.q[runner_.model.get_coordinate(name)]; }
  void bend(const char* axis, double total) {
    for (const char* level : {"L5_S1_", "L4_L5_", "L3_L4_", "L2_L3_", "L1_L2_"})
      angle(std::string(level) + axis) = total / 5.0;
  }
  void hold(double mass, double distance) {
    const CoordinateIndex thorax = runner_.model.body(runner_.model.get_body("thorax")).link;
    runner_.point_forces.push_back({thorax, {distance, 0.2, 0.0}, {0.0, -mass * runner_.model.gravity, 0.0}});
  }
  Seat build_seat() {
    Seat seat;
    const CoordinateIndex pelvis = runner_.model.body(runner_.model.get_body("pelvis")).link;
    for (int side = 0; side < 2; ++side) {
      const LegPassive& leg = runner_.legs[side];
      const double out = side == 0 ? 0.06 : -0.06;
      seat.ischium[side] = {pelvis, {-0.1, -0.14, out}};
      seat.thigh[side] = {runner_.model.link(leg.knee).parent, {0.0, -0.2, 0.0}};
    }
    return seat;
  }
  void sit() {
    for (const char* side : {"_r", "_l"}) {
      angle(std::string("hip_flexion") + side) = 1.3;
      angle(std::string("knee_angle") + side) = 1.5;
    }
    angle("pelvis_tilt") = 0.2;
    bend("extension", -0.3);
    request_.seat = build_seat();
  }

  EquilibriumSummary solve() {
    const EquilibriumSummary summary = solve_equilibrium(request_, runner_, q_);
    const Eigen::VectorXd rest = Eigen::VectorXd::Zero(q_.size());
    tau_.resize(q_.size());
    calc_actuator_torques(runner_, data_, q_.data(), rest.data(), rest.data(), tau_.data());
    return summary;
  }

  double calc_foot_force(int foot) const { return lumbarun::calc_foot_force(runner_, data_, foot).y; }
  Vector3<double> calc_pressure_center() const {
    Vector3<double> moment;
    double force = 0.0;
    for (const auto& element : data_.elements) {
      moment += element.position * element.force.y;
      force += element.force.y;
    }
    return moment * (1.0 / force);
  }
  double weight() const { return runner_.model.total_mass() * runner_.model.gravity; }

  static const Runner* built_;
  Runner runner_;
  RunnerData<double> data_;
  EquilibriumRequest request_;
  Eigen::VectorXd q_, tau_;
};

const Runner* Posture::built_ = nullptr;

TEST_F(Posture, StandingFeetCarryTheWeightUnderTheCenterOfMass) {
  const EquilibriumSummary found = solve();
  ASSERT_TRUE(found.is_converged) << found.failure;
  EXPECT_NEAR(found.foot_force, weight(), 1e-6 * weight());
  EXPECT_NEAR(calc_foot_force(0), calc_foot_force(1), 1e-6 * weight());
  EXPECT_LT(found.largest_root_residual, 1e-8);
  const Vector3<double> center = calc_mass_center(runner_.model, data_.tree).position;
  EXPECT_NEAR(calc_pressure_center().x, center.x, 1e-6);
  EXPECT_NEAR(calc_pressure_center().z, 0.0, 1e-6);
  double ankle = 0.0;
  for (const LegPassive& leg : runner_.legs) ankle += 0.5 * data_.tree.link[leg.ankle].p_WL.x;
  EXPECT_NEAR(calc_pressure_center().x - ankle, request_.center_of_pressure, 1e-7);
}

// The moment at L5/S1 of everything above it, held load included, is Σ weight · lever arm.
TEST_F(Posture, MomentAtTheLowestDiscIsThatOfTheWeightsAboveIt) {
  angle("pelvis_tilt") = -0.35;
  bend("extension", -0.5);
  angle("arm_flex_r") = angle("arm_flex_l") = 1.1;
  hold(17.0, 0.33);
  ASSERT_TRUE(solve().is_converged);
  const CoordinateIndex disc = runner_.discs[kLevelCount - 1].axes[0].coordinate;
  const Vector3<double> origin = data_.tree.link[disc].p_WL;
  double moment = 0.0;
  for (int i = 0; i < runner_.model.coordinate_count(); ++i) {
    const CoordinateIndex link(i);
    const RigidInertia& inertia = runner_.model.link(link).inertia;
    if (inertia.mass == 0.0 || !runner_.model.is_on_path(disc, link)) continue;
    moment += inertia.mass * runner_.model.gravity *
              (calc_position(data_.tree, link, inertia.center_of_mass).x - origin.x);
  }
  const PointForce& load = runner_.point_forces.front();
  moment -= load.F_P_W.y * (calc_position(data_.tree, load.link, load.p_LP).x - origin.x);
  EXPECT_GT(moment, 100.0);  // N m: a load that matters
  EXPECT_NEAR(data_.tree.tau[disc], moment, 1e-7 * moment);
  EXPECT_NEAR(tau_[disc] + data_.passive[disc], moment, 1e-7 * moment);
}

TEST_F(Posture, TheLegsLeanSoThatBodyAndLoadPressOnTheSamePlace) {
  hold(20.0, 0.4);
  const EquilibriumSummary found = solve();
  ASSERT_TRUE(found.is_converged) << found.failure;
  EXPECT_NEAR(found.foot_force, weight() + 20.0 * runner_.model.gravity, 1e-5);
  const double ankle = data_.tree.link[runner_.legs[0].ankle].p_WL.x;
  EXPECT_NEAR(calc_pressure_center().x - ankle, request_.center_of_pressure, 1e-6);
  EXPECT_LT(calc_mass_center(runner_.model, data_.tree).position.x, calc_pressure_center().x - 0.05);
}

TEST_F(Posture, SeatAndFeetShareTheWeight) {
  sit();
  const EquilibriumSummary found = solve();
  ASSERT_TRUE(found.is_converged) << found.failure;
  EXPECT_NEAR(found.foot_force, 0.2 * weight(), 1e-6 * weight());
  const double seat =
      found.ischium_force[0] + found.ischium_force[1] + found.thigh_force[0] + found.thigh_force[1];
  EXPECT_NEAR(seat + found.foot_force, weight(), 1e-6 * weight());
  EXPECT_NEAR(found.ischium_force[0], found.ischium_force[1], 1e-6 * weight());
  // Moments about the world's origin by hand.
  double moment = -weight() * calc_mass_center(runner_.model, data_.tree).position.x +
                  found.foot_force * calc_pressure_center().x;
  for (const PointForce& given : runner_.point_forces)
    moment += given.F_P_W.y * calc_position(data_.tree, given.link, given.p_LP).x;
  EXPECT_NEAR(moment, 0.0, 1e-6 * weight());
}

TEST_F(Posture, ABendToTheOtherSideIsTheMirrorImage) {
  bend("bending", 0.3);
  const EquilibriumSummary right = solve();
  ASSERT_TRUE(right.is_converged) << right.failure;
  const Eigen::VectorXd q = q_, tau = tau_;
  const double on_right = calc_foot_force(0), on_left = calc_foot_force(1);
  EXPECT_GT(on_right, on_left + 20.0);
  bend("bending", -0.3);
  ASSERT_TRUE(solve().is_converged);
  EXPECT_NEAR(calc_foot_force(1), on_right, 1e-5);
  EXPECT_NEAR(calc_foot_force(0), on_left, 1e-5);
  for (int i = 0; i < q.size(); ++i) {
    const int partner = runner_.mirror.partner[i];
    EXPECT_NEAR(q_[i], runner_.mirror.sign[i] * q[partner], 1e-9);
    EXPECT_NEAR(tau_[i], runner_.mirror.sign[i] * tau[partner], 1e-5);
  }
}

TEST_F(Posture, AWeightBesideTheFeetIsNoEquilibrium) {
  const CoordinateIndex thorax = runner_.model.body(runner_.model.get_body("thorax")).link;
  runner_.point_forces.push_back({thorax, {0.0, 0.2, 0.9}, {0.0, -300.0, 0.0}});
  const EquilibriumSummary found = solve();
  EXPECT_FALSE(found.is_converged);
  EXPECT_THAT(found.failure, HasSubstr("no equilibrium: pelvis_"));
}

TEST_F(Posture, ASeatDoesNotPull) {
  sit();
  bend("extension", 0.3);
  angle("pelvis_tilt") = 0.5;
  const EquilibriumSummary found = solve();
  EXPECT_FALSE(found.is_converged);
  EXPECT_THAT(found.failure, HasSubstr("the seat would have to pull"));
}

TEST_F(Posture, TheGroundMustBeLevel) {
  runner_.contact.plane = build_ground_plane(0.05, 0.0);
  EXPECT_THROW(solve_equilibrium(request_, runner_, q_), BadInput);
}

}  // namespace
}  // namespace lumbarun
