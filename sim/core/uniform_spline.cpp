#include "sim/core/uniform_spline.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

// Second derivatives of the cubic spline: m[i-1] + 4 m[i] + m[i+1] = 6 (y[i-1] - 2 y[i] + y[i+1]) / h², zero
// at a natural end; at a flat right end m[n-2] + 2 m[n-1] = 6 (y[n-2] - y[n-1]) / h².
std::vector<double> solve_second_derivatives(const std::vector<double>& y, double h, SplineEnd right_end) {
  const size_t n = y.size();
  std::vector<double> m(n, 0.0), upper(n, 0.0);
  for (size_t i = 1; i + 1 < n; ++i) {
    const double right_side = 6.0 * (y[i - 1] - 2.0 * y[i] + y[i + 1]) / (h * h);
    const double pivot = 4.0 - upper[i - 1];
    upper[i] = 1.0 / pivot;
    m[i] = (right_side - m[i - 1]) / pivot;
  }
  if (right_end == SplineEnd::kFlat) {
    const double right_side = 6.0 * (y[n - 2] - y[n - 1]) / (h * h);
    m[n - 1] = (right_side - m[n - 2]) / (2.0 - upper[n - 2]);
  }
  for (size_t i = n - 2; i > 0; --i) m[i] -= upper[i] * m[i + 1];
  return m;
}

}  // namespace

UniformSpline::UniformSpline(double x0, double step, std::vector<double> samples, SplineEnd right_end)
    : x0_(x0), step_(step), right_end_(right_end), y_(std::move(samples)) {
  LUMBARUN_DEMAND(y_.size() >= 3 && step_ > 0.0);
  m_ = solve_second_derivatives(y_, step_, right_end_);
  cumulative_.assign(y_.size(), 0.0);
  for (size_t i = 0; i + 1 < y_.size(); ++i) {
    cumulative_[i + 1] = cumulative_[i] + integrate_cell(static_cast<int>(i), 1.0);
  }
}

UniformSpline::Cell UniformSpline::locate(double x) const {
  const double s = (x - x0_) / step_;
  const auto last = static_cast<double>(y_.size() - 2);
  const int index = s > 0.0 ? static_cast<int>(std::min(s, last)) : 0;  // 0 also for NaN
  return {index, s - index};
}

ScalarDerivatives UniformSpline::calc(double x) const {
  if (right_end_ == SplineEnd::kFlat && x >= last_x()) return {y_.back(), 0.0, 0.0};
  const auto [i, u_any] = locate(x);
  const double u = std::clamp(u_any, 0.0, 1.0);
  const double h = step_, h2 = h * h, w = 1.0 - u;
  const double y =
      w * y_[i] + u * y_[i + 1] + ((w * w * w - w) * m_[i] + (u * u * u - u) * m_[i + 1]) * h2 / 6.0;
  const double slope =
      (y_[i + 1] - y_[i]) / h + ((1.0 - 3.0 * w * w) * m_[i] + (3.0 * u * u - 1.0) * m_[i + 1]) * h / 6.0;
  if (u_any != u) return {y + slope * (u_any - u) * h, slope, 0.0};
  return {y, slope, w * m_[i] + u * m_[i + 1]};
}

double UniformSpline::integrate_cell(int i, double u) const {
  const double w = 1.0 - u, h3 = step_ * step_ * step_;
  const double w2 = w * w, u2 = u * u;
  const double linear = 0.5 * ((1.0 - w2) * y_[i] + u2 * y_[i + 1]) * step_;
  const double left = 0.25 * (1.0 - w2 * w2) - 0.5 * (1.0 - w2);
  const double right = 0.25 * u2 * u2 - 0.5 * u2;
  return linear + (left * m_[i] + right * m_[i + 1]) * h3 / 6.0;
}

double UniformSpline::calc_integral(double x) const {
  const double inside = std::clamp(x, first_x(), last_x());
  const auto [i, u] = locate(inside);
  const double value = cumulative_[i] + integrate_cell(i, u);
  const double beyond = x - inside;
  if (beyond == 0.0) return value;
  const ScalarDerivatives end = calc(inside);
  return value + end.value * beyond + 0.5 * end.first * beyond * beyond;
}

}  // namespace lumbarun
