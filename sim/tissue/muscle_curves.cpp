#include "sim/tissue/muscle_curves.h"

#include <algorithm>
#include <cmath>

#include "sim/core/lanes.h"

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

double greater_of(double a, double b) { return std::max(a, b); }
Lanes8 greater_of(const Lanes8& a, const Lanes8& b) { return Lanes8(Lanes8::Storage(a.lane.max(b.lane))); }
double lesser_of(double a, double b) { return std::min(a, b); }
Lanes8 lesser_of(const Lanes8& a, const Lanes8& b) { return Lanes8(Lanes8::Storage(a.lane.min(b.lane))); }

template <class T>
T passive_exponential(const T& l) {
  using std::exp;
  return exp(T(kPassiveShape / kPassiveStrain) * (l - T(1.0)));
}

template <class T>
T active_force_length(const T& l) {
  using std::exp;
  T force(0.0);
  for (const Bell& bell : kBells) {
    const T z = (l - T(bell.b2)) / (T(bell.b3) + T(bell.b4) * l);
    force += T(bell.b1) * exp(T(-0.5) * z * z);
  }
  return force;
}

template <class T>
T passive_force_length(const T& l) {
  static const double zero = passive_exponential(kPassiveZeroLength), full = std::exp(kPassiveShape) - zero;
  return greater_of(T(0.0), (passive_exponential(l) - T(zero)) * T(1.0 / full));
}

template <class T>
T force_velocity(const T& v) {
  using std::log;
  using std::sqrt;
  const T x = T(kVelocity2) * v + T(kVelocity3);
  const T force = T(kVelocity1) * log(x + sqrt(x * x + T(1.0))) + T(kVelocity4);
  return lesser_of(greater_of(force, T(0.0)), T(kMaxForceVelocity));
}

// What the kernel below needs of a muscle.
template <class T>
struct Constants {
  T optimal, slack, thickness, max_velocity, force, velocity_share;
};

Constants<double> get_constants(const Muscle& muscle) {
  return {muscle.optimal_fiber_length,
          muscle.tendon_slack_length,
          muscle.optimal_fiber_length * std::sin(muscle.pennation),
          muscle.max_velocity * muscle.optimal_fiber_length,
          muscle.max_isometric_force,
          1.0 - calc_tendon_velocity_share(muscle)};
}

template <class T>
struct Fiber {
  T along, along_slope, length;
};

template <class T>
Fiber<T> calc_fiber(const T& optimal, const T& thickness, const T& available) {
  using std::sqrt;
  const T floor = T(kMinFiberShare) * optimal, width = T(kFloorWidth) * optimal;
  const T excess = available - floor, root = sqrt(excess * excess + width * width);
  const T along = floor + T(0.5) * (excess + root);
  return {along, T(0.5) * (T(1.0) + excess / root), sqrt(along * along + thickness * thickness)};
}

template <class T>
struct Forces {
  T fiber_length, normalized, cos_pennation, active, passive;
};

template <class T>
Forces<T> calc_forces(const Constants<T>& of, const T& path_length, const T& path_velocity) {
  const Fiber<T> fiber = calc_fiber(of.optimal, of.thickness, path_length - of.slack);
  Forces<T> out;
  out.fiber_length = fiber.length;
  out.normalized = fiber.length / of.optimal;
  out.cos_pennation = fiber.along / fiber.length;
  const T velocity = fiber.along_slope * path_velocity * out.cos_pennation * of.velocity_share;
  const T force = of.force * out.cos_pennation;
  out.active = force * active_force_length(out.normalized) * force_velocity(velocity / of.max_velocity);
  out.passive = force * passive_force_length(out.normalized);
  return out;
}

MuscleState make_state(double fiber_length, double normalized, double cos_pennation, double active,
                       double passive) {
  return {fiber_length,  normalized,
          cos_pennation, active,
          passive,       normalized >= kMinNormalizedFiberLength && normalized <= kMaxNormalizedFiberLength};
}

}  // namespace

double calc_active_force_length(double l) { return active_force_length(l); }
double calc_passive_force_length(double l) { return passive_force_length(l); }

double calc_passive_force_length_slope(double l) {
  if (l < kPassiveZeroLength) return 0.0;
  return kPassiveShape / kPassiveStrain * passive_exponential(l) /
         (std::exp(kPassiveShape) - passive_exponential(kPassiveZeroLength));
}

double calc_force_velocity(double v) { return force_velocity(v); }

double calc_tendon_velocity_share(const Muscle& muscle) {
  if (muscle.tendon_slack_length <= kLongTendonRatio * muscle.optimal_fiber_length) return 0.0;
  constexpr double kTypicalForce = 0.5;  // of F_max
  const double fiber =
      muscle.optimal_fiber_length / (kTendonStrainAtMaxForce * kShortRangeStiffness * kTypicalForce);
  return muscle.tendon_slack_length / (muscle.tendon_slack_length + fiber);
}

FiberGeometry calc_fiber_geometry(const Muscle& muscle, double available) {
  const auto fiber = calc_fiber(muscle.optimal_fiber_length,
                                muscle.optimal_fiber_length * std::sin(muscle.pennation), available);
  return {fiber.along, fiber.along_slope, fiber.length};
}

MuscleState calc_muscle_state(const Muscle& muscle, double path_length, double path_velocity) {
  const auto f = calc_forces(get_constants(muscle), path_length, path_velocity);
  return make_state(f.fiber_length, f.normalized, f.cos_pennation, f.active, f.passive);
}

void calc_muscle_states(std::span<const Muscle> muscles, const double* path_length,
                        const double* path_velocity, MuscleState* states) {
  constexpr size_t kWidth = Lanes8::kWidth;
  for (size_t first = 0; first < muscles.size(); first += kWidth) {
    const size_t count = std::min(kWidth, muscles.size() - first);
    Constants<Lanes8> of;
    Lanes8 length, velocity;
    for (size_t i = 0; i < kWidth; ++i) {
      const size_t m = first + std::min(i, count - 1);  // the last one fills what is left
      const Constants<double> one = get_constants(muscles[m]);
      const auto lane = static_cast<Eigen::Index>(i);
      of.optimal.lane[lane] = one.optimal, of.slack.lane[lane] = one.slack;
      of.thickness.lane[lane] = one.thickness, of.max_velocity.lane[lane] = one.max_velocity;
      of.force.lane[lane] = one.force, of.velocity_share.lane[lane] = one.velocity_share;
      length.lane[lane] = path_length[m], velocity.lane[lane] = path_velocity[m];
    }
    const Forces<Lanes8> f = calc_forces(of, length, velocity);
    for (size_t i = 0; i < count; ++i) {
      const auto lane = static_cast<Eigen::Index>(i);
      states[first + i] = make_state(f.fiber_length.lane[lane], f.normalized.lane[lane],
                                     f.cos_pennation.lane[lane], f.active.lane[lane], f.passive.lane[lane]);
    }
  }
}

double calc_length_scale_factor(const Muscle& muscle, double path_length, double normalized_length) {
  const double sine = std::sin(muscle.pennation);
  const double along =
      muscle.optimal_fiber_length * std::sqrt(normalized_length * normalized_length - sine * sine);
  return path_length / (muscle.tendon_slack_length + along);
}

}  // namespace lumbarun
