#include "sim/loads/dose_stature.h"

#include <algorithm>

#include "sim/core/contracts.h"

namespace lumbarun {

DoseBand calc_stature_loss(double distance_km) {
  LUMBARUN_THROW_UNLESS(distance_km >= 0.0, "a run of {} km has no loss of stature", distance_km);
  return {kTrainedLoss_mm_km * distance_km, kNoviceLoss_mm_km * distance_km,
          kRacePaceLoss_mm_km * std::min(distance_km, kRacePaceDistance_km) +
              kNoviceLoss_mm_km * std::max(distance_km - kRacePaceDistance_km, 0.0)};
}

}  // namespace lumbarun
