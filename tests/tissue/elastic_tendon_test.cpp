#include "sim/tissue/elastic_tendon.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

namespace lumbarun {
namespace {

// A soleus: short fibres on a long tendon.
Muscle calf() {
  Muscle muscle;
  muscle.max_isometric_force = 6195.0;
  muscle.optimal_fiber_length = 0.044;
  muscle.tendon_slack_length = 0.277;
  muscle.pennation = 0.38;
  muscle.tendon = TendonKind::kElastic;
  return muscle;
}

TEST(ElasticTendon, CurveMeetsItsPointsAndItsInverse) {
  EXPECT_NEAR(calc_tendon_force(1.0), 0.0, 1e-15);
  EXPECT_NEAR(calc_tendon_force(1.049), 1.0, 1e-12);
  for (const double f : {0.0, 0.07, 0.5, 1.3})
    EXPECT_NEAR(calc_tendon_force(calc_tendon_length(f)), f, 1e-13);
}

TEST(ElasticTendon, TendonAndFibrePullEqually) {
  const Muscle muscle = calf();
  for (const double activation : {0.0, 0.2, 1.0}) {
    for (const double path : {0.29, 0.315, 0.34}) {
      const TendonEquilibrium state = calc_tendon_equilibrium(muscle, path, activation, {});
      const double l = state.fiber_length / muscle.optimal_fiber_length;
      const double fiber =
          activation * calc_active_force_length(l) * calc_force_velocity(0.0) + calc_passive_force_length(l);
      EXPECT_NEAR(state.tension, muscle.max_isometric_force * fiber * state.cos_pennation, 1e-6);
      // The two share the path, but for what the smooth floor adds to the fibre: w² / (4 (x - floor)), w = 0.02 l_opt.
      const double tendon =
          muscle.tendon_slack_length * calc_tendon_length(state.tension / muscle.max_isometric_force);
      const double width = 0.02 * muscle.optimal_fiber_length;
      const double added =
          width * width / (4.0 * (state.along - kMinFiberShare * muscle.optimal_fiber_length));
      EXPECT_NEAR(tendon + state.along - added, path, 1e-10);
    }
  }
}

TEST(ElasticTendon, SecantIsExactAtRestAndAtTheAssumedActivation) {
  const Muscle muscle = calf();
  const FiberHistory before{0.036, 0.001};
  double along = 0.0;
  const MuscleState state = calc_elastic_muscle_state(
      muscle, calc_tendon_equilibrium(muscle, 0.32, 0.0, before), 0.32, 0.6, before, along);
  EXPECT_NEAR(state.passive_force, calc_tendon_equilibrium(muscle, 0.32, 0.0, before).tension, 1e-9);
  EXPECT_NEAR(state.passive_force + 0.6 * state.active_capacity,
              calc_tendon_equilibrium(muscle, 0.32, 0.6, before).tension, 1e-6);
}

// A step of running: the path lengthens by 25 mm and shortens by 45, activation rises and falls.
double path_at(double t) { return 0.309 + 0.025 * std::sin(14.0 * t) - 0.9 * t * t; }
double activation_at(double t) { return 0.1 + 0.8 * std::pow(std::sin(14.0 * t), 2); }

// The equilibrium muscle's differential equation in y = path - tendon, from the inverted force-velocity curve, RK4 with 2 µs.
class FineMuscle {
 public:
  explicit FineMuscle(const Muscle& muscle) : muscle_(muscle) {}

  double rate(double y, double t) const {
    const FiberGeometry fiber = calc_fiber_geometry(muscle_, y);
    const double cosine = fiber.along / fiber.length, l = fiber.length / muscle_.optimal_fiber_length;
    const double tendon = calc_tendon_force((path_at(t) - y) / muscle_.tendon_slack_length);
    const double f_v =
        (tendon / cosine - calc_passive_force_length(l)) / (activation_at(t) * calc_active_force_length(l));
    const double v = (std::sinh((f_v - 0.8825327733249912) / -0.3211346127989808) + 0.374) / -8.149;
    return v * muscle_.max_velocity * muscle_.optimal_fiber_length / (cosine * fiber.along_slope);
  }

  double step(double y, double t, double h) const {
    const double k1 = rate(y, t), k2 = rate(y + 0.5 * h * k1, t + 0.5 * h),
                 k3 = rate(y + 0.5 * h * k2, t + 0.5 * h), k4 = rate(y + h * k3, t + h);
    return y + h / 6.0 * (k1 + 2.0 * k2 + 2.0 * k3 + k4);
  }

  double tension(double y, double t) const {
    return muscle_.max_isometric_force * calc_tendon_force((path_at(t) - y) / muscle_.tendon_slack_length);
  }

 private:
  const Muscle& muscle_;
};

// Largest difference of tension from the differential equation over F_max.
double largest_error(double step) {
  const Muscle muscle = calf();
  const FineMuscle fine(muscle);
  const TendonEquilibrium start = calc_tendon_equilibrium(muscle, path_at(0.0), activation_at(0.0), {});
  double y = path_at(0.0) -
             muscle.tendon_slack_length * calc_tendon_length(start.tension / muscle.max_isometric_force);
  FiberHistory coarse{start.along, step};
  constexpr double kFine = 2e-6;
  const int per_step = static_cast<int>(std::lround(step / kFine));
  double largest = 0.0;
  for (int sample = 1; sample * step <= 0.22; ++sample) {
    for (int i = 0; i < per_step; ++i) y = fine.step(y, (sample - 1) * step + i * kFine, kFine);
    const double t = sample * step;
    const TendonEquilibrium state = calc_tendon_equilibrium(muscle, path_at(t), activation_at(t), coarse);
    coarse.along = state.along;
    largest = std::max(largest, std::abs(state.tension - fine.tension(y, t)) / muscle.max_isometric_force);
  }
  return largest;
}

TEST(ElasticTendon, FollowsTheDifferentialEquationOfTheMuscle) {
  const double coarse = largest_error(1e-3), half = largest_error(0.5e-3);
  std::printf("largest error of tension over F_max: %.4f at 1 ms, %.4f at 0.5 ms\n", coarse, half);
  EXPECT_LT(coarse, 0.03);
  EXPECT_NEAR(coarse / half, 2.0, 0.3);  // first order
}

TEST(ElasticTendon, RestingMuscleOfEitherKind) {
  Muscle muscle = calf();
  const double path = 0.335;
  const RestingMuscle elastic = calc_resting_muscle(muscle, path);
  EXPECT_NEAR(elastic.tension, calc_tendon_equilibrium(muscle, path, 0.0, {}).tension, 1e-12);
  muscle.tendon = TendonKind::kRigid;
  const RestingMuscle rigid = calc_resting_muscle(muscle, path);
  EXPECT_NEAR(rigid.tension, calc_muscle_state(muscle, path, 0.0).passive_force, 1e-12);
  EXPECT_LT(elastic.tension, rigid.tension);  // the tendon gives way
}

}  // namespace
}  // namespace lumbarun
