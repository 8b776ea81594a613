// The whole runner in free flight, driven by muscles of constant activation and held by its passive tissue: what the
// muscles give is what the system gains and loses.
//   d/dt (kinetic + gravity + discs + range laws) = Σ -F_i dl_i/dt + leg moment work - dissipation
// The left side comes from the state, the right from path velocities, damping and leg moments; the equations of motion see
// the muscles as wrenches on bodies, so a wrong moment arm, wrench or passive torque opens the balance.
#include <gtest/gtest.h>

#include "models/muscles.h"
#include "sim/forward/energy_ledger.h"
#include "sim/tissue/muscle_curves.h"
#include "tests/forward/sample_gait.h"
#include "tests/oracles/integrate.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

constexpr double kActivation = 0.08;

// State x = (q, v, muscle work, leg moment work, dissipation).
class FlyingRunner {
 public:
  FlyingRunner(const Runner& runner, const RunnerMuscles& muscles)
      : runner_(runner),
        muscles_(muscles),
        n_(runner.model.coordinate_count()),
        data_(runner),
        paths_(muscles.paths),
        none_(n_, 0.0) {}

  void operator()(const std::vector<double>& x, std::vector<double>& dx) {
    const double *q = x.data(), *v = q + n_;
    update_external_forces(runner_, data_, q, v);
    update_muscle_paths(muscles_.paths, runner_.model, data_.tree, q, v, paths_);
    double muscle_power = 0.0;
    for (int i = 0; i < muscles_.paths.muscle_count(); ++i) {
      const MuscleState state = calc_muscle_state(muscles_.muscles[i], paths_.length[i], paths_.velocity[i]);
      const double tension = kActivation * state.active_capacity + state.passive_force;
      apply_muscle_tension(muscles_.paths, runner_.model, paths_, MuscleIndex(i), tension, data_.tree);
      muscle_power -= tension * paths_.velocity[i];
    }
    update_passive_torques(runner_, q, v, data_.passive.data());
    std::copy(v, v + n_, dx.begin());
    aba(runner_.model, data_.tree, data_.articulated, v, data_.passive.data(), dx.data() + n_);
    const EnergyFlows rates = calc_energy_rates(runner_, data_, q, v, none_.data(), none_.data());
    const auto at = [&](EnergyFlow flow) { return rates[static_cast<int>(flow)]; };
    dx[2 * n_] = muscle_power;
    dx[2 * n_ + 1] = at(EnergyFlow::kLegMomentWork);
    dx[2 * n_ + 2] = at(EnergyFlow::kDiscLoss) + at(EnergyFlow::kRangeLoss);
  }

  double calc_stored(const std::vector<double>& x) {
    update_external_forces(runner_, data_, x.data(), x.data() + n_);
    double energy = 0.0;
    for (double store : calc_energy_stores(runner_, data_, x.data())) energy += store;
    return energy;
  }

 private:
  const Runner& runner_;
  const RunnerMuscles& muscles_;
  int n_;
  RunnerData<double> data_;
  MusclePathData<double> paths_;
  std::vector<double> none_;
};

TEST(MuscleEnergy, MuscleWorkIsTheChangeOfTheSystemsEnergy) {
  const std::filesystem::path folder = LUMBARUN_SOURCE_DIR "/models/runner";
  const SkeletonTables skeleton = read_skeleton_tables(folder);
  RunnerParameters parameters;
  parameters.tissue.axial_levels = 2;
  parameters.tissue.abdominal_pressure_pa = 5e3;
  const Runner runner = build_runner(skeleton, parameters);
  const RunnerMuscles muscles =
      build_muscles(runner.model, skeleton, read_muscle_tables(folder, skeleton), parameters.person);
  const int n = runner.model.coordinate_count();
  oracles::Random random(311);
  std::vector<double> x(2 * n + 3, 0.0);
  for (int i = 6; i < n; ++i) {
    const bool is_slide = runner.model.links()[i].kind == JointKind::kSlide;
    x[i] = is_slide ? -2e-4 : random.uniform(-0.05, 0.05);
    x[n + i] = is_slide ? 0.0 : random.uniform(-1.0, 1.0);
  }
  for (const LegPassive& leg : runner.legs) x[leg.knee] += 0.6;
  x[1] = 2.0;  // in the air
  FlyingRunner flight(runner, muscles);
  const double before = flight.calc_stored(x);
  x = oracles::integrate_rk4(std::ref(flight), x, 2.5e-5, 400);  // 10 ms
  const double gain = flight.calc_stored(x) - before;
  const double muscle_work = x[2 * n], leg_work = x[2 * n + 1], loss = x[2 * n + 2];
  EXPECT_GT(std::abs(muscle_work), 0.5);  // J
  EXPECT_GT(loss, 1e-3);
  EXPECT_NEAR(gain, muscle_work + leg_work - loss, 1e-6 * std::abs(muscle_work));
}

}  // namespace
}  // namespace lumbarun
