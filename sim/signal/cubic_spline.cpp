#include "sim/signal/cubic_spline.h"

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

void demand_increasing(std::span<const double> x, std::span<const double> y, std::size_t least) {
  LUMBARUN_THROW_UNLESS(x.size() == y.size(), "spline has {} knots but {} values", x.size(), y.size());
  LUMBARUN_THROW_UNLESS(x.size() >= least, "spline needs at least {} knots, has {}", least, x.size());
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    LUMBARUN_THROW_UNLESS(x[i] < x[i + 1], "spline knots must increase: knot {} is {}, knot {} is {}", i,
                          x[i], i + 1, x[i + 1]);
  }
}

// Thomas algorithm for a symmetric, diagonally dominant tridiagonal system; off[i] couples i and i+1.
std::vector<double> solve_tridiagonal(std::vector<double> diagonal, std::span<const double> off,
                                      std::vector<double> right) {
  const std::size_t n = right.size();
  for (std::size_t i = 1; i < n; ++i) {
    const double factor = off[i - 1] / diagonal[i - 1];
    diagonal[i] -= factor * off[i - 1];
    right[i] -= factor * right[i - 1];
  }
  for (std::size_t i = n; i-- > 0;) {
    if (i + 1 < n) right[i] -= off[i] * right[i + 1];
    right[i] /= diagonal[i];
  }
  return right;
}

std::vector<double> calc_steps(std::span<const double> x) {
  std::vector<double> h(x.size() - 1);
  for (std::size_t i = 0; i < h.size(); ++i) h[i] = x[i + 1] - x[i];
  return h;
}

std::vector<double> calc_slopes(std::span<const double> y, std::span<const double> h) {
  std::vector<double> slope(h.size());
  for (std::size_t i = 0; i < h.size(); ++i) slope[i] = (y[i + 1] - y[i]) / h[i];
  return slope;
}

}  // namespace

CubicSpline CubicSpline::build_natural(std::span<const double> x, std::span<const double> y) {
  demand_increasing(x, y, 2);
  CubicSpline spline;
  spline.x_.assign(x.begin(), x.end());
  spline.y_.assign(y.begin(), y.end());
  spline.second_.assign(x.size(), 0.0);
  const std::size_t inner = x.size() - 2;
  if (inner == 0) return spline;
  const std::vector<double> h = calc_steps(x);
  const std::vector<double> slope = calc_slopes(y, h);
  std::vector<double> diagonal(inner), right(inner);
  for (std::size_t i = 0; i < inner; ++i) {
    diagonal[i] = 2.0 * (h[i] + h[i + 1]);
    right[i] = 6.0 * (slope[i + 1] - slope[i]);
  }
  const std::span<const double> off = std::span(h).subspan(1, inner - 1);
  const std::vector<double> m = solve_tridiagonal(diagonal, off, right);
  std::copy(m.begin(), m.end(), spline.second_.begin() + 1);
  return spline;
}

CubicSpline CubicSpline::build_periodic(std::span<const double> x, std::span<const double> y, double period) {
  demand_increasing(x, y, 3);
  LUMBARUN_THROW_UNLESS(x.back() < x.front() + period, "period {} is shorter than the knots' range {}",
                        period, x.back() - x.front());
  CubicSpline spline;
  spline.periodic_ = true;
  spline.period_ = period;
  spline.x_.assign(x.begin(), x.end());
  spline.x_.push_back(x.front() + period);
  spline.y_.assign(y.begin(), y.end());
  spline.y_.push_back(y.front());
  const std::size_t n = x.size();
  const std::vector<double> h = calc_steps(spline.x_);
  const std::vector<double> slope = calc_slopes(spline.y_, h);
  // Cyclic system by Sherman–Morrison: A = T + u uᵀ·corner with u = (1, 0, …, 0, 1).
  const double corner = h[n - 1];
  std::vector<double> diagonal(n), right(n), u(n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const std::size_t before = (i + n - 1) % n;
    diagonal[i] = 2.0 * (h[before] + h[i]);
    right[i] = 6.0 * (slope[i] - slope[before]);
  }
  diagonal.front() -= corner;
  diagonal.back() -= corner;
  u.front() = u.back() = 1.0;
  const std::span<const double> off = std::span(h).subspan(0, n - 1);
  std::vector<double> m = solve_tridiagonal(diagonal, off, right);
  const std::vector<double> z = solve_tridiagonal(diagonal, off, u);
  const double scale = corner * (m.front() + m.back()) / (1.0 + corner * (z.front() + z.back()));
  for (std::size_t i = 0; i < n; ++i) m[i] -= scale * z[i];
  m.push_back(m.front());
  spline.second_ = std::move(m);
  return spline;
}

CubicSpline::Place CubicSpline::find_place(double x) const {
  if (periodic_) x -= period_ * std::floor((x - x_.front()) / period_);
  const auto above = std::upper_bound(x_.begin() + 1, x_.end() - 1, x);
  const auto interval = static_cast<std::size_t>(above - x_.begin()) - 1;
  return {interval, x - x_[interval]};
}

bool CubicSpline::is_outside(double x) const { return !periodic_ && (x < x_.front() || x > x_.back()); }

double CubicSpline::calc_end_slope(double x) const {
  return calc_first_derivative(x < x_.front() ? x_.front() : x_.back());
}

double CubicSpline::calc_value(double x) const {
  if (is_outside(x)) {
    const bool left = x < x_.front();
    return (left ? y_.front() : y_.back()) + calc_end_slope(x) * (x - (left ? x_.front() : x_.back()));
  }
  const auto [i, t] = find_place(x);
  const double h = x_[i + 1] - x_[i];
  const double slope = (y_[i + 1] - y_[i]) / h - h * (2.0 * second_[i] + second_[i + 1]) / 6.0;
  return y_[i] + t * (slope + t * (second_[i] / 2.0 + t * (second_[i + 1] - second_[i]) / (6.0 * h)));
}

double CubicSpline::calc_first_derivative(double x) const {
  if (is_outside(x)) return calc_end_slope(x);
  const auto [i, t] = find_place(x);
  const double h = x_[i + 1] - x_[i];
  const double slope = (y_[i + 1] - y_[i]) / h - h * (2.0 * second_[i] + second_[i + 1]) / 6.0;
  return slope + t * (second_[i] + t * (second_[i + 1] - second_[i]) / (2.0 * h));
}

double CubicSpline::calc_second_derivative(double x) const {
  if (is_outside(x)) return 0.0;
  const auto [i, t] = find_place(x);
  return second_[i] + t * (second_[i + 1] - second_[i]) / (x_[i + 1] - x_[i]);
}

}  // namespace lumbarun
