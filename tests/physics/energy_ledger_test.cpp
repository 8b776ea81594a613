// The doors of the energy ledger account for every change of the stores.
#include "sim/forward/energy_ledger.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/forward/sample_gait.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

double total(const EnergyStores& stores) { return std::accumulate(stores.begin(), stores.end(), 0.0); }

// d(stores)/dt along the solution through (q, v) under general actuator torques equals the sum of the powers;
// states in the air, at touch and deep in the ground, sliding.
TEST(EnergyLedger, PowersBalanceAtEveryInstant) {
  const Runner runner = test::build_sample_runner();
  const int n = runner.model.coordinate_count();
  oracles::Random random(17);
  double most_friction = 0.0;
  for (const double depth : {-0.05, 0.002, 0.012, 0.02}) {
    const PeriodicMotion motion = test::build_sample_motion(runner, depth);
    for (const double time : {0.02, 0.1, 0.17, 0.3}) {
      const MotionState s = motion.at_time(time);
      Eigen::VectorXd planned(n), feedback(n), a(n), q = s.q, v = s.v;
      for (int i = 0; i < n; ++i) {
        const bool has_actuator = i >= kRootCoordinateCount;
        planned[i] = has_actuator ? random.uniform(-80.0, 80.0) : 0.0;
        feedback[i] = has_actuator ? random.uniform(-9.0, 9.0) : 0.0;
        v[i] += random.uniform(-0.5, 0.5);
      }
      const Eigen::VectorXd torque = planned + feedback;
      RunnerData<double> data(runner);
      calc_accelerations(runner, data, q.data(), v.data(), torque.data(), a.data());
      const EnergyFlows rates =
          calc_energy_rates(runner, data, q.data(), v.data(), planned.data(), feedback.data());
      const auto stores_at = [&](double h) {
        const Eigen::VectorXd q_h = q + h * v + 0.5 * h * h * a, v_h = v + h * a;
        update_external_forces(runner, data, q_h.data(), v_h.data());
        return total(calc_energy_stores(runner, data, q_h.data()));
      };
      EnergyLedger ledger;
      ledger.stored[0] = oracles::calc_richardson_derivative(stores_at, 0.0, 1e-4);
      ledger.flow = rates;
      double scale = 0.0;
      for (double power : rates) scale += std::abs(power);
      EXPECT_LT(std::abs(ledger.calc_imbalance()), 1e-6 * scale) << depth << " m at " << time << " s";
      EXPECT_GT(ledger.get(EnergyFlow::kFrictionLoss),
                -0.05);  // beyond its table F_e goes on at -0.7 mN/m
      EXPECT_GT(ledger.get(EnergyFlow::kDiscLoss), 0.0);
      EXPECT_GT(ledger.get(EnergyFlow::kRangeLoss), 0.0);
      most_friction = std::max(most_friction, ledger.get(EnergyFlow::kFrictionLoss));
    }
  }
  EXPECT_GT(most_friction, 10.0);  // W: the feet have slid in some of these states
}

TEST(EnergyLedger, ImbalanceCountsWorksInAndLossesOut) {
  EnergyStores first{1.0, 2.0, 3.0, 4.0, 5.0, -7.0}, last{2.0, 1.0, 3.5, 4.0, 5.0, -6.5};  // gain 1 J
  EnergyFlows before{}, after{};
  const double flows[] = {10.0, -2.0, 0.5, 1.5, 3.0, 0.7, 0.3, 20.0};
  for (int i = 0; i < kEnergyFlowCount; ++i) {
    before[i] = 0.25 * i;
    after[i] = before[i] + flows[i];
  }
  const EnergyLedger ledger = calc_ledger(first, before, last, after);
  EXPECT_NEAR(ledger.calc_imbalance(), 1.0 + (1.5 + 3.0 + 0.7 + 0.3) - (10.0 - 2.0 + 0.5), 1e-14);
  EXPECT_NEAR(ledger.calc_relative_imbalance(), 2.0 / 20.0, 1e-14);
}

}  // namespace
}  // namespace lumbarun
