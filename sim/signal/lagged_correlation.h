// Correlation of two periodic series of one period, sampled evenly, with one shifted against the other:
//   ρ(l) = corr(x(t), y(t + l)),   best: the shift |l| ≤ max_lag with the largest ρ
// so that lag > 0 means that y comes after x.
#pragma once

#include <Eigen/Core>

namespace lumbarun {

struct LaggedCorrelation {
  double correlation = 0.0;  // without shift; NaN if one of the series is flat
  double best = 0.0;
  double lag = 0.0;  // s
};

LaggedCorrelation calc_periodic_correlation(const Eigen::VectorXd& x, const Eigen::VectorXd& y, double step,
                                            double max_lag);

}  // namespace lumbarun
