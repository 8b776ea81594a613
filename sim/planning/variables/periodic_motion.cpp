#include "sim/planning/variables/periodic_motion.h"

#include <Eigen/LU>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

PeriodicMotion::PeriodicMotion(Periodicity periodicity, int knot_count)
    : periodicity_(std::move(periodicity)) {
  LUMBARUN_DEMAND(knot_count >= 4 && periodicity_.period > 0.0);
  coefficients = Eigen::MatrixXd::Zero(periodicity_.advance.size(), knot_count);
}

PeriodicMotion::Wrapped PeriodicMotion::wrap(int k, int i) const {
  const int N = knot_count();
  int turns = k >= 0 ? k / N : -((N - 1 - k) / N);
  Wrapped w{k - turns * N, i, 1.0, 0.0};
  for (; turns > 0; --turns) {
    w.offset += w.sign * periodicity_.advance[w.row];
    w.sign *= periodicity_.map.sign[w.row];
    w.row = periodicity_.map.partner[w.row];
  }
  // The inverse of q' = S q + d is q = S (q' - d), because S is an involution.
  for (; turns < 0; ++turns) {
    w.sign *= periodicity_.map.sign[w.row];
    w.row = periodicity_.map.partner[w.row];
    w.offset -= w.sign * periodicity_.advance[w.row];
  }
  return w;
}

double PeriodicMotion::coefficient(int k, int i) const {
  const Wrapped w = wrap(k, i);
  return w.sign * coefficients(w.row, w.column) + w.offset;
}

MotionState PeriodicMotion::at_knot(int k) const {
  const int n = coordinate_count();
  const double h = knot_spacing();
  MotionState state{Eigen::VectorXd(n), Eigen::VectorXd(n), Eigen::VectorXd(n)};
  for (int i = 0; i < n; ++i) {
    const double before = coefficient(k - 1, i), here = coefficient(k, i), after = coefficient(k + 1, i);
    state.q[i] = (before + 4.0 * here + after) / 6.0;
    state.v[i] = (after - before) / (2.0 * h);
    state.a[i] = (before - 2.0 * here + after) / (h * h);
  }
  return state;
}

MotionState PeriodicMotion::at_time(double t) const {
  const int n = coordinate_count();
  const double h = knot_spacing();
  const double s = std::floor(t / h);
  const int k = static_cast<int>(s);
  const double u = t / h - s, w = 1.0 - u;
  const std::array<double, 4> b{w * w * w / 6.0, (3.0 * u * u * u - 6.0 * u * u + 4.0) / 6.0,
                                (3.0 * w * w * w - 6.0 * w * w + 4.0) / 6.0, u * u * u / 6.0};
  const std::array<double, 4> b1{-w * w / 2.0, (3.0 * u * u - 4.0 * u) / 2.0, (4.0 * w - 3.0 * w * w) / 2.0,
                                 u * u / 2.0};
  const std::array<double, 4> b2{w, 3.0 * u - 2.0, 3.0 * w - 2.0, u};
  MotionState state{Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n)};
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < 4; ++j) {
      const double c = coefficient(k - 1 + j, i);
      state.q[i] += b[j] * c;
      state.v[i] += b1[j] * c / h;
      state.a[i] += b2[j] * c / (h * h);
    }
  }
  return state;
}

PeriodicMotion PeriodicMotion::interpolate(const Periodicity& periodicity, int knot_count,
                                           const std::function<Eigen::VectorXd(double)>& sample) {
  PeriodicMotion motion(periodicity, knot_count);
  // Two periods are periodic without the mirror; the advance per period is removed first.
  const int M = 2 * knot_count, n = motion.coordinate_count();
  const double h = motion.knot_spacing();
  const Eigen::VectorXd drift = periodicity.advance / periodicity.period;
  Eigen::MatrixXd basis = Eigen::MatrixXd::Zero(M, M), samples(M, n);
  for (int k = 0; k < M; ++k) {
    basis(k, k) += 4.0 / 6.0;
    basis(k, (k + 1) % M) += 1.0 / 6.0;
    basis(k, (k + M - 1) % M) += 1.0 / 6.0;
    samples.row(k) = (sample(k * h) - drift * (k * h)).transpose();
  }
  const Eigen::MatrixXd c = basis.partialPivLu().solve(samples);
  for (int k = 0; k < knot_count; ++k) motion.coefficients.col(k) = c.row(k).transpose() + drift * (k * h);
  return motion;
}

}  // namespace lumbarun
