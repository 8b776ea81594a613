// Correlations by rank.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/statistics/designs.h"

namespace lumbarun {

// Ranks 1 … n; ties share their mean rank.
std::vector<double> calc_ranks(const std::vector<double>& values);

// Pearson's coefficient; NaN if a side does not vary.
double calc_correlation(const std::vector<double>& x, const std::vector<double>& y);
// Spearman's coefficient.
double calc_rank_correlation(const std::vector<double>& x, const std::vector<double>& y);

// Partial rank correlation of each input with the output: the correlation of what is left of the ranks of both when the
// ranks of all other inputs have been regressed out (Marino et al., J. Theor. Biol. 254:178, 2008), with a 95 % interval by
// Fisher's transformation with n − inputs − 2 degrees of freedom. Meaningful for monotone responses only.
struct PartialRankCorrelation {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};
// `inputs`: one row per point. NaN where an input does not vary or the points are too few.
std::vector<PartialRankCorrelation> calc_partial_rank_correlations(const SampleMatrix& inputs,
                                                                   const std::vector<double>& output);

// Reorders each column of an uncorrelated sample so that the rank correlation between columns comes close to `wanted`
// (Gaussian copula); every column keeps its values, so a Latin hypercube stays one (after Iman & Conover, Commun. Stat.
// Simul. Comput. 11:311, 1982).
// @throws BadInput if `wanted` is no correlation matrix.
SampleMatrix calc_correlated_sample(const SampleMatrix& sample, const Eigen::MatrixXd& wanted);

}  // namespace lumbarun
