#include "sim/loads/vertebral_strength.h"

#include <algorithm>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun {

double calc_vertebral_strength_N(int level, double age_years, bool is_male, double disc_area_m2) {
  LUMBARUN_DEMAND(level >= 0 && level < kLevelCount);
  constexpr double kSmallest_kN = 0.6, kNewtonPerKilonewton = 1e3, kYearsPerDecade = 10.0;
  const double g = is_male ? 1.0 : 0.0;
  const double area = disc_area_m2 / kSquareMetrePerSquareCentimetre;
  const double code = 2.0 * (kLevelCount - 1 - level);
  const double strength = (7.26 + 1.88 * g) - (0.494 + 0.468 * g) * age_years / kYearsPerDecade +
                          (0.042 + 0.106 * g) * area - 0.145 * code;
  return kNewtonPerKilonewton * std::max(kSmallest_kN, strength);
}

}  // namespace lumbarun
