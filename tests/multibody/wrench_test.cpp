// The wrenches that joints transmit, by cutting the tree: what crosses a joint is the rate of momentum of
// everything beyond it, less the weights and the external wrenches out there. The rates come from dual
// numbers.
#include <gtest/gtest.h>

#include "sim/multibody/energy.h"
#include "sim/multibody/rnea.h"
#include "tests/oracles/dual.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Dual1;
using oracles::Random;
using oracles::Root;

Eigen::Vector3d get_value(const Vector3<Dual1>& v) { return {v.x.value, v.y.value, v.z.value}; }
Eigen::Vector3d get_slope(const Vector3<Dual1>& v) { return {v.x.slope, v.y.slope, v.z.slope}; }

struct Wrench {
  Eigen::Vector3d moment = Eigen::Vector3d::Zero(),
                  force = Eigen::Vector3d::Zero();  // about the world origin
};

class CutTree {
 public:
  explicit CutTree(unsigned seed)
      : model(oracles::build_random_tree(seed, 10, seed % 2 == 0 ? Root::kFixed : Root::kFree)),
        random(seed + 7),
        state(oracles::build_random_state(model, random)),
        data(model),
        moving(model) {
    oracles::set_applied(data, state);
    rnea(model, data, state.q.data(), state.v.data(), state.a.data());
    const std::vector<Dual1> q = oracles::along(state.q, state.v), v = oracles::along(state.v, state.a);
    update_positions(model, moving, q.data());
    update_velocities(model, moving, v.data());
  }

  // Rate of momentum - weight - applied of one link: what its joints must supply.
  Wrench calc_required(int i) const {
    const RigidInertia& inertia = model.links()[i].inertia;
    const LinkState<Dual1>& link = moving.link[i];
    const Vector3<Dual1> p = calc_position(moving, CoordinateIndex(i), inertia.center_of_mass);
    const Vector3<Dual1> linear = calc_velocity(moving, CoordinateIndex(i), p) * Dual1(inertia.mass);
    const Vector3<Dual1> spin =
        link.R_WL * (inertia.inertia.cast<Dual1>() * (link.R_WL.transposed() * link.w_WL));
    const Eigen::Vector3d weight(0.0, -inertia.mass * model.gravity, 0.0);
    const Eigen::Vector3d applied = to_eigen(state.applied[i].force);
    Wrench required;
    required.force = get_slope(linear) - weight - applied;
    required.moment = get_slope(spin + cross(p, linear)) - get_value(p).cross(weight) -
                      get_value(link.p_WL).cross(applied) - to_eigen(state.applied[i].moment);
    return required;
  }

  Wrench get_transmitted(int i) const {
    const Eigen::Vector3d force = to_eigen(data.transmitted[i].force);
    return {to_eigen(data.transmitted[i].moment) + to_eigen(data.link[i].p_WL).cross(force), force};
  }

  Model model;
  Random random;
  oracles::TreeState state;
  Data<double> data;
  Data<Dual1> moving;
};

void expect_near(const Wrench& a, const Wrench& b, double scale) {
  EXPECT_LT((a.force - b.force).norm(), 1e-12 * scale);
  EXPECT_LT((a.moment - b.moment).norm(), 1e-12 * scale);
}

TEST(TransmittedWrench, CarriesEverythingBeyondTheCut) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const CutTree tree(seed);
    for (int cut = 0; cut < tree.model.coordinate_count(); ++cut) {
      Wrench required;
      for (int i = cut; i < tree.model.coordinate_count(); ++i) {
        if (!tree.model.is_on_path(CoordinateIndex(cut), CoordinateIndex(i))) continue;
        const Wrench w = tree.calc_required(i);
        required.force += w.force;
        required.moment += w.moment;
      }
      const double scale = 100.0 + required.force.norm() + required.moment.norm();
      expect_near(tree.get_transmitted(cut), required, scale);
    }
  }
}

// Newton's third law: what a link hands on to its children comes back to it with the opposite sign.
TEST(TransmittedWrench, ActionEqualsReaction) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const CutTree tree(seed);
    for (int i = 0; i < tree.model.coordinate_count(); ++i) {
      Wrench balance = tree.get_transmitted(i);
      for (int child = i + 1; child < tree.model.coordinate_count(); ++child) {
        if (tree.model.links()[child].parent != CoordinateIndex(i)) continue;
        const Wrench w = tree.get_transmitted(child);
        balance.force -= w.force;
        balance.moment -= w.moment;
      }
      const double scale =
          100.0 + tree.get_transmitted(i).force.norm() + tree.get_transmitted(i).moment.norm();
      expect_near(balance, tree.calc_required(i), scale);
    }
  }
}

// The generalised force is the part of the transmitted wrench that the joint lets move.
TEST(TransmittedWrench, WorksOnlyAlongTheAxis) {
  const CutTree tree(4);
  for (int i = 0; i < tree.model.coordinate_count(); ++i) {
    const SpatialForce<double>& F = tree.data.transmitted[i];
    const bool slides = tree.model.links()[i].kind == JointKind::kSlide;
    const Eigen::Vector3d part = to_eigen(slides ? F.force : F.moment);
    EXPECT_DOUBLE_EQ(tree.data.tau[i], part.dot(to_eigen(tree.data.link[i].axis)));
  }
}

// A force at a point equals its wrench; a force on the world is carried by the world.
TEST(AppliedForce, AddsUpAboutTheLinkOrigin) {
  const Model model = oracles::build_random_tree(31, 6, Root::kFree);
  Random random(32);
  const oracles::TreeState state = oracles::build_random_state(model, random);
  Data<double> data(model);
  update_positions(model, data, state.q.data());
  const CoordinateIndex link(model.coordinate_count() - 1);
  const Vector3<double> f = random.vector(50.0), r = random.vector(0.3);
  const Vector3<double> p_WP = data.link[link].p_WL + r;
  apply_force_at(data, link, p_WP, f);
  apply_force_at(data, link, p_WP, f);
  apply_force_at(data, CoordinateIndex(), p_WP, f);
  EXPECT_LT((to_eigen(data.applied[link].force) - 2.0 * to_eigen(f)).norm(), 1e-13);
  EXPECT_LT((to_eigen(data.applied[link].moment) - 2.0 * to_eigen(r).cross(to_eigen(f))).norm(), 1e-12);
  double others = 0.0;
  for (int i = 0; i < link; ++i) others += to_eigen(data.applied[i].force).norm();
  EXPECT_EQ(others, 0.0);
  data.clear_applied();
  EXPECT_EQ(to_eigen(data.applied[link].force).norm() + to_eigen(data.applied[link].moment).norm(), 0.0);
}

}  // namespace
}  // namespace lumbarun
