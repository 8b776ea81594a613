#include "sim/loads/disc_pressure.h"

#include <gtest/gtest.h>

namespace lumbarun {
namespace {

// The reference man standing: 0.50 MPa in his 18 cm² L4/5 disc is 594 N with the correction and 900 N
// without.
TEST(DiscPressure, ReferenceManStanding) {
  const double area = kReferenceDiscArea_m2;
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

TEST(DiscPressure, DegeneratedNucleusCarriesItsShare) {
  EXPECT_NEAR(calc_disc_pressure(2500.0, 16.0e-4, 0.7).value_Pa,
              0.7 * calc_disc_pressure(2500.0, 16.0e-4).value_Pa, 1e-6);
}

}  // namespace
}  // namespace lumbarun
