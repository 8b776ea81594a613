#include "sim/loads/vertebral_strength.h"

#include <gtest/gtest.h>

namespace lumbarun {
namespace {

// By hand: 9.14 - 0.962·4 + 0.148·18 - 0.145·2 = 7.666 kN; woman, 55 years, 15 cm², L1/2: 7.26 - 2.717 + 0.63 - 1.16.
TEST(VertebralStrength, IsTheRegression) {
  EXPECT_NEAR(calc_vertebral_strength_N(4, 40.0, true, 18e-4), 7666.0, 0.5);
  EXPECT_NEAR(calc_vertebral_strength_N(1, 55.0, false, 15e-4), 4013.0, 0.5);
}

TEST(VertebralStrength, FallsWithAgeAndTowardsTheThorax) {
  EXPECT_LT(calc_vertebral_strength_N(4, 60.0, true, 18e-4), calc_vertebral_strength_N(4, 30.0, true, 18e-4));
  EXPECT_LT(calc_vertebral_strength_N(0, 30.0, true, 18e-4), calc_vertebral_strength_N(5, 30.0, true, 18e-4));
  EXPECT_EQ(calc_vertebral_strength_N(0, 120.0, true, 5e-4), 600.0);
}

}  // namespace
}  // namespace lumbarun
