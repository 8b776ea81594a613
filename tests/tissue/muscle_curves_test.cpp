#include "sim/tissue/muscle_curves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lumbarun {
namespace {

Muscle some_muscle() {
  Muscle muscle;
  muscle.max_isometric_force = 850.0;
  muscle.optimal_fiber_length = 0.11;
  muscle.tendon_slack_length = 0.23;
  muscle.pennation = 0.32;
  return muscle;
}

// De Groote et al. 2016, properties stated for the curves: isometric force 1 at rest, none at the greatest
// shortening velocity, about 1.8 at the greatest lengthening velocity; active peak 1 at optimal length.
TEST(MuscleCurves, MeetThePublishedPoints) {
  EXPECT_NEAR(calc_force_velocity(0.0), 1.0, 1e-3);
  EXPECT_NEAR(calc_force_velocity(-1.0), 0.0, 1e-3);
  EXPECT_NEAR(calc_force_velocity(1.0), 1.794, 1e-3);
  EXPECT_NEAR(calc_active_force_length(1.0), 1.0, 0.01);
  EXPECT_LT(calc_active_force_length(0.45), 0.15);
  EXPECT_LT(calc_active_force_length(1.65), 0.10);
  EXPECT_NEAR(calc_passive_force_length(1.6), 1.0, 1e-12);
  EXPECT_EQ(calc_passive_force_length(0.2), 0.0);
  // exp(4·0.0/0.6) = 1 at optimal length: (1 - e^-5.333) / (e^4 - e^-5.333).
  EXPECT_NEAR(calc_passive_force_length(1.0),
              (1.0 - std::exp(-16.0 / 3.0)) / (std::exp(4.0) - std::exp(-16.0 / 3.0)), 1e-14);
}

TEST(MuscleCurves, ForceVelocityRises) {
  for (double v = -1.2; v < 1.2; v += 0.01) EXPECT_LE(calc_force_velocity(v), calc_force_velocity(v + 0.01));
  EXPECT_EQ(calc_force_velocity(-1.5), 0.0);
}

TEST(MuscleCurves, PassiveSlopeIsTheDerivative) {
  for (const double l : {0.6, 0.97, 1.2, 1.5}) {
    constexpr double h = 1e-6;
    EXPECT_NEAR((calc_passive_force_length(l + h) - calc_passive_force_length(l - h)) / (2.0 * h),
                calc_passive_force_length_slope(l), 1e-7);
  }
}

TEST(MuscleState, KeepsTheThicknessOfTheMuscle) {
  const Muscle muscle = some_muscle();
  const double thickness = muscle.optimal_fiber_length * std::sin(muscle.pennation);
  for (const double length : {0.31, 0.33, 0.36}) {
    const MuscleState state = calc_muscle_state(muscle, length, 0.0);
    EXPECT_NEAR(state.fiber_length * std::sqrt(1.0 - state.cos_pennation * state.cos_pennation), thickness,
                1e-12);
    EXPECT_NEAR(muscle.tendon_slack_length + state.fiber_length * state.cos_pennation, length, 1e-4);
  }
}

TEST(MuscleState, IsTheHillForceAtOptimalLength) {
  const Muscle muscle = some_muscle();
  const double length = muscle.tendon_slack_length + muscle.optimal_fiber_length * std::cos(muscle.pennation);
  const MuscleState state = calc_muscle_state(muscle, length, 0.0);
  EXPECT_NEAR(state.normalized_fiber_length, 1.0, 2e-4);
  EXPECT_NEAR(state.active_capacity, 850.0 * std::cos(0.32), 850.0 * 0.01);
  EXPECT_TRUE(state.is_in_range);
  EXPECT_GT(calc_muscle_state(muscle, length, 0.2).active_capacity, state.active_capacity);
  EXPECT_LT(calc_muscle_state(muscle, length, -0.2).active_capacity, state.active_capacity);
}

TEST(MuscleState, SlackPathIsFlaggedAndCarriesNoPassiveForce) {
  const Muscle muscle = some_muscle();
  const MuscleState slack = calc_muscle_state(muscle, 0.15, -0.3);
  EXPECT_FALSE(slack.is_in_range);
  EXPECT_TRUE(std::isfinite(slack.active_capacity));
  EXPECT_GE(slack.fiber_length, kMinFiberShare * muscle.optimal_fiber_length);
  EXPECT_LT(slack.passive_force, 2.0);
  EXPECT_FALSE(calc_muscle_state(muscle, 0.45, 0.0).is_in_range);
}

TEST(MuscleState, LengthScaleGivesTheWantedFibre) {
  Muscle muscle = some_muscle();
  const double factor = calc_length_scale_factor(muscle, 0.47, 1.08);
  muscle.optimal_fiber_length *= factor;
  muscle.tendon_slack_length *= factor;
  EXPECT_NEAR(calc_muscle_state(muscle, 0.47, 0.0).normalized_fiber_length, 1.08, 2e-4);
}

// Series compliances by hand for a calf muscle; short tendons are rigid.
TEST(MuscleCurves, ALongTendonTakesItsShareOfTheVelocity) {
  Muscle muscle;
  muscle.max_isometric_force = 6000.0;
  muscle.optimal_fiber_length = 0.044;
  muscle.tendon_slack_length = 0.283;
  const double tendon_m_n = 0.049 * 0.283 / 6000.0, fiber_m_n = 0.044 / (23.4 * 3000.0);
  const double share = tendon_m_n / (tendon_m_n + fiber_m_n);
  EXPECT_NEAR(calc_tendon_velocity_share(muscle), share, 1e-12);
  // At the path velocity that would stop a muscle with a rigid tendon, this one still pulls.
  const double path = 0.283 + 0.044, fastest = -10.0 * 0.044;
  EXPECT_NEAR(calc_muscle_state(muscle, path, fastest).active_capacity,
              6000.0 * calc_active_force_length(1.0) * calc_force_velocity(-(1.0 - share)), 30.0);
  muscle.tendon_slack_length = 2.9 * 0.044;
  EXPECT_EQ(calc_tendon_velocity_share(muscle), 0.0);
  EXPECT_NEAR(calc_muscle_state(muscle, 3.9 * 0.044, fastest).active_capacity, 0.0, 10.0);
}

}  // namespace
}  // namespace lumbarun
