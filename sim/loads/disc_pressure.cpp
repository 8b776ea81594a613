#include "sim/loads/disc_pressure.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

DiscPressure calc_disc_pressure(double compression_N, double disc_area_m2, double nucleus_ratio) {
  LUMBARUN_DEMAND(disc_area_m2 > 0.0);
  LUMBARUN_DEMAND(std::isfinite(compression_N));
  const double uncorrected = nucleus_ratio * std::max(compression_N, 0.0) / disc_area_m2;
  return {uncorrected / kDiscPressureCorrection, uncorrected,
          uncorrected / kDiscPressureCorrection * (kReferenceDiscArea_m2 / kSmallestReferenceDiscArea_m2)};
}

}  // namespace lumbarun
