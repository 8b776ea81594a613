// Mean compressive strength of a lumbar motion segment, to set a compression against.
//   S [kN] = (7.26 + 1.88 G) - (0.494 + 0.468 G) A + (0.042 + 0.106 G) C - 0.145 L
//   G 1 man, 0 woman;  A age in decades;  C disc area [cm²];  L level: 0 L5/S1, 2 L4/5, ... 10 T12/L1 (vertebrae between)
// Jäger & Luttmann 1991, regression of published compression tests, term of the disc; quoted from memory, the level code too:
// an ESTIMATE. A man of 40 years with 18 cm² has 7.7 kN at L4/5. Strength of persons of one age and sex spreads widely: 4.84 ±
// 2.50 kN over 1192 tests (Jäger 2018 EXCLI J 17:362). It is the strength in one slow compression; what many steps do to it is
// another matter. Ages 20-80.
#pragma once

#include "sim/core/levels.h"

namespace lumbarun {

// level: 0 ... kLevelCount - 1, cranial to caudal. Never below the smallest measured strength, 0.6 kN (same source).
double calc_vertebral_strength_N(int level, double age_years, bool is_male, double disc_area_m2);

}  // namespace lumbarun
