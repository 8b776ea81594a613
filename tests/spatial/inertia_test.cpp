#include <gtest/gtest.h>

#include "sim/spatial/spatial.h"
#include "tests/oracles/closed_forms.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;

RigidInertia build_inertia(double mass, const Vector3<double>& center, const Eigen::Vector3d& moments) {
  return {mass, center, from_eigen(Eigen::Matrix3d(moments.asDiagonal()))};
}

void expect_near(const RigidInertia& a, const RigidInertia& b, double tolerance) {
  EXPECT_NEAR(a.mass, b.mass, tolerance);
  EXPECT_LT(to_eigen(a.center_of_mass - b.center_of_mass).norm(), tolerance);
  EXPECT_LT((to_eigen(a.inertia) - to_eigen(b.inertia)).norm(), tolerance);
}

// Two halves of a box are the box.
TEST(RigidInertia, HalvesOfABoxCombine) {
  const double mass = 3.0, x = 0.4, y = 0.3, z = 0.7;
  const Eigen::Vector3d half = oracles::box_moments(0.5 * mass, 0.5 * x, y, z);
  const RigidInertia box = combined(build_inertia(0.5 * mass, {0.25 * x + 1.0, 2.0, -1.0}, half),
                                    build_inertia(0.5 * mass, {-0.25 * x + 1.0, 2.0, -1.0}, half));
  expect_near(box, build_inertia(mass, {1.0, 2.0, -1.0}, oracles::box_moments(mass, x, y, z)), 1e-14);
}

// A dumbbell of unequal spheres along an oblique line u: I = I1 + I2 + m1 m2 / (m1 + m2) d² (1 - u uᵀ).
TEST(RigidInertia, SpheresMakeADumbbell) {
  const double m1 = 1.2, m2 = 3.4, d = 0.8;
  const double own = oracles::sphere_moment(m1, 0.1) + oracles::sphere_moment(m2, 0.2);
  const Eigen::Vector3d u = Eigen::Vector3d(1.0, -2.0, 0.7).normalized();
  const Vector3<double> p1 = {0.3, 0.1, -0.2}, p2 = p1 + from_eigen(Eigen::Vector3d(d * u));
  const RigidInertia bell =
      combined(build_inertia(m1, p1, Eigen::Vector3d::Constant(oracles::sphere_moment(m1, 0.1))),
               build_inertia(m2, p2, Eigen::Vector3d::Constant(oracles::sphere_moment(m2, 0.2))));
  const Eigen::Matrix3d expected =
      own * Eigen::Matrix3d::Identity() +
      m1 * m2 / (m1 + m2) * d * d * (Eigen::Matrix3d::Identity() - u * u.transpose());
  EXPECT_LT((to_eigen(bell.inertia) - expected).norm(), 1e-14);
  EXPECT_LT((to_eigen(bell.center_of_mass) - (m1 * to_eigen(p1) + m2 * to_eigen(p2)) / (m1 + m2)).norm(),
            1e-15);
}

TEST(RigidInertia, OrderAndMasslessFramesDoNotMatter) {
  Random random(5);
  const RigidInertia a = random.inertia(1.0, 0.3), b = random.inertia(2.0, 0.3), c = random.inertia(4.0, 0.3);
  expect_near(combined(a, b), combined(b, a), 1e-14);
  expect_near(combined(combined(a, b), c), combined(a, combined(b, c)), 1e-14);
  expect_near(combined(a, RigidInertia()), a, 1e-15);
  expect_near(combined(RigidInertia(), a), a, 1e-15);
  expect_near(combined(RigidInertia(), RigidInertia()), RigidInertia(), 1e-300);
}

// A rod along X in B, turned by 30° about Z into A, against the written-out tensor.
TEST(RigidInertia, ExpressedInAnotherFrame) {
  const double mass = 2.0, I = oracles::rod_moment(mass, 0.9), angle = M_PI / 6.0;
  const RigidInertia rod = build_inertia(mass, {0.45, 0.0, 0.0}, {0.0, I, I});
  const Matrix3<double> R_AB =
      from_eigen(Eigen::AngleAxisd(angle, Eigen::Vector3d::UnitZ()).toRotationMatrix());
  const RigidInertia turned = expressed_in(rod, R_AB, {0.1, 0.2, 0.3});
  Eigen::Matrix3d expected = Eigen::Matrix3d::Zero();
  expected(0, 0) = 0.25 * I, expected(1, 1) = 0.75 * I, expected(2, 2) = I;
  expected(0, 1) = expected(1, 0) = -std::sqrt(3.0) / 4.0 * I;
  EXPECT_LT((to_eigen(turned.inertia) - expected).norm(), 1e-15);
  EXPECT_LT(
      (to_eigen(turned.center_of_mass) - Eigen::Vector3d(0.1 + 0.45 * std::sqrt(0.75), 0.2 + 0.225, 0.3))
          .norm(),
      1e-15);
}

TEST(RigidInertia, KineticEnergyDoesNotDependOnTheFrame) {
  Random random(6);
  const RigidInertia inertia = random.inertia(3.0, 0.4);
  const Transform<double> X_AB = random.transform(0.5);
  const RigidInertia moved = expressed_in(inertia, X_AB.rotation, X_AB.translation);
  const Vector3<double> w_B = random.vector(2.0), w_A = X_AB.rotation * w_B;
  EXPECT_NEAR(dot(w_A, moved.inertia * w_A), dot(w_B, inertia.inertia * w_B), 1e-14);
}

TEST(Skew, IsTheCrossProduct) {
  Random random(7);
  const Vector3<double> c = random.vector(1.0), v = random.vector(1.0);
  EXPECT_LT((to_eigen(skew(c) * v) - to_eigen(c).cross(to_eigen(v))).norm(), 1e-15);
}

// A wrench keeps its power on a rigid motion wherever both are taken, and its moment follows the shift.
TEST(SpatialForce, ShiftKeepsPower) {
  Random random(8);
  const SpatialForce<double> F{random.vector(5.0), random.vector(5.0)};
  const SpatialMotion<double> V{random.vector(2.0), random.vector(2.0)};
  const Vector3<double> r = random.vector(1.0);
  const SpatialMotion<double> V_there{V.angular, V.linear + cross(V.angular, r)};
  EXPECT_NEAR(dot(V_there, shifted(F, r)), dot(V, F), 1e-13);
  EXPECT_LT((to_eigen(shifted(shifted(F, r), -r).moment - F.moment)).norm(), 1e-14);
  const SpatialForce<double> push{{}, {0.0, 2.0, 0.0}};  // 2 N upwards at the origin, seen from x = 3 m
  EXPECT_EQ(shifted(push, Vector3<double>{3.0, 0.0, 0.0}).moment.z, -6.0);
}

}  // namespace
}  // namespace lumbarun
