// Wobbling masses: nothing of the runner is lost or moved, and each rides on its spring as the header says.
#include "models/soft_tissue.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numbers>

#include "models/runner_builder.h"
#include "sim/multibody/kinematics.h"

namespace lumbarun {
namespace {

class SoftRunner : public testing::Test {
 protected:
  static Runner build(bool soft) {
    RunnerParameters parameters;
    parameters.person.leg_length_difference_mm = 11.0;
    parameters.soft_tissue = soft;
    return build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), parameters);
  }

  // The planned coordinates of a soft runner at general angles; soft ones at rest.
  static std::vector<double> build_pose(const Runner& rigid, const Runner& soft) {
    const std::vector<int> place = find_planned_coordinates(rigid.model, soft.model);
    std::vector<double> q(soft.model.coordinate_count(), 0.0);
    for (size_t i = 0; i < place.size(); ++i) q[place[i]] = 0.3 * std::sin(1.7 * i + 0.4);
    return q;
  }

  struct WholeBody {
    double mass = 0.0;
    Eigen::Vector3d center = Eigen::Vector3d::Zero();
    double second_moment = 0.0;  // Σ m |r|² + trace I / 2, about the origin
  };

  static WholeBody calc_whole_body(const Model& model, const std::vector<double>& q) {
    Data<double> data(model);
    update_positions(model, data, q.data());
    WholeBody whole;
    for (int i = 0; i < model.coordinate_count(); ++i) {
      const RigidInertia& inertia = model.link(CoordinateIndex(i)).inertia;
      const Vector3<double> center = calc_position(data, CoordinateIndex(i), inertia.center_of_mass);
      const Eigen::Vector3d r(center.x, center.y, center.z);
      whole.mass += inertia.mass;
      whole.center += inertia.mass * r;
      whole.second_moment +=
          inertia.mass * r.squaredNorm() +
          0.5 * (inertia.inertia.column[0].x + inertia.inertia.column[1].y + inertia.inertia.column[2].z);
    }
    whole.center /= whole.mass;
    return whole;
  }
};

TEST_F(SoftRunner, AtRestItIsTheRigidRunner) {
  const Runner rigid = build(false), soft = build(true);
  EXPECT_EQ(soft.model.coordinate_count(), rigid.model.coordinate_count() + 15);
  const std::vector<double> q = build_pose(rigid, soft);
  const std::vector<int> place = find_planned_coordinates(rigid.model, soft.model);
  std::vector<double> q_rigid;
  for (const int i : place) q_rigid.push_back(q[i]);
  const WholeBody a = calc_whole_body(rigid.model, q_rigid), b = calc_whole_body(soft.model, q);
  EXPECT_NEAR(b.mass, a.mass, 1e-11);
  EXPECT_NEAR((b.center - a.center).norm(), 0.0, 1e-12);
  EXPECT_NEAR(b.second_moment, a.second_moment, 1e-10 * a.second_moment);
}

TEST_F(SoftRunner, SharesAreThoseOfTheHeader) {
  const Model rigid = build(false).model, soft = build(true).model;
  const auto mass = [](const Model& model, const std::string& body) {
    return model.body(model.get_body(body)).inertia.mass;
  };
  EXPECT_NEAR(mass(soft, "femur_soft_l"), 0.5 * mass(rigid, "femur_l"), 1e-12);
  EXPECT_NEAR(mass(soft, "tibia_soft_r"), 0.4 * mass(rigid, "tibia_r"), 1e-12);
  EXPECT_NEAR(mass(soft, "thorax_soft"), 0.3 * mass(rigid, "thorax"), 1e-12);
  EXPECT_EQ(mass(soft, "talus_r"), mass(rigid, "talus_r"));
}

// 12 Hz and a quarter of critical damping, for every mass and axis.
TEST_F(SoftRunner, SpringsHaveTheStatedFrequencyAndDamping) {
  const Model model = build(true).model;
  const std::vector<RangeLaw> laws = build_soft_tissue_laws(model);
  ASSERT_EQ(laws.size(), 15u);
  const auto check = [&](const std::string& body, const std::string& coordinate) {
    const double mass = model.body(model.get_body(body)).inertia.mass;
    const auto law = std::find_if(laws.begin(), laws.end(), [&](const RangeLaw& l) {
      return model.link(l.coordinate).coordinate == coordinate;
    });
    ASSERT_NE(law, laws.end()) << coordinate;
    EXPECT_NEAR(std::sqrt(law->linear_stiffness / mass), 2.0 * std::numbers::pi * 12.0, 1e-9);
    EXPECT_NEAR(law->damping / (2.0 * std::sqrt(law->linear_stiffness * mass)), 0.25, 1e-12);
  };
  for (const char* axis : {"x", "y", "z"}) {
    check("thorax_soft", fmt::format("thorax_soft_{}", axis));
    for (const char* side : {"r", "l"}) {
      check(fmt::format("femur_soft_{}", side), fmt::format("femur_soft_{}_{}", axis, side));
      check(fmt::format("tibia_soft_{}", side), fmt::format("tibia_soft_{}_{}", axis, side));
    }
  }
}

TEST_F(SoftRunner, MirrorsLikeTheRest) {
  const Runner soft = build(true);
  const auto sign = [&](const std::string& name) {
    return soft.mirror.sign[soft.model.get_coordinate(name)];
  };
  const auto partner = [&](const std::string& name) {
    return soft.mirror.partner[soft.model.get_coordinate(name)];
  };
  EXPECT_EQ(sign("thorax_soft_z"), -1.0);
  EXPECT_EQ(sign("thorax_soft_y"), 1.0);
  EXPECT_EQ(partner("femur_soft_z_r"), soft.model.get_coordinate("femur_soft_z_l"));
  EXPECT_EQ(sign("femur_soft_z_r"), 1.0);  // both slides point outwards to their own side
}

}  // namespace
}  // namespace lumbarun
