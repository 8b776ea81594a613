#include "sim/interop/coordinate_function.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/contracts.h"

namespace lumbarun {

namespace {

class LinearFunction final : public CoordinateFunction {
 public:
  LinearFunction(std::vector<double> slopes, double offset) : slopes_(std::move(slopes)), offset_(offset) {}
  double calc(const double* x, double* gradient) const override {
    double value = offset_;
    for (size_t i = 0; i < slopes_.size(); ++i) {
      value += slopes_[i] * x[i];
      gradient[i] = slopes_[i];
    }
    return value;
  }

 private:
  std::vector<double> slopes_;
  double offset_;
};

class Polynomial final : public CoordinateFunction {
 public:
  explicit Polynomial(std::vector<double> coefficients) : coefficients_(std::move(coefficients)) {}
  double calc(const double* x, double* gradient) const override {
    double value = 0.0, slope = 0.0;
    for (const double c : coefficients_) {
      slope = slope * x[0] + value;
      value = value * x[0] + c;
    }
    gradient[0] = slope;
    return value;
  }

 private:
  std::vector<double> coefficients_;
};

// Piecewise polynomial a + b t + c t² + d t³, t from the left knot; lines outside.
class PiecewiseCubic final : public CoordinateFunction {
 public:
  struct Piece {
    double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
  };
  PiecewiseCubic(std::vector<double> knots, std::vector<Piece> pieces, double last_value)
      : knots_(std::move(knots)), pieces_(std::move(pieces)), last_value_(last_value) {}

  double calc(const double* argument, double* gradient) const override {
    const double x = argument[0];
    const size_t n = knots_.size();
    if (x < knots_.front()) {
      gradient[0] = pieces_.front().b;
      return pieces_.front().a + gradient[0] * (x - knots_.front());
    }
    const auto above = std::upper_bound(knots_.begin(), knots_.end(), x);
    const size_t i = std::clamp<size_t>(above - knots_.begin(), 1, n - 1) - 1;
    const Piece& p = pieces_[i];
    const double t = std::min(x, knots_.back()) - knots_[i];
    gradient[0] = p.b + t * (2.0 * p.c + t * 3.0 * p.d);
    if (x > knots_.back()) return last_value_ + gradient[0] * (x - knots_.back());
    return p.a + t * (p.b + t * (p.c + t * p.d));
  }

 private:
  std::vector<double> knots_;
  std::vector<Piece> pieces_;
  double last_value_;
};

// Third derivative over 6 of the cubic through four points: the divided difference [x0 … x3].
double third_difference(const std::vector<double>& x, const std::vector<double>& y, size_t i) {
  const auto first = [&](size_t k) { return (y[k + 1] - y[k]) / (x[k + 1] - x[k]); };
  const auto second = [&](size_t k) { return (first(k + 1) - first(k)) / (x[k + 2] - x[k]); };
  return (second(i + 1) - second(i)) / (x[i + 3] - x[i]);
}

// σ_i = s''(x_i)/6 of the spline: h_{i-1} σ_{i-1} + 2 (h_{i-1} + h_i) σ_i + h_i σ_{i+1} = Δ_i - Δ_{i-1}, with end rows
// -h_0 σ_0 + h_0 σ_1 = h_0² [x_0 … x_3] and likewise on the right.
std::vector<double> calc_spline_sigma(const std::vector<double>& x, const std::vector<double>& y) {
  const size_t n = x.size();
  std::vector<double> diagonal(n), off(n - 1), sigma(n, 0.0);
  for (size_t i = 0; i + 1 < n; ++i) off[i] = x[i + 1] - x[i];
  const auto slope = [&](size_t i) { return (y[i + 1] - y[i]) / off[i]; };
  for (size_t i = 1; i + 1 < n; ++i) {
    diagonal[i] = 2.0 * (off[i - 1] + off[i]);
    sigma[i] = slope(i) - slope(i - 1);
  }
  diagonal[0] = -off[0];
  diagonal[n - 1] = -off[n - 2];
  if (n > 3) {
    sigma[0] = off[0] * off[0] * third_difference(x, y, 0);
    sigma[n - 1] = -off[n - 2] * off[n - 2] * third_difference(x, y, n - 4);
  }
  for (size_t i = 1; i < n; ++i) {
    const double t = off[i - 1] / diagonal[i - 1];
    diagonal[i] -= t * off[i - 1];
    sigma[i] -= t * sigma[i - 1];
  }
  sigma[n - 1] /= diagonal[n - 1];
  for (size_t i = n - 1; i-- > 0;) sigma[i] = (sigma[i] - off[i] * sigma[i + 1]) / diagonal[i];
  return sigma;
}

CoordinateFunctionPtr make_simm_spline(const std::vector<double>& x, const std::vector<double>& y) {
  const size_t n = x.size();
  const std::vector<double> sigma = n > 2 ? calc_spline_sigma(x, y) : std::vector<double>(n, 0.0);
  std::vector<PiecewiseCubic::Piece> pieces(n - 1);
  for (size_t i = 0; i + 1 < n; ++i) {
    const double h = x[i + 1] - x[i];
    pieces[i] = {y[i], (y[i + 1] - y[i]) / h - h * (sigma[i + 1] + 2.0 * sigma[i]), 3.0 * sigma[i],
                 (sigma[i + 1] - sigma[i]) / h};
  }
  return std::make_shared<PiecewiseCubic>(x, pieces, y.back());
}

CoordinateFunctionPtr make_piecewise_linear(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<PiecewiseCubic::Piece> pieces(x.size() - 1);
  for (size_t i = 0; i + 1 < x.size(); ++i)
    pieces[i] = {y[i], (y[i + 1] - y[i]) / (x[i + 1] - x[i]), 0.0, 0.0};
  return std::make_shared<PiecewiseCubic>(x, pieces, y.back());
}

std::vector<double> scaled(std::vector<double> values, double scale) {
  for (double& value : values) value *= scale;
  return values;
}

class EllipsoidPosition final : public CoordinateFunction {
 public:
  EllipsoidPosition(int axis, double radius) : axis_(axis), radius_(radius) {}
  double calc(const double* x, double* gradient) const override {
    const double sa = std::sin(x[0]), ca = std::cos(x[0]), sb = std::sin(x[1]), cb = std::cos(x[1]);
    const std::array<double, 3> n = {sb, -sa * cb, ca * cb};
    const std::array<double, 3> dn_da = {0.0, -ca * cb, -sa * cb}, dn_db = {cb, sa * sb, -ca * sb};
    gradient[0] = radius_ * dn_da[axis_];
    gradient[1] = radius_ * dn_db[axis_];
    return radius_ * n[axis_];
  }

 private:
  int axis_;
  double radius_;
};

class ArcPosition final : public CoordinateFunction {
 public:
  ArcPosition(int axis, double length, double neutral_x, double neutral_z)
      : axis_(axis), length_(length), neutral_x_(neutral_x), neutral_z_(neutral_z) {}

  double calc(const double* x, double* gradient) const override {
    const double sx = std::sin(x[0] + neutral_x_), cx = std::cos(x[0] + neutral_x_);
    const double sz = std::sin(x[1] + neutral_z_), cz = std::cos(x[1] + neutral_z_);
    const std::array<double, 3> n = {-sz, cx * cz, sx * cz};
    const std::array<std::array<double, 3>, 2> dn = {{{0.0, -sx * cz, cx * cz}, {-cz, -cx * sz, -sx * sz}}};
    const double sine = std::hypot(n[0], n[2]), theta = std::atan2(sine, n[1]);
    const Shape shape = calc_shape(theta);
    const double ratio = theta < kSmallAngle ? 1.0 : theta / sine;
    for (int k = 0; k < 2; ++k) {  // w = θ²
      const double dw = 2.0 * (ratio * n[1] * (n[0] * dn[k][0] + n[2] * dn[k][2]) - theta * sine * dn[k][1]);
      gradient[k] =
          length_ * (axis_ == 1 ? shape.ds_dw * dw : shape.g * dn[k][axis_] + shape.dg_dw * dw * n[axis_]);
    }
    return length_ * (axis_ == 1 ? shape.s : shape.g * n[axis_]);
  }

 private:
  static constexpr double kSmallAngle = 1e-3;  // rad: the series' next terms are below 1e-13
  struct Shape {
    double s, g, ds_dw, dg_dw;  // sin θ/θ, (1 - cos θ)/(θ sin θ) and their slopes over w = θ²
  };
  static Shape calc_shape(double theta) {
    const double w = theta * theta;
    if (theta < kSmallAngle) {
      return {1.0 - w / 6.0 + w * w / 120.0, 0.5 + w / 24.0 + w * w / 240.0, -1.0 / 6.0 + w / 60.0,
              1.0 / 24.0 + w / 120.0};
    }
    const double s = std::sin(theta), c = std::cos(theta), half = std::tan(0.5 * theta);
    return {s / theta, half / theta, (theta * c - s) / (2.0 * theta * w),
            (0.5 * (1.0 + half * half) * theta - half) / (2.0 * theta * w)};
  }

  int axis_;
  double length_, neutral_x_, neutral_z_;
};

}  // namespace

CoordinateFunctionPtr make_line_function(double scale, double offset) {
  return std::make_shared<LinearFunction>(std::vector<double>{scale}, offset);
}

CoordinateFunctionPtr make_coordinate_function(const OsimFunction& function, int arguments) {
  const std::vector<double> c = scaled(function.coefficients, function.scale);
  switch (function.kind) {
    case OsimFunctionKind::kConstant:
      return std::make_shared<LinearFunction>(std::vector<double>(arguments, 0.0), c.front());
    case OsimFunctionKind::kLinear:
      return std::make_shared<LinearFunction>(std::vector<double>(c.begin(), c.end() - 1), c.back());
    case OsimFunctionKind::kPolynomial:
      return std::make_shared<Polynomial>(c);
    case OsimFunctionKind::kSimmSpline:
      return make_simm_spline(function.x, scaled(function.y, function.scale));
    case OsimFunctionKind::kPiecewiseLinear:
      return make_piecewise_linear(function.x, scaled(function.y, function.scale));
  }
  throw LogicFailure("unknown kind of function");
}

CoordinateFunctionPtr make_ellipsoid_function(int axis, double radius) {
  return std::make_shared<EllipsoidPosition>(axis, radius);
}

CoordinateFunctionPtr make_arc_function(int axis, double length, double neutral_x, double neutral_z) {
  return std::make_shared<ArcPosition>(axis, length, neutral_x, neutral_z);
}

}  // namespace lumbarun
