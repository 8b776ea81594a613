#include "sim/signal/lagged_correlation.h"

#include <cmath>
#include <limits>

#include "sim/core/contracts.h"

namespace lumbarun {

LaggedCorrelation calc_periodic_correlation(const Eigen::VectorXd& x, const Eigen::VectorXd& y, double step,
                                            double max_lag) {
  LUMBARUN_DEMAND(x.size() == y.size() && x.size() > 1 && step > 0.0);
  constexpr double kFlat = 1e-12;  // deviation that counts as rounding
  const Eigen::VectorXd dx = x.array() - x.mean(), dy = y.array() - y.mean();
  const double scale = dx.norm() * dy.norm();
  if (dx.cwiseAbs().maxCoeff() < kFlat || dy.cwiseAbs().maxCoeff() < kFlat) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan, nan};
  }
  const Eigen::Index n = x.size();
  const auto calc = [&](Eigen::Index shift) {
    double sum = 0.0;
    for (Eigen::Index i = 0; i < n; ++i) sum += dx[i] * dy[((i + shift) % n + n) % n];
    return sum / scale;
  };
  LaggedCorrelation result{calc(0), calc(0), 0.0};
  const auto reach = static_cast<Eigen::Index>(std::floor(max_lag / step + 1e-9));
  for (Eigen::Index shift = -reach; shift <= reach; ++shift) {
    if (const double rho = calc(shift); rho > result.best) {
      result.best = rho;
      result.lag = static_cast<double>(shift) * step;
    }
  }
  return result;
}

}  // namespace lumbarun
