#include "sim/forward/gait_integrator.h"

#include <gtest/gtest.h>

#include "sim/multibody/energy.h"
#include "tests/forward/sample_gait.h"
#include "tests/oracles/allocation_counter.h"

namespace lumbarun {
namespace {

GaitController build_open_loop(const Runner& runner, const PeriodicMotion& motion) {
  const int n = runner.model.coordinate_count();
  return GaitController(TorquePlan(runner, motion), {Eigen::MatrixXd::Zero(n - kRootCoordinateCount, 2 * n)},
                        600.0);
}

ForwardState build_state(GaitController& controller, double t) {
  Eigen::VectorXd q, v;
  controller.calc_planned_state(t, q, v);
  ForwardState x(2 * q.size() + kEnergyFlowCount, 0.0);
  std::copy(q.begin(), q.end(), x.begin());
  std::copy(v.begin(), v.end(), x.begin() + q.size());
  return x;
}

ForwardState integrate(GaitEquations& equations, const IntegrationOptions& options, double duration) {
  GaitIntegrator integrator(equations, options, build_state(equations.controller(), 0.0), 0.0);
  while (integrator.time() < duration) EXPECT_TRUE(integrator.advance());
  ForwardState x(equations.state_size());
  integrator.calc_state(duration, x);
  return x;
}

EnergyLedger calc_ledger_between(GaitEquations& equations, const ForwardState& first,
                                 const ForwardState& last) {
  equations.update_ground(first);
  const EnergyStores first_stores = calc_energy_stores(equations.runner(), equations.data(), first.data());
  equations.update_ground(last);
  const EnergyStores last_stores = calc_energy_stores(equations.runner(), equations.data(), last.data());
  return calc_ledger(first_stores, get_flows(first), last_stores, get_flows(last));
}

// 60 ms in the air with actuators, discs, range laws and leg moments at work.
TEST(GaitIntegrator, FlightKeepsTheParabolaAndTheLedger) {
  const Runner runner = test::build_sample_runner();
  const PeriodicMotion motion = test::build_sample_motion(runner, -0.5);
  GaitEquations equations(runner, build_open_loop(runner, motion));
  const ForwardState start = build_state(equations.controller(), 0.0);
  equations.update_ground(start);
  const auto com = calc_mass_center(runner.model, equations.data().tree);
  const double duration = 0.06;
  const ForwardState end = integrate(equations, {}, duration);
  equations.update_ground(end);
  const auto landed = calc_mass_center(runner.model, equations.data().tree);
  EXPECT_NEAR(landed.position.x, com.position.x + com.velocity.x * duration, 1e-6);
  EXPECT_NEAR(landed.position.y,
              com.position.y + com.velocity.y * duration - 0.5 * kStandardGravity * duration * duration,
              1e-6);
  EXPECT_NEAR(landed.position.z, com.position.z + com.velocity.z * duration, 1e-7);
  const EnergyLedger ledger = calc_ledger_between(equations, start, end);
  EXPECT_GT(ledger.get(EnergyFlow::kPositiveWork), 1.0);
  EXPECT_LT(ledger.calc_relative_imbalance(), 1e-6);
}

// The feet dragged through the ground: the ledger still closes, and the error falls with the tolerance until
// the corners of the planned torques at the knots bound it.
TEST(GaitIntegrator, StanceClosesTheLedgerAndConverges) {
  const Runner runner = test::build_sample_runner();
  const PeriodicMotion motion = test::build_sample_motion(runner, 0.008);
  GaitEquations equations(runner, build_open_loop(runner, motion));
  const double duration = 0.04;
  const auto state_at = [&](double tolerance) {
    IntegrationOptions options;
    options.tolerance = tolerance;
    const ForwardState x = integrate(equations, options, duration);
    return Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(x.data(), equations.coordinate_count()));
  };
  const Eigen::VectorXd exact = state_at(1e-10);
  const double coarse = (state_at(1e-3) - exact).cwiseAbs().maxCoeff();
  const double usual = (state_at(1e-6) - exact).cwiseAbs().maxCoeff();
  EXPECT_LT(usual, 1e-6);
  EXPECT_LT(usual, 0.1 * coarse);
  const EnergyLedger ledger = calc_ledger_between(equations, build_state(equations.controller(), 0.0),
                                                  integrate(equations, {}, duration));
  EXPECT_GT(ledger.get(EnergyFlow::kFrictionLoss), 0.1);
  EXPECT_LT(ledger.calc_relative_imbalance(), 1e-4);
}

TEST(GaitIntegrator, EquationsDoNotTouchTheHeap) {
  const Runner runner = test::build_sample_runner();
  GaitEquations equations(runner, build_open_loop(runner, test::build_sample_motion(runner, 0.010)));
  const ForwardState x = build_state(equations.controller(), 0.1);
  ForwardState rate(x.size());
  equations(x, rate, 0.1);
  EXPECT_EQ(oracles::count_allocations([&] {
              for (const double t : {0.1, 0.2, 0.5}) equations(x, rate, t);
            }),
            0);
}

TEST(GaitIntegrator, SaysWhenTheStateIsNotANumber) {
  const Runner runner = test::build_sample_runner();
  GaitEquations equations(runner, build_open_loop(runner, test::build_sample_motion(runner, 0.010)));
  ForwardState start = build_state(equations.controller(), 0.0);
  start[equations.coordinate_count() + 4] = std::numeric_limits<double>::quiet_NaN();
  GaitIntegrator integrator(equations, {}, start, 0.0);
  EXPECT_FALSE(integrator.advance());
}

}  // namespace
}  // namespace lumbarun
