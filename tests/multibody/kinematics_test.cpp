#include "sim/multibody/kinematics.h"

#include <gtest/gtest.h>

#include "sim/multibody/jacobian.h"
#include "tests/multibody/reference_kinematics.h"
#include "tests/oracles/dual.h"
#include "tests/oracles/finite_difference.h"

namespace lumbarun {
namespace {

using oracles::Dual1;
using oracles::Random;
using oracles::Root;

constexpr int kSeeds = 12;

Eigen::Vector3d calc_reference_point(const oracles::TreeDescription& tree, const std::vector<double>& q,
                                     int body, const Eigen::Vector3d& p_BP) {
  return oracles::calc_reference_poses(tree, q)[body] * p_BP;
}

struct Scene {
  explicit Scene(unsigned seed, Root root = Root::kFixed)
      : tree(oracles::describe_random_tree(seed, 9, root)),
        model(oracles::build_model(tree)),
        random(seed + 1000),
        state(oracles::build_random_state(model, random)),
        data(model) {
    update_positions(model, data, state.q.data());
    update_velocities(model, data, state.v.data());
  }
  oracles::TreeDescription tree;
  Model model;
  Random random;
  oracles::TreeState state;
  Data<double> data;
};

TEST(Kinematics, BodyPosesMatchComposedTransforms) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Scene s(seed);
    const auto expected = oracles::calc_reference_poses(s.tree, s.state.q);
    for (int i = 0; i < s.model.body_count(); ++i) {
      const Transform<double> X = calc_body_pose(s.model, s.data, BodyIndex(i));
      EXPECT_LT((oracles::to_isometry(X).matrix() - expected[i].matrix()).cwiseAbs().maxCoeff(), 1e-14)
          << s.tree[i].name;
    }
  }
}

// The sense of a joint in plain words: positive hinge about +Z turns X towards Y, negative sense turns it
// back.
TEST(Kinematics, SenseOfAHingeAndASlide) {
  for (double sign : {1.0, -1.0}) {
    Model model;
    model.add_body("slider", {}, {}, {oracles::build_axis("s", JointKind::kSlide, 1, sign)}, {}, {});
    model.add_body("arm", BodyIndex(0), {}, {oracles::build_axis("h", JointKind::kHinge, 2, sign)}, {}, {});
    Data<double> data(model);
    const std::vector<double> q = {0.3, 0.5};
    update_positions(model, data, q.data());
    const Vector3<double> p = calc_position(data, CoordinateIndex(1), {1.0, 0.0, 0.0});
    EXPECT_DOUBLE_EQ(p.x, std::cos(0.5));
    EXPECT_DOUBLE_EQ(p.y, sign * (0.3 + std::sin(0.5)));
    EXPECT_DOUBLE_EQ(p.z, 0.0);
  }
}

TEST(Kinematics, PointVelocityIsTheRateOfItsPosition) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    Scene s(seed);
    for (int body = 0; body < s.model.body_count(); ++body) {
      const Vector3<double> p_BP = s.random.vector(0.5);
      const Vector3<double> p_WP = calc_body_pose(s.model, s.data, BodyIndex(body)) * p_BP;
      const CoordinateIndex link = s.model.body(BodyIndex(body)).link;
      const Eigen::Vector3d velocity = to_eigen(calc_velocity(s.data, link, p_WP));
      const auto position = [&](double t) -> Eigen::Vector3d {
        std::vector<double> q = s.state.q;
        for (size_t i = 0; i < q.size(); ++i) q[i] += t * s.state.v[i];
        return calc_reference_point(s.tree, q, body, to_eigen(p_BP));
      };
      const Eigen::Vector3d expected = oracles::calc_richardson_derivative(position, 0.0, 0.01);
      EXPECT_LT((velocity - expected).norm(), 1e-10 * (1.0 + expected.norm()));
      if (!link.is_valid()) {
        EXPECT_EQ(velocity.norm(), 0.0);
      }
    }
  }
}

// dR/dt = [w]x R, with dR/dt from dual numbers.
TEST(Kinematics, AngularVelocityTurnsTheRotation) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Scene s(seed);
    Data<Dual1> moving(s.model);
    const std::vector<Dual1> q = oracles::along(s.state.q, s.state.v);
    update_positions(s.model, moving, q.data());
    for (int i = 0; i < s.model.coordinate_count(); ++i) {
      const Matrix3<double> expected = skew(s.data.link[i].w_WL) * s.data.link[i].R_WL;
      for (int k = 0; k < 3; ++k) {
        const Vector3<Dual1>& column = moving.link[i].R_WL.column[k];
        const Eigen::Vector3d rate(column.x.slope, column.y.slope, column.z.slope);
        EXPECT_LT((rate - to_eigen(expected.column[k])).norm(), 1e-13 * (1.0 + rate.norm()));
      }
    }
  }
}

TEST(Jacobian, PointJacobianIsTheGradientOfThePosition) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    Scene s(seed);
    std::vector<Vector3<double>> column(s.model.coordinate_count());
    for (int body = 0; body < s.model.body_count(); ++body) {
      const Vector3<double> p_BP = s.random.vector(0.5);
      const Vector3<double> p_WP = calc_body_pose(s.model, s.data, BodyIndex(body)) * p_BP;
      calc_point_jacobian(s.model, s.data, s.model.body(BodyIndex(body)).link, p_WP, column.data());
      for (size_t j = 0; j < column.size(); ++j) {
        const auto position = [&](double x) -> Eigen::Vector3d {
          std::vector<double> q = s.state.q;
          q[j] = x;
          return calc_reference_point(s.tree, q, body, to_eigen(p_BP));
        };
        const Eigen::Vector3d expected = oracles::calc_richardson_derivative(position, s.state.q[j], 0.05);
        EXPECT_LT((to_eigen(column[j]) - expected).norm(), 1e-11) << s.tree[body].name << " " << j;
      }
    }
  }
}

TEST(Jacobian, JacobiansTimesRatesAreVelocities) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    Scene s(seed, Root::kFree);
    const int n = s.model.coordinate_count();
    std::vector<SpatialMotion<double>> body_column(n, {{9.0, 9.0, 9.0}, {9.0, 9.0, 9.0}});
    std::vector<Vector3<double>> point_column(n, {9.0, 9.0, 9.0});
    for (int i = 0; i < n; ++i) {
      const CoordinateIndex link(i);
      const Vector3<double> p_WP = calc_position(s.data, link, s.random.vector(0.5));
      calc_body_jacobian(s.model, s.data, link, body_column.data());
      calc_point_jacobian(s.model, s.data, link, p_WP, point_column.data());
      Eigen::Vector3d w = -to_eigen(s.data.link[i].w_WL), v = -to_eigen(s.data.link[i].v_WL);
      Eigen::Vector3d v_P = -to_eigen(calc_velocity(s.data, link, p_WP));
      for (int j = 0; j < n; ++j) {
        w += to_eigen(body_column[j].angular) * s.state.v[j];
        v += to_eigen(body_column[j].linear) * s.state.v[j];
        v_P += to_eigen(point_column[j]) * s.state.v[j];
        if (s.model.is_on_path(CoordinateIndex(j), link)) continue;
        EXPECT_EQ(to_eigen(point_column[j]).norm() + to_eigen(body_column[j].linear).norm(), 0.0);
      }
      EXPECT_LT(w.norm() + v.norm() + v_P.norm(), 1e-12);
    }
  }
}

}  // namespace
}  // namespace lumbarun
