#include "sim/multibody/energy.h"

#include <gtest/gtest.h>

#include "sim/multibody/rnea.h"
#include "tests/multibody/reference_kinematics.h"
#include "tests/oracles/dual.h"

namespace lumbarun {
namespace {

using oracles::Dual1;
using oracles::Random;
using oracles::Root;

constexpr int kSeeds = 12;

// dE/dt = tau·v + power of the external wrenches, exactly, for forward motion with any a.
TEST(Energy, PowerBalances) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const Model model = oracles::build_random_tree(seed, 10, seed % 2 == 0 ? Root::kFixed : Root::kFree);
    Random random(seed + 60);
    const oracles::TreeState state = oracles::build_random_state(model, random);
    Data<double> data(model);
    oracles::set_applied(data, state);
    rnea(model, data, state.q.data(), state.v.data(), state.a.data());
    double power = 0.0, scale = 0.0;
    for (int i = 0; i < model.coordinate_count(); ++i) {
      const SpatialMotion<double> V{data.link[i].w_WL, data.link[i].v_WL};
      power += data.tau[i] * state.v[i] + dot(V, state.applied[i]);
      scale += std::abs(data.tau[i] * state.v[i]) + std::abs(dot(V, state.applied[i]));
    }
    Data<Dual1> moving(model);
    const std::vector<Dual1> q = oracles::along(state.q, state.v), v = oracles::along(state.v, state.a);
    update_positions(model, moving, q.data());
    update_velocities(model, moving, v.data());
    const Dual1 energy = calc_kinetic_energy(model, moving) + calc_potential_energy(model, moving);
    EXPECT_NEAR(power, energy.slope, 1e-13 * scale);
  }
}

// Sums over the bodies of the description, bypassing links and merged inertias.
TEST(Energy, MatchesASumOverBodies) {
  for (unsigned seed = 1; seed <= kSeeds; ++seed) {
    const auto tree = oracles::describe_random_tree(seed, 10, Root::kFree);
    const Model model = oracles::build_model(tree);
    Random random(seed);
    const oracles::TreeState state = oracles::build_random_state(model, random);
    Data<double> data(model);
    update_positions(model, data, state.q.data());
    update_velocities(model, data, state.v.data());
    const auto poses = oracles::calc_reference_poses(tree, state.q);
    double kinetic = 0.0, potential = 0.0, mass = 0.0;
    Eigen::Vector3d center = Eigen::Vector3d::Zero(), linear = center, angular = center;
    for (int i = 0; i < model.body_count(); ++i) {
      const RigidInertia& inertia = tree[i].inertia;
      const CoordinateIndex link = model.body(BodyIndex(i)).link;
      const Eigen::Vector3d p = poses[i] * to_eigen(inertia.center_of_mass);
      const Eigen::Vector3d v = to_eigen(calc_velocity(data, link, from_eigen(p)));
      const Eigen::Vector3d w = to_eigen(data.link[link].w_WL);
      const Eigen::Vector3d spin =
          poses[i].linear() * to_eigen(inertia.inertia) * poses[i].linear().transpose() * w;
      kinetic += 0.5 * (inertia.mass * v.squaredNorm() + w.dot(spin));
      potential += inertia.mass * kStandardGravity * p.y();
      mass += inertia.mass;
      center += inertia.mass * p;
      linear += inertia.mass * v;
      angular += spin + inertia.mass * p.cross(v);
    }
    EXPECT_NEAR(calc_kinetic_energy(model, data), kinetic, 1e-13 * kinetic);
    EXPECT_NEAR(calc_potential_energy(model, data), potential, 1e-12 * mass * kStandardGravity);
    EXPECT_NEAR(model.total_mass(), mass, 1e-13 * mass);
    const MassCenter<double> com = calc_mass_center(model, data);
    const SpatialForce<double> momentum = calc_momentum(model, data);
    EXPECT_LT((to_eigen(com.position) - center / mass).norm(), 1e-13);
    EXPECT_LT((to_eigen(com.velocity) - linear / mass).norm(), 1e-13 * linear.norm());
    EXPECT_LT((to_eigen(momentum.force) - linear).norm(), 1e-13 * linear.norm() * 10.0);
    EXPECT_LT((to_eigen(momentum.moment) - angular).norm(), 1e-12 * angular.norm());
  }
}

TEST(MassCenter, MovesWithItsVelocity) {
  const Model model = oracles::build_random_tree(14, 9, Root::kFixed);
  Random random(15);
  const oracles::TreeState state = oracles::build_random_state(model, random);
  Data<Dual1> moving(model);
  const std::vector<Dual1> q = oracles::along(state.q, state.v), v = oracles::along(state.v, state.a);
  update_positions(model, moving, q.data());
  update_velocities(model, moving, v.data());
  const MassCenter<Dual1> com = calc_mass_center(model, moving);
  EXPECT_NEAR(com.position.x.slope, com.velocity.x.value, 1e-13);
  EXPECT_NEAR(com.position.y.slope, com.velocity.y.value, 1e-13);
  EXPECT_NEAR(com.position.z.slope, com.velocity.z.value, 1e-13);
}

}  // namespace
}  // namespace lumbarun
