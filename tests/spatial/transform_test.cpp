#include "sim/spatial/transform.h"

#include <gtest/gtest.h>

#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;

double distance(const Vector3<double>& a, const Vector3<double>& b) { return to_eigen(a - b).norm(); }

TEST(Transform, MapsPointsAndComposes) {
  Random random(3);
  const Transform<double> X_AB = random.transform(1.0), X_BC = random.transform(1.0);
  const Vector3<double> p_C = random.vector(1.0);
  const Eigen::Vector3d p_B = to_eigen(X_BC.rotation) * to_eigen(p_C) + to_eigen(X_BC.translation);
  EXPECT_LT((to_eigen(X_BC * p_C) - p_B).norm(), 1e-15);
  EXPECT_LT(distance((X_AB * X_BC) * p_C, X_AB * (X_BC * p_C)), 1e-15);
}

TEST(Transform, InverseUndoes) {
  Random random(4);
  const Transform<double> X = random.transform(1.0);
  const Vector3<double> p = random.vector(1.0);
  EXPECT_LT(distance(X.inverse() * (X * p), p), 1e-15);
  const Transform<double> identity = X * X.inverse();
  EXPECT_LT((to_eigen(identity.rotation) - Eigen::Matrix3d::Identity()).norm(), 1e-15);
  EXPECT_LT(to_eigen(identity.translation).norm(), 1e-15);
}

TEST(Transform, DefaultIsTheIdentity) {
  const Vector3<double> p = {1.0, -2.0, 0.5};
  EXPECT_EQ(distance(Transform<double>() * p, p), 0.0);
}

// Right-handed: X to Y about Z, Y to Z about X, Z to X about Y.
TEST(Rotation, TurnsRightHanded) {
  const Vector3<double> x = {1, 0, 0}, y = {0, 1, 0}, z = {0, 0, 1};
  EXPECT_LT(distance(rotation_about(Axis::kZ, 0.5 * 3.14159265358979) * x, y), 1e-14);
  EXPECT_LT(distance(rotation_about(Axis::kX, 0.5 * 3.14159265358979) * y, z), 1e-14);
  EXPECT_LT(distance(rotation_about(Axis::kY, 0.5 * 3.14159265358979) * z, x), 1e-14);
}

// Body-fixed X-Y-Z against the written-out matrix. (Kane, Likins & Levinson 1983, Spacecraft Dynamics,
// appendix I, body-three 1-2-3.)
TEST(Rotation, BodyXyzMatchesItsMatrix) {
  const double a = 0.4, b = -0.9, c = 1.3;
  const double c1 = std::cos(a), s1 = std::sin(a), c2 = std::cos(b), s2 = std::sin(b), c3 = std::cos(c),
               s3 = std::sin(c);
  Eigen::Matrix3d expected;
  expected << c2 * c3, -c2 * s3, s2,                              //
      s1 * s2 * c3 + s3 * c1, -s1 * s2 * s3 + c3 * c1, -s1 * c2,  //
      -c1 * s2 * c3 + s3 * s1, c1 * s2 * s3 + c3 * s1, c1 * c2;
  EXPECT_LT((to_eigen(rotation_from_body_xyz(a, b, c)) - expected).norm(), 1e-15);
}

}  // namespace
}  // namespace lumbarun
