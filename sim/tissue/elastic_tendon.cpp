#include "sim/tissue/elastic_tendon.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {

namespace {

constexpr double kTendonScale = 0.2;  // c1 = c3
const double kTendonShape = std::log((1.0 + kTendonScale) / kTendonScale) / kTendonStrainAtMaxForce;
constexpr double kTolerance = 1e-12;      // of F_max
constexpr int kMaxIterations = 100;       // about 10 are needed
constexpr double kSmallestSecant = 1e-3;  // activation below which the secant is taken through this one

// The equilibrium as a function of the tendon's normalised force f: excess(f) = muscle - f.
class Equilibrium {
 public:
  Equilibrium(const Muscle& muscle, double path_length, double activation, const FiberHistory& history)
      : muscle_(muscle), path_length_(path_length), activation_(activation), history_(history) {}

  double update(double force) {
    const double available = path_length_ - muscle_.tendon_slack_length * calc_tendon_length(force);
    const FiberGeometry fiber = calc_fiber_geometry(muscle_, available);
    const double optimal = muscle_.optimal_fiber_length;
    state_.along = fiber.along;
    state_.fiber_length = fiber.length;
    state_.cos_pennation = fiber.along / fiber.length;
    state_.fiber_velocity = history_.step > 0.0 ? state_.cos_pennation * (fiber.along - history_.along) /
                                                      (history_.step * muscle_.max_velocity * optimal)
                                                : 0.0;
    const double l = fiber.length / optimal;
    const double active =
        activation_ * calc_active_force_length(l) * calc_force_velocity(state_.fiber_velocity);
    return (active + calc_passive_force_length(l)) * state_.cos_pennation - force;
  }

  TendonEquilibrium solve() {
    double low = 0.0, excess_low = update(low);
    double high = std::max(excess_low, 0.0), excess_high = update(high);  // the fibre is longest at f = 0
    while (excess_high > 0.0) excess_high = update(high *= 2.0);
    double force = high;
    int side = 0;
    for (int iteration = 0; iteration < kMaxIterations && high - low > kTolerance; ++iteration) {
      force = excess_low > excess_high ? (low * -excess_high + high * excess_low) / (excess_low - excess_high)
                                       : low;
      const double excess = update(force);
      if (std::abs(excess) < kTolerance) break;
      if (excess > 0.0) {
        low = force;
        excess_low = excess;
        if (side == 1) excess_high *= 0.5;
        side = 1;
      } else {
        high = force;
        excess_high = excess;
        if (side == -1) excess_low *= 0.5;
        side = -1;
      }
    }
    state_.tension = force * muscle_.max_isometric_force;
    return state_;
  }

 private:
  const Muscle& muscle_;
  double path_length_, activation_;
  const FiberHistory& history_;
  TendonEquilibrium state_;
};

}  // namespace

double calc_tendon_force(double normalized_length) {
  return kTendonScale * (std::exp(kTendonShape * (normalized_length - 1.0)) - 1.0);
}

double calc_tendon_length(double normalized_force) {
  return 1.0 + std::log1p(normalized_force / kTendonScale) / kTendonShape;
}

TendonEquilibrium calc_tendon_equilibrium(const Muscle& muscle, double path_length, double activation,
                                          const FiberHistory& history) {
  return Equilibrium(muscle, path_length, activation, history).solve();
}

MuscleState calc_elastic_muscle_state(const Muscle& muscle, const TendonEquilibrium& passive,
                                      double path_length, double activation, const FiberHistory& history,
                                      double& along) {
  const double chord = std::max(activation, kSmallestSecant);
  const TendonEquilibrium active = calc_tendon_equilibrium(muscle, path_length, chord, history);
  along = active.along;
  MuscleState state;
  state.fiber_length = active.fiber_length;
  state.normalized_fiber_length = active.fiber_length / muscle.optimal_fiber_length;
  state.cos_pennation = active.cos_pennation;
  state.passive_force = passive.tension;
  state.active_capacity = std::max(0.0, (active.tension - passive.tension) / chord);
  state.is_in_range = state.normalized_fiber_length >= kMinNormalizedFiberLength &&
                      state.normalized_fiber_length <= kMaxNormalizedFiberLength;
  return state;
}

RestingMuscle calc_resting_muscle(const Muscle& muscle, double path_length) {
  if (muscle.tendon == TendonKind::kRigid) {
    const MuscleState state = calc_muscle_state(muscle, path_length, 0.0);
    return {state.passive_force, state.normalized_fiber_length};
  }
  const TendonEquilibrium state = calc_tendon_equilibrium(muscle, path_length, 0.0, {});
  return {state.tension, state.fiber_length / muscle.optimal_fiber_length};
}

}  // namespace lumbarun
