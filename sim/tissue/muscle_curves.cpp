#include "sim/tissue/muscle_curves.h"

#include <algorithm>
#include <cmath>

namespace lumbarun {

namespace {

struct Bell {
  double b1, b2, b3, b4;
};
constexpr Bell kBells[] = {{0.8150671134243542, 1.055033428970575, 0.162384573599574, 0.063303448465465},
                           {0.433004984392647, 0.71677541339776, -0.029947116970696, 0.200356847296188},
                           {0.1, 1.0, 0.353553390593274, 0.0}};
constexpr double kPassiveShape = 4.0, kPassiveStrain = 0.6, kPassiveZeroLength = 0.2;
constexpr double kVelocity1 = -0.3211346127989808, kVelocity2 = -8.149, kVelocity3 = -0.374,
                 kVelocity4 = 0.8825327733249912;
constexpr double kMaxForceVelocity = 1.8;
constexpr double kFloorWidth = 0.02;  // optimal fibre lengths over which the floor of the fibre sets in

double passive_exponential(double l) { return std::exp(kPassiveShape * (l - 1.0) / kPassiveStrain); }

}  // namespace

double calc_active_force_length(double l) {
  double force = 0.0;
  for (const Bell& bell : kBells) {
    const double z = (l - bell.b2) / (bell.b3 + bell.b4 * l);
    force += bell.b1 * std::exp(-0.5 * z * z);
  }
  return force;
}

double calc_passive_force_length(double l) {
  const double zero = passive_exponential(kPassiveZeroLength);
  return std::max(0.0, (passive_exponential(l) - zero) / (std::exp(kPassiveShape) - zero));
}

double calc_passive_force_length_slope(double l) {
  if (l < kPassiveZeroLength) return 0.0;
  return kPassiveShape / kPassiveStrain * passive_exponential(l) /
         (std::exp(kPassiveShape) - passive_exponential(kPassiveZeroLength));
}

double calc_force_velocity(double v) {
  const double x = kVelocity2 * v + kVelocity3;
  return std::clamp(kVelocity1 * std::log(x + std::sqrt(x * x + 1.0)) + kVelocity4, 0.0, kMaxForceVelocity);
}

double calc_tendon_velocity_share(const Muscle& muscle) {
  if (muscle.tendon_slack_length <= kLongTendonRatio * muscle.optimal_fiber_length) return 0.0;
  constexpr double kTypicalForce = 0.5;  // of F_max
  const double fiber =
      muscle.optimal_fiber_length / (kTendonStrainAtMaxForce * kShortRangeStiffness * kTypicalForce);
  return muscle.tendon_slack_length / (muscle.tendon_slack_length + fiber);
}

FiberGeometry calc_fiber_geometry(const Muscle& muscle, double available) {
  const double thickness = muscle.optimal_fiber_length * std::sin(muscle.pennation);
  const double floor = kMinFiberShare * muscle.optimal_fiber_length;
  const double width = kFloorWidth * muscle.optimal_fiber_length;
  const double excess = available - floor;
  const double root = std::sqrt(excess * excess + width * width);
  const double along = floor + 0.5 * (excess + root);
  return {along, 0.5 * (1.0 + excess / root), std::sqrt(along * along + thickness * thickness)};
}

MuscleState calc_muscle_state(const Muscle& muscle, double path_length, double path_velocity) {
  const FiberGeometry fiber = calc_fiber_geometry(muscle, path_length - muscle.tendon_slack_length);
  const double along_velocity = fiber.along_slope * path_velocity;

  MuscleState state;
  state.fiber_length = fiber.length;
  state.normalized_fiber_length = state.fiber_length / muscle.optimal_fiber_length;
  state.cos_pennation = fiber.along / fiber.length;
  const double fiber_velocity =
      along_velocity * state.cos_pennation * (1.0 - calc_tendon_velocity_share(muscle));
  const double v = fiber_velocity / (muscle.max_velocity * muscle.optimal_fiber_length);
  const double force = muscle.max_isometric_force * state.cos_pennation;
  state.active_capacity =
      force * calc_active_force_length(state.normalized_fiber_length) * calc_force_velocity(v);
  state.passive_force = force * calc_passive_force_length(state.normalized_fiber_length);
  state.is_in_range = state.normalized_fiber_length >= kMinNormalizedFiberLength &&
                      state.normalized_fiber_length <= kMaxNormalizedFiberLength;
  return state;
}

double calc_length_scale_factor(const Muscle& muscle, double path_length, double normalized_length) {
  const double sine = std::sin(muscle.pennation);
  const double along =
      muscle.optimal_fiber_length * std::sqrt(normalized_length * normalized_length - sine * sine);
  return path_length / (muscle.tendon_slack_length + along);
}

}  // namespace lumbarun
