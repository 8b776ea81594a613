#include "sim/tissue/path_functions.h"

#include <algorithm>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

using Jet = std::array<double, 4>;  // value and three derivatives

Jet septic_step(double t, double scale) {
  if (t <= 0.0) return {0.0, 0.0, 0.0, 0.0};
  if (t >= 1.0) return {1.0, 0.0, 0.0, 0.0};
  const double r = 1.0 - t;
  return {t * t * t * t * (35.0 - t * (84.0 - t * (70.0 - 20.0 * t))), 140.0 * t * t * t * r * r * r * scale,
          420.0 * t * t * r * r * (1.0 - 2.0 * t) * scale * scale,
          840.0 * t * r * (1.0 - 5.0 * t * r) * scale * scale * scale};
}

Jet product(const Jet& a, const Jet& b) {
  return {a[0] * b[0], a[1] * b[0] + a[0] * b[1], a[2] * b[0] + 2.0 * a[1] * b[1] + a[0] * b[2],
          a[3] * b[0] + 3.0 * (a[2] * b[1] + a[1] * b[2]) + a[0] * b[3]};
}

template <class Curve>
class CurveValue final : public ScalarFunction {
 public:
  explicit CurveValue(std::shared_ptr<const Curve> curve) : curve_(std::move(curve)) {}
  ScalarDerivatives calc(double x) const override {
    const Jet jet = curve_->calc(x);
    return {jet[0], jet[1], jet[2]};
  }

 private:
  std::shared_ptr<const Curve> curve_;
};

template <class Curve>
class CurveSlope final : public ScalarFunction {
 public:
  explicit CurveSlope(std::shared_ptr<const Curve> curve) : curve_(std::move(curve)) {}
  ScalarDerivatives calc(double x) const override {
    const Jet jet = curve_->calc(x);
    return {jet[1], jet[2], jet[3]};
  }

 private:
  std::shared_ptr<const Curve> curve_;
};

template <class Curve>
PathFunction make_path_function(std::shared_ptr<const Curve> curve) {
  return {std::make_shared<CurveValue<Curve>>(curve), std::make_shared<CurveSlope<Curve>>(curve)};
}

}  // namespace

std::array<double, 4> PathWindow::calc(double x) const {
  const Jet rise = septic_step((x - low_) / width_ + 0.5, 1.0 / width_);
  const Jet fall = septic_step((high_ - x) / width_ + 0.5, -1.0 / width_);
  return product(rise, fall);
}

PathSpline::PathSpline(std::vector<double> knots, const std::vector<double>& values)
    : knots_(std::move(knots)) {
  const size_t n = knots_.size();
  LUMBARUN_DEMAND(n >= 3 && values.size() == n);
  LUMBARUN_DEMAND(std::is_sorted(knots_.begin(), knots_.end()));
  // Tridiagonal system for the second derivatives, zero at both ends (Thomas algorithm).
  std::vector<double> upper(n, 0.0), curvature(n, 0.0);
  for (size_t i = 1; i + 1 < n; ++i) {
    const double h0 = knots_[i] - knots_[i - 1], h1 = knots_[i + 1] - knots_[i];
    const double rhs = 6.0 * ((values[i + 1] - values[i]) / h1 - (values[i] - values[i - 1]) / h0);
    const double pivot = 2.0 * (h0 + h1) - h0 * upper[i - 1];
    upper[i] = h1 / pivot;
    curvature[i] = (rhs - h0 * curvature[i - 1]) / pivot;
  }
  for (size_t i = n - 2; i > 0; --i) curvature[i] -= upper[i] * curvature[i + 1];
  for (size_t i = 0; i + 1 < n; ++i) {
    const double h = knots_[i + 1] - knots_[i], bend = (curvature[i + 1] - curvature[i]) / h;
    const double slope = (values[i + 1] - values[i]) / h - h * (2.0 * curvature[i] + curvature[i + 1]) / 6.0;
    pieces_.push_back({values[i], slope, curvature[i], bend});
    end_ = {values[i + 1], slope + h * (curvature[i] + 0.5 * h * bend)};
  }
}

std::array<double, 4> PathSpline::calc(double x) const {
  const auto above = std::upper_bound(knots_.begin(), knots_.end(), x);
  const size_t i = std::clamp<size_t>(above - knots_.begin(), 1, knots_.size() - 1) - 1;
  const auto& [value, slope, curvature, bend] = pieces_[i];
  if (x < knots_.front()) return {value + slope * (x - knots_.front()), slope, 0.0, 0.0};
  if (x > knots_.back()) return {end_[0] + end_[1] * (x - knots_.back()), end_[1], 0.0, 0.0};
  const double t = x - knots_[i];
  return {value + t * (slope + t * (0.5 * curvature + t * bend * (1.0 / 6.0))),
          slope + t * (curvature + 0.5 * t * bend), curvature + t * bend, bend};
}

PathFunction make_path_window(double low, double high, double width) {
  LUMBARUN_DEMAND(width > 0.0 && high - low >= width);
  return make_path_function(std::make_shared<const PathWindow>(low, high, width));
}

PathFunction make_path_spline(const std::vector<double>& knots, const std::vector<double>& values) {
  return make_path_function(std::make_shared<const PathSpline>(knots, values));
}

}  // namespace lumbarun
