// Variance-based sensitivity from the blocks of calc_saltelli().
//
//   S_i  = V[E(Y | x_i)] / V(Y)       first index: the share of the variance that fixing x_i alone would take away
//   ST_i = 1 − V[E(Y | x_~i)] / V(Y)  total index: the share that remains if all but x_i were fixed
//
// Estimators, with f_A, f_B, f_ABi the outputs of a block (Saltelli et al., Comput. Phys. Commun. 181:259, 2010, table 2):
//   V_i  = mean f_B (f_ABi − f_A)      (b), f centred first, which lowers its variance
//   VT_i = mean (f_A − f_ABi)² / 2     (f), Jansen 1999
// Intervals: percentile bootstrap over blocks. Estimates may leave [0, 1] by sampling error; they are not clipped. Indices
// assume independent factors.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/statistics/estimate.h"

namespace lumbarun {

struct SobolIndex {
  Estimate first;
  Estimate total;
};

// `output`: base · (factors + 2) values in the order of calc_saltelli(). Blocks with a NaN are left out.
// @returns one per factor; NaN if fewer than 2 blocks are complete or the output does not vary.
std::vector<SobolIndex> calc_sobol_indices(const std::vector<double>& output, int factors,
                                           int resamples = 1000, std::uint64_t seed = 1);

}  // namespace lumbarun
