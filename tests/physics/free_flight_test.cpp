// A general tree in free flight, integrated with a fixed-step method of fourth order: what physics conserves
// is conserved up to the error of the method, and that error falls with the fourth power of the step.
#include <gtest/gtest.h>

#include <Eigen/Core>
#include <cmath>

#include "sim/multibody/aba.h"
#include "sim/multibody/energy.h"
#include "tests/oracles/integrate.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::Random;

// Torque of every joint but the root's: a spring to q = 0, a damper, and a motor that swings with time.
struct Joints {
  double stiffness = 0.0, damping = 0.0, motor = 0.0;
};

struct Invariants {
  double energy = 0.0;           // kinetic + gravity + springs
  double work = 0.0;             // of dampers and motors since the start
  Eigen::Vector3d linear, spin;  // momentum, and angular momentum about the centre of mass
  Eigen::Vector3d center;
};

// State x = (q, v, work, time).
class FlyingTree {
 public:
  FlyingTree(const Model& model, const Joints& joints)
      : model_(model),
        joints_(joints),
        n_(model.coordinate_count()),
        data_(model),
        workspace_(model),
        tau_(n_, 0.0) {}

  std::vector<double> build_start(unsigned seed) const {
    Random random(seed);
    std::vector<double> x = random.values(n_, 0.5);
    const std::vector<double> v = random.values(n_, 2.0);
    x.insert(x.end(), v.begin(), v.end());
    x.resize(2 * n_ + 2, 0.0);
    return x;
  }

  void operator()(const std::vector<double>& x, std::vector<double>& dx) {
    const double* v = x.data() + n_;
    dx[2 * n_] = 0.0;
    for (int i = kRoot; i < n_; ++i) {
      const double loss = -joints_.damping * v[i];
      const double drive = joints_.motor * std::sin(20.0 * x[2 * n_ + 1] + i);
      tau_[i] = -joints_.stiffness * x[i] + loss + drive;
      dx[2 * n_] += (loss + drive) * v[i];
    }
    dx[2 * n_ + 1] = 1.0;
    update_positions(model_, data_, x.data());
    aba(model_, data_, workspace_, v, tau_.data(), dx.data() + n_);
    std::copy(v, v + n_, dx.begin());
  }

  Invariants calc_invariants(const std::vector<double>& x) {
    update_positions(model_, data_, x.data());
    update_velocities(model_, data_, x.data() + n_);
    const MassCenter<double> com = calc_mass_center(model_, data_);
    const SpatialForce<double> momentum = calc_momentum(model_, data_);
    Invariants result;
    result.energy = calc_kinetic_energy(model_, data_) + calc_potential_energy(model_, data_);
    for (int i = kRoot; i < n_; ++i) result.energy += 0.5 * joints_.stiffness * x[i] * x[i];
    result.work = x[2 * n_];
    result.linear = to_eigen(momentum.force);
    result.center = to_eigen(com.position);
    result.spin = to_eigen(momentum.moment) - result.center.cross(result.linear);
    return result;
  }

  std::vector<double> fly(const std::vector<double>& start, double duration, int steps) const {
    return oracles::integrate_rk4(*this, start, duration / steps, steps);
  }

 private:
  static constexpr int kRoot = 6;
  const Model& model_;
  Joints joints_;
  int n_;
  Data<double> data_;
  ArticulatedWorkspace<double> workspace_;
  std::vector<double> tau_;
};

constexpr double kDuration = 0.4;  // s
const Joints kElastic{6.0, 0.0, 0.0};
const Joints kDriven{6.0, 0.3, 2.0};

TEST(FreeFlight, EnergyAndMomentumAreConserved) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const Model model = oracles::build_random_tree(seed, 7, oracles::Root::kFree);
    FlyingTree tree(model, kElastic);
    const std::vector<double> start = tree.build_start(seed + 10);
    const Invariants before = tree.calc_invariants(start);
    const Invariants after = tree.calc_invariants(tree.fly(start, kDuration, 2000));
    const double mass = model.total_mass();
    const Eigen::Vector3d gravity(0.0, -kStandardGravity, 0.0);
    EXPECT_NEAR(after.energy, before.energy, 1e-8 * std::abs(before.energy)) << seed;
    EXPECT_LT((after.spin - before.spin).norm(), 1e-8 * before.spin.norm()) << seed;
    EXPECT_LT((after.linear - before.linear - mass * kDuration * gravity).norm(),
              1e-8 * before.linear.norm());
    const Eigen::Vector3d parabola =
        before.center + kDuration / mass * before.linear + 0.5 * kDuration * kDuration * gravity;
    EXPECT_LT((after.center - parabola).norm(), 1e-9) << seed;
  }
}

// Internal torques of any kind change the energy by their work and the momenta not at all.
TEST(FreeFlight, InternalTorquesOnlyDoWork) {
  const Model model = oracles::build_random_tree(6, 7, oracles::Root::kFree);
  FlyingTree tree(model, kDriven);
  const std::vector<double> start = tree.build_start(16);
  const Invariants before = tree.calc_invariants(start);
  const Invariants after = tree.calc_invariants(tree.fly(start, kDuration, 2000));
  EXPECT_GT(std::abs(after.work), 0.05);
  EXPECT_NEAR(after.energy - before.energy, after.work, 1e-7 * std::abs(after.work));
  EXPECT_LT((after.spin - before.spin).norm(), 1e-8 * before.spin.norm());
}

// Runs with h, h/2, h/4: the state's differences fall by 2⁴, the drifts of energy and spin by at least 2⁴.
TEST(FreeFlight, ErrorsFallWithTheFourthPowerOfTheStep) {
  const Model model = oracles::build_random_tree(2, 7, oracles::Root::kFree);
  FlyingTree tree(model, kElastic);
  const std::vector<double> start = tree.build_start(12);
  const Invariants before = tree.calc_invariants(start);
  std::vector<Eigen::VectorXd> state;
  std::vector<double> energy_drift, spin_drift;
  for (int steps : {400, 800, 1600}) {
    const std::vector<double> end = tree.fly(start, kDuration, steps);
    const Invariants after = tree.calc_invariants(end);
    state.push_back(Eigen::Map<const Eigen::VectorXd>(end.data(), end.size()));
    energy_drift.push_back(std::abs(after.energy - before.energy));
    spin_drift.push_back((after.spin - before.spin).norm());
  }
  const double order = std::log2((state[1] - state[0]).norm() / (state[2] - state[1]).norm());
  EXPECT_NEAR(order, 4.0, 0.2);
  EXPECT_GT(std::log2(energy_drift[0] / energy_drift[1]), 3.7);
  EXPECT_GT(std::log2(spin_drift[0] / spin_drift[1]), 3.7);
  RecordProperty("convergence_order", fmt::format("{:.2f}", order));
}

}  // namespace
}  // namespace lumbarun
