// Screening after Morris (Technometrics 33:161, 1991) with μ* of Campolongo et al. (Environ. Model. Softw. 22:1509, 2007).
//
// An elementary effect of factor i is the change of the output over the change of x_i, in the unit cube, at one step of a
// trajectory. μ: their mean; μ*: the mean of their sizes, how much the factor matters; σ: their standard deviation, how much
// that depends on the place (curvature, interactions).
#pragma once

#include <vector>

#include "sim/statistics/designs.h"
#include "sim/statistics/estimate.h"

namespace lumbarun {

struct ElementaryEffects {
  double mean = 0.0;
  Estimate mean_size;  // μ*, interval by bootstrap over trajectories
  double deviation = 0.0;
  int count = 0;
};

// `sample`: rows of calc_morris(), or any whose consecutive rows in a block of factors + 1 differ in one factor.
// Steps next to a NaN are left out.
std::vector<ElementaryEffects> calc_elementary_effects(const SampleMatrix& sample,
                                                       const std::vector<double>& output,
                                                       int resamples = 1000, std::uint64_t seed = 1);

}  // namespace lumbarun
