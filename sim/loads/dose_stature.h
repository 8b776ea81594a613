// How much shorter a runner is after a run: measured loss of stature per kilometre. Discs lose water under load and take it up at
// night; the loss of a session is gone the next morning and does not add up over days.
//
//   low    0.39 d                                   trained, 2.35 mm over 6 km at 12.2 km/h, the rate kept up to 25 km
//   value  0.54 d                                   novices, 3.25 mm over 6 km
//   high   1.1 min(d, 7) + 0.54 max(d − 7, 0)       marathon runners at race pace, 7.69 mm in 30 min
//   d distance [km], result mm. Low and value: Leatt et al. 1986, Br. J. Sports Med. 20:119; high: Garbutt et al. 1990, Med. Sci. Sports
//   Exerc. 22:769, whose pace is an ESTIMATE (14 km/h: 7 km in 30 min), and whose second half lost less than the first
//   (2.12 after 3.26 mm), so that beyond it the novices' rate goes on.
//
// Confidence low: group means of 7 to 14 men with deviations of 30 to 70 %, in whom no covariate predicted the loss (Leatt). It is not
// scaled with the loads of the run, for which there is no measurement. For comparison, a day changes stature by 14.4 mm (Leatt).
#pragma once

#include "sim/loads/dose_index.h"

namespace lumbarun {

inline constexpr double kTrainedLoss_mm_km = 0.39;
inline constexpr double kNoviceLoss_mm_km = 0.54;
inline constexpr double kRacePaceLoss_mm_km = 1.1;
inline constexpr double kRacePaceDistance_km = 7.0;
inline constexpr double kMeasuredDistance_km = 25.0;  // beyond it the estimate is an extrapolation

// mm; d >= 0.
DoseBand calc_stature_loss(double distance_km);

}  // namespace lumbarun
