// Our vectors and matrices against Eigen's.
#include "sim/spatial/vector3.h"

#include <gtest/gtest.h>

#include <Eigen/Geometry>

#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;

Matrix3<double> build_matrix(Random& random) {
  return {{random.vector(2.0), random.vector(2.0), random.vector(2.0)}};
}

double distance(const Vector3<double>& a, const Eigen::Vector3d& b) { return (to_eigen(a) - b).norm(); }
double distance(const Matrix3<double>& a, const Eigen::Matrix3d& b) { return (to_eigen(a) - b).norm(); }

TEST(Vector3, MatchesEigen) {
  Random random(1);
  for (int trial = 0; trial < 20; ++trial) {
    const Vector3<double> a = random.vector(2.0), b = random.vector(2.0);
    const Eigen::Vector3d x = to_eigen(a), y = to_eigen(b);
    EXPECT_LT(distance(a + b, x + y), 1e-15);
    EXPECT_LT(distance(a - b, x - y), 1e-15);
    EXPECT_LT(distance(-a, -x), 1e-15);
    EXPECT_LT(distance(a * 1.7, 1.7 * x), 1e-15);
    EXPECT_LT(distance(1.7 * a, 1.7 * x), 1e-15);
    EXPECT_LT(distance(cross(a, b), x.cross(y)), 1e-14);
    EXPECT_NEAR(dot(a, b), x.dot(y), 1e-14);
    Vector3<double> c = a;
    c += b;
    c -= a;
    EXPECT_LT(distance(c, y), 1e-14);
  }
}

TEST(Matrix3, MatchesEigen) {
  Random random(2);
  for (int trial = 0; trial < 20; ++trial) {
    const Matrix3<double> a = build_matrix(random), b = build_matrix(random);
    const Vector3<double> v = random.vector(2.0);
    const Eigen::Matrix3d x = to_eigen(a), y = to_eigen(b);
    EXPECT_LT(distance(a * v, x * to_eigen(v)), 1e-14);
    EXPECT_LT(distance(a * b, x * y), 1e-14);
    EXPECT_LT(distance(a + b, x + y), 1e-15);
    EXPECT_LT(distance(a - b, x - y), 1e-15);
    EXPECT_LT(distance(a * 0.3, x * 0.3), 1e-15);
    EXPECT_EQ(distance(a.transposed(), x.transpose()), 0.0);
    EXPECT_LT(distance(transpose_times(a, v), x.transpose() * to_eigen(v)), 1e-14);
    EXPECT_EQ(distance(from_eigen(x), x), 0.0);
  }
  EXPECT_EQ(distance(Matrix3<double>::identity(), Eigen::Matrix3d::Identity()), 0.0);
  EXPECT_EQ(distance(Matrix3<double>::zero(), Eigen::Matrix3d::Zero()), 0.0);
}

TEST(Matrix3, FirstColumnIsTheFirstAxis) {
  const Matrix3<double> a = {{{{1.0, 2.0, 3.0}, {4.0, 5.0, 6.0}, {7.0, 8.0, 9.0}}}};
  EXPECT_EQ(to_eigen(a)(2, 0), 3.0);
  EXPECT_EQ(to_eigen(a)(0, 2), 7.0);
}

}  // namespace
}  // namespace lumbarun
