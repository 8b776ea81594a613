#include "sim/loads/leg_stiffness.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/units.h"

namespace lumbarun {
namespace {

// Vertical motion under F(t) = F_max sin(πt/t_c), integrated step by step from touch-down to mid-stance: with
// the impulse balance that the formula for F_max expresses, the mass sinks by Δy.
TEST(SineStiffness, DropIsThatOfAMassUnderAHalfSine) {
  const double m = 63.0, tc = 0.231, tf = 0.118;
  const auto s = calc_sine_stiffness(m, 3.2, 0.91, tc, tf);
  ASSERT_TRUE(s);
  const int steps = 200000;
  const double h = 0.5 * tc / steps;
  double velocity = -0.5 * kStandardGravity * tf, height = 0.0;
  for (int k = 0; k < steps; ++k) {
    const double middle = s->peak_force_N / m * std::sin(kPi * (k + 0.5) * h / tc) - kStandardGravity;
    height += h * (velocity + 0.5 * h * middle);
    velocity += h * middle;
  }
  EXPECT_NEAR(velocity, 0.0, 1e-8);
  EXPECT_NEAR(s->mass_centre_drop_m, -height, 1e-8);
  EXPECT_DOUBLE_EQ(s->vertical_stiffness_n_m, s->peak_force_N / s->mass_centre_drop_m);
}

// Group means of 26 runners at 3.5 m/s (Fukuchi et al. 2017): 67.9 kg, t_c 0.224 s, t_f 0.127 s, leg 0.93 m
// assumed.
TEST(SineStiffness, GroupMeansOfTheReferenceRunners) {
  const auto s = calc_sine_stiffness(67.9, 3.5, 0.93, 0.224, 0.127);
  ASSERT_TRUE(s && s->leg_stiffness_n_m);
  EXPECT_NEAR(s->vertical_stiffness_n_m, 26.8e3, 0.05e3);
  EXPECT_NEAR(*s->leg_stiffness_n_m, 11.1e3, 0.05e3);
}

// A mass on a massless spring leg that does not sweep: v = 0. Contact from touchdown at speed w until the spring is long again; its
// largest force and drop are k Δ and Δ, so the spring's own stiffness comes back.
TEST(SpringStiffness, GivesASpringItsStiffnessBack) {
  const double k = 21.7e3, m = 71.0, w = 0.83;
  const double drop =
      m * kStandardGravity / k + std::sqrt(std::pow(m * kStandardGravity / k, 2) + m * w * w / k);
  const auto s = calc_spring_stiffness(k * drop, drop, 0.0, 0.9, 0.2);
  ASSERT_TRUE(s && s->leg_stiffness_n_m);
  EXPECT_NEAR(s->vertical_stiffness_n_m, k, 1e-6);
  EXPECT_NEAR(*s->leg_stiffness_n_m, k, 1e-6);
}

// A leg of 0.9 m at 30° to the vertical at touchdown, its hip 0.03 m lower at mid-stance than the arc of a rigid leg would bring it.
TEST(SpringStiffness, LegShortensByDropAndSweep) {
  const double length = 0.9, contact = 0.25, angle = kPi / 6.0, shortening = 0.06, force = 1800.0;
  const double speed = 2.0 * length * std::sin(angle) / contact;
  const double drop = shortening - length * (1.0 - std::cos(angle));
  ASSERT_LT(drop, 0.0) << "a leg this askew lifts the hip: not a running contact";
  EXPECT_FALSE(calc_spring_stiffness(force, drop, speed, length, contact));
  const double low_speed = 2.0 * length * std::sin(0.2) / contact;
  const double low_drop = shortening - length * (1.0 - std::cos(0.2));
  const auto s = calc_spring_stiffness(force, low_drop, low_speed, length, contact);
  ASSERT_TRUE(s && s->leg_stiffness_n_m);
  EXPECT_NEAR(*s->leg_stiffness_n_m, force / shortening, 1e-6);
  EXPECT_FALSE(calc_spring_stiffness(force, low_drop, 8.0, length, contact)->leg_stiffness_n_m);
  EXPECT_FALSE(calc_spring_stiffness(0.0, low_drop, low_speed, length, contact));
}

TEST(SineStiffness, UndefinedWithoutFlightOrBeyondTheLeg) {
  EXPECT_FALSE(calc_sine_stiffness(70.0, 1.5, 0.9, 0.6, -0.1));
  EXPECT_FALSE(calc_sine_stiffness(70.0, 3.0, 0.9, 0.0, 0.1));
  const auto s = calc_sine_stiffness(70.0, 20.0, 0.9, 0.1, 0.1);
  ASSERT_TRUE(s);
  EXPECT_FALSE(s->leg_stiffness_n_m);
}

}  // namespace
}  // namespace lumbarun
