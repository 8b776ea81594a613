// Systems whose equations of motion stand in textbooks.
#include <gtest/gtest.h>

#include "sim/multibody/aba.h"
#include "sim/multibody/crba.h"
#include "sim/multibody/energy.h"
#include "sim/multibody/rnea.h"
#include "tests/oracles/closed_forms.h"
#include "tests/oracles/integrate.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::build_axis;
using oracles::integrate_rk4;

RigidInertia build_inertia(double mass, const Vector3<double>& center, const Eigen::Vector3d& moments) {
  return {mass, center, from_eigen(Eigen::Matrix3d(moments.asDiagonal()))};
}

// Passive motion of the tree in time: x = (q, v).
class Passive {
 public:
  explicit Passive(const Model& model)
      : model_(model), data_(model), work_(model), tau_(model.coordinate_count(), 0.0) {}
  void operator()(const std::vector<double>& x, std::vector<double>& dx) {
    const size_t n = tau_.size();
    update_positions(model_, data_, x.data());
    aba(model_, data_, work_, x.data() + n, tau_.data(), dx.data() + n);
    std::copy(x.begin() + n, x.end(), dx.begin());
  }

 private:
  const Model& model_;
  Data<double> data_;
  ArticulatedWorkspace<double> work_;
  std::vector<double> tau_;
};

std::vector<double> calc_passive_acceleration(const Model& model, std::vector<double> x) {
  std::vector<double> dx(x.size());
  Passive{model}(x, dx);
  return {dx.begin() + x.size() / 2, dx.end()};
}

Model build_pendulum(const oracles::CompoundPendulum& p) {
  Model model;
  model.add_body(
      "rod", {}, {Matrix3<double>::identity(), {0.3, 1.2, -0.4}}, {build_axis("angle", JointKind::kHinge, 2)},
      {Matrix3<double>::identity(), {0.0, p.distance, 0.0}}, build_inertia(p.mass, {}, {0.9, 0.8, p.moment}));
  return model;
}

TEST(CompoundPendulum, AcceleratesAsInTheBook) {
  const oracles::CompoundPendulum pendulum{2.3, 0.4, 0.07, kStandardGravity};
  const Model model = build_pendulum(pendulum);
  for (double angle : {-2.5, -0.3, 0.0, 1.1, 3.0}) {
    EXPECT_NEAR(calc_passive_acceleration(model, {angle, 1.7})[0], pendulum.acceleration(angle), 1e-13);
  }
}

// Released at 2.2 rad, the pendulum is at rest there again after the exact period.
TEST(CompoundPendulum, ReturnsAfterItsExactPeriod) {
  const oracles::CompoundPendulum pendulum{2.3, 0.4, 0.07, kStandardGravity};
  const Model model = build_pendulum(pendulum);
  const int steps = 4000;
  const auto end = integrate_rk4(Passive(model), {2.2, 0.0}, pendulum.period(2.2) / steps, steps);
  EXPECT_NEAR(end[0], 2.2, 1e-10);
  EXPECT_NEAR(end[1], 0.0, 1e-9);
}

TEST(DoublePendulum, MatchesTheBook) {
  const oracles::DoublePendulum arm{3.1, 0.45, 0.2, 0.06, 1.7, 0.19, 0.03, kStandardGravity};
  Model model;
  const BodyIndex upper = model.add_body("upper", {}, {}, {build_axis("q1", JointKind::kHinge, 2)}, {},
                                         build_inertia(arm.m1, {arm.lc1, 0.0, 0.0}, {0.1, 0.1, arm.I1}));
  model.add_body("lower", upper, {Matrix3<double>::identity(), {arm.l1, 0.0, 0.0}},
                 {build_axis("q2", JointKind::kHinge, 2)}, {},
                 build_inertia(arm.m2, {arm.lc2, 0.0, 0.0}, {0.1, 0.1, arm.I2}));
  oracles::Random random(1);
  Data<double> data(model);
  CompositeWorkspace<double> work(model);
  for (int trial = 0; trial < 10; ++trial) {
    const auto q = random.values(2, 3.0), v = random.values(2, 5.0), a = random.values(2, 30.0);
    const Eigen::Vector2d expected =
        arm.torque(Eigen::Vector2d(q.data()), Eigen::Vector2d(v.data()), Eigen::Vector2d(a.data()));
    const auto& tau = rnea(model, data, q.data(), v.data(), a.data());
    EXPECT_NEAR(tau[0], expected[0], 1e-12 * expected.norm());
    EXPECT_NEAR(tau[1], expected[1], 1e-12 * expected.norm());
    Eigen::Matrix2d M;
    crba(model, data, work, M.data());
    EXPECT_LT((M - arm.mass_matrix(q[1])).norm(), 1e-14);
  }
}

// A bead on a turning rod, the turntable's axis along Y so that gravity does no work:
// force along the rod m (r'' - r w²), torque m (r² w' + 2 r r' w).
TEST(BeadOnARod, FeelsCentrifugalAndCoriolisForces) {
  const double m = 0.7, r = 0.9, rate = -1.3, w = 2.1, r_second = 4.0, w_rate = -3.0;
  Model model;
  const BodyIndex table = model.add_body("table", {}, {}, {build_axis("turn", JointKind::kHinge, 1)}, {}, {});
  model.add_body("bead", table, {}, {build_axis("r", JointKind::kSlide, 0)}, {},
                 {m, {}, Matrix3<double>::zero()});
  Data<double> data(model);
  const std::vector<double> q = {0.8, r}, v = {w, rate}, a = {w_rate, r_second};
  const auto& tau = rnea(model, data, q.data(), v.data(), a.data());
  EXPECT_NEAR(tau[0], m * (r * r * w_rate + 2.0 * r * rate * w), 1e-13);
  EXPECT_NEAR(tau[1], m * (r_second - r * w * w), 1e-13);
  EXPECT_NEAR(data.transmitted[0].force.y, m * kStandardGravity, 1e-13);
}

// Precession about the vertical, tilt, spin about the body's own axis; steady precession needs no torque at
// all.
TEST(HeavyTop, PrecessesSteadily) {
  const double mass = 1.3, length = 0.25, transverse = 0.04, axial = 0.015, tilt = 0.6, precession = 3.0;
  Model model;
  model.add_body("top", {}, {},
                 {build_axis("precession", JointKind::kHinge, 1), build_axis("tilt", JointKind::kHinge, 2),
                  build_axis("spin", JointKind::kHinge, 1)},
                 {}, build_inertia(mass, {0.0, length, 0.0}, {transverse, axial, transverse}));
  const double at_tip = transverse + mass * length * length;
  const double spin =
      oracles::heavy_top_spin(mass * kStandardGravity * length, at_tip, axial, tilt, precession);
  const auto a = calc_passive_acceleration(model, {0.3, tilt, -0.9, precession, 0.0, spin});
  for (double value : a) EXPECT_NEAR(value, 0.0, 1e-11);
  const auto faster = calc_passive_acceleration(model, {0.3, tilt, -0.9, precession, 0.0, 1.1 * spin});
  EXPECT_GT(std::abs(faster[1]), 1.0);
}

// A thrown symmetric body: its rotation against the closed form, its centre of mass on the parabola.
TEST(SymmetricTop, FliesAsInTheBook) {
  const Eigen::Vector3d axis(0.0, 0.6, 0.8);
  const oracles::SymmetricTop top{0.5, 0.8, axis};
  const Eigen::Matrix3d inertia =
      top.transverse * Eigen::Matrix3d::Identity() + (top.axial - top.transverse) * axis * axis.transpose();
  Model model;
  model.add_body("top", {}, {}, oracles::build_free_chain("top"), {}, {2.0, {}, from_eigen(inertia)});
  const std::vector<double> start = {0.1, 1.0, -0.2, 0.3, 0.2, -0.4, 1.5, 2.0, -0.7, 1.1, -0.6, 0.9};
  Data<double> data(model);
  const auto update = [&](const std::vector<double>& x) {
    update_positions(model, data, x.data());
    update_velocities(model, data, x.data() + 6);
  };
  update(start);
  const Eigen::Matrix3d R0 = to_eigen(data.link[5].R_WL);
  const Eigen::Vector3d w0 = to_eigen(data.link[5].w_WL), v0 = to_eigen(data.link[5].v_WL);
  const Eigen::Vector3d p0 = to_eigen(data.link[5].p_WL);
  const double t = 0.5;
  update(integrate_rk4(Passive(model), start, t / 1000, 1000));
  EXPECT_LT((to_eigen(data.link[5].R_WL) - top.rotation(R0, w0, t)).norm(), 1e-10);
  const Eigen::Vector3d fall(0.0, -0.5 * kStandardGravity * t * t, 0.0);
  EXPECT_LT((to_eigen(data.link[5].p_WL) - (p0 + t * v0 + fall)).norm(), 1e-12);
}

// A massless carrier in mid-tree, with mass only beyond it, behaves as if it were not there.
TEST(MasslessLink, IsOnlyAFrame) {
  oracles::Random random(5);
  const Transform<double> X_1 = random.transform(0.4), X_2 = random.transform(0.4);
  const RigidInertia load = random.inertia(2.0, 0.3);
  const JointAxis first = build_axis("a", JointKind::kHinge, 2),
                  second = build_axis("b", JointKind::kHinge, 0);
  Model plain, carried;
  const BodyIndex base = plain.add_body("base", {}, X_1, {first}, {}, {});
  plain.add_body("load", base, X_2, {second}, {}, load);
  const BodyIndex carrier = carried.add_body("carrier", {}, X_1, {first}, X_2.inverse(), {});
  const BodyIndex frame = carried.add_body("frame", carrier, {}, {second}, {}, {});
  carried.add_body("load", frame, {}, {}, {}, load);
  const std::vector<double> x = {0.4, -0.8, 1.5, 2.5};
  const auto expected = calc_passive_acceleration(plain, x), a = calc_passive_acceleration(carried, x);
  EXPECT_NEAR(a[0], expected[0], 1e-12);
  EXPECT_NEAR(a[1], expected[1], 1e-12);
}

}  // namespace
}  // namespace lumbarun
