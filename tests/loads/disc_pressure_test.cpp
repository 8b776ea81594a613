#include "sim/loads/disc_pressure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/errors.h"

namespace lumbarun {
namespace {

constexpr int kL4L5 = 4;

// The reference man standing: 0.50 MPa in his 18 cm² L4/5 disc is 594 N with the correction and 900 N
// without.
TEST(DiscPressure, ReferenceManStanding) {
  ASSERT_EQ(kLevelNames[kL4L5], "L4_L5");
  const double area = calc_disc_area_m2(kL4L5, 70.0);
  EXPECT_DOUBLE_EQ(area, 18.0e-4);
  EXPECT_NEAR(calc_disc_pressure(594.0, area).value_Pa, 0.50e6, 1.0);
  EXPECT_NEAR(calc_disc_pressure(900.0, area).low_Pa, 0.50e6, 1.0);
}

TEST(DiscPressure, BandEnclosesTheValue) {
  const DiscPressure p = calc_disc_pressure(2500.0, 16.0e-4);
  EXPECT_LT(p.low_Pa, p.value_Pa);
  EXPECT_LT(p.value_Pa, p.high_Pa);
  EXPECT_NEAR(p.high_Pa / p.low_Pa, 18.0 / (15.6 * 0.66), 1e-12);
}

TEST(DiscPressure, TensionGivesZero) {
  EXPECT_EQ(calc_disc_pressure(-120.0, 16.0e-4).value_Pa, 0.0);
  EXPECT_EQ(calc_disc_pressure(-120.0, 16.0e-4).high_Pa, 0.0);
}

TEST(DiscArea, RatiosAreThoseOfTheDiscLengths) {
  const double length_mm[] = {30.23, 32.03, 32.86, 33.08, 31.33};  // L1/2 … L5/S1
  for (int level = 1; level < kLevelCount; ++level) {
    const double ratio = length_mm[level - 1] / 33.08;
    EXPECT_NEAR(kDiscAreaRatio[static_cast<std::size_t>(level)], ratio * ratio, 5e-4);
  }
  EXPECT_LT(kDiscAreaRatio[0], kDiscAreaRatio[1]);
}

TEST(DiscArea, GrowsAsAnAreaOfAlikeBodies) {
  EXPECT_NEAR(calc_disc_area_m2(2, 8.0 * 55.0) / calc_disc_area_m2(2, 55.0), 4.0, 1e-12);
  EXPECT_THROW(calc_disc_area_m2(2, 0.0), BadInput);
}

}  // namespace
}  // namespace lumbarun
