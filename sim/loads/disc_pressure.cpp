#include "sim/loads/disc_pressure.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

double calc_disc_area_m2(int level, double body_mass_kg) {
  LUMBARUN_DEMAND(level >= 0 && level < kLevelCount);
  LUMBARUN_THROW_UNLESS(body_mass_kg > 0.0, "body mass {} kg must be positive", body_mass_kg);
  const double size = std::cbrt(body_mass_kg / kReferenceDiscMass_kg);
  return kReferenceDiscArea_m2 * kDiscAreaRatio[static_cast<std::size_t>(level)] * size * size;
}

DiscPressure calc_disc_pressure(double compression_N, double disc_area_m2) {
  LUMBARUN_DEMAND(disc_area_m2 > 0.0);
  LUMBARUN_DEMAND(std::isfinite(compression_N));
  const double uncorrected = std::max(compression_N, 0.0) / disc_area_m2;
  return {uncorrected / kDiscPressureCorrection, uncorrected,
          uncorrected / kDiscPressureCorrection * (kReferenceDiscArea_m2 / kSmallestReferenceDiscArea_m2)};
}

}  // namespace lumbarun
