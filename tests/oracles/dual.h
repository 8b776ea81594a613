// Forward-mode differentiation: x + ε x', ε² = 0. A route to derivatives that shares nothing with the tape.
// Nested once, Dual<Dual<double>>, it carries mixed second derivatives.
// (Griewank & Walther 2008, Evaluating Derivatives, ch. 3.1; Fike & Alonso 2011, AIAA 2011-886.)
#pragma once

#include <cmath>
#include <vector>

#include "sim/core/scalar_function.h"

namespace lumbarun::oracles {

template <class T>
struct Dual {
  T value{0.0};
  T slope{0.0};

  Dual() = default;
  Dual(double x) : value(x) {}  // NOLINT(google-explicit-constructor): literals in kernels
  Dual(const T& x, const T& dx) : value(x), slope(dx) {}

  friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slope + b.slope}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slope - b.slope}; }
  friend Dual operator-(const Dual& a) { return {-a.value, -a.slope}; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.slope * b.value + a.value * b.slope};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const T ratio = a.value / b.value;
    return {ratio, (a.slope - ratio * b.slope) / b.value};
  }
  Dual& operator+=(const Dual& b) { return *this = *this + b; }
  Dual& operator-=(const Dual& b) { return *this = *this - b; }
};

template <class T>
Dual<T> sin(const Dual<T>& a) {
  using std::cos, std::sin;
  return {sin(a.value), cos(a.value) * a.slope};
}

template <class T>
Dual<T> cos(const Dual<T>& a) {
  using std::cos, std::sin;
  return {cos(a.value), -(sin(a.value) * a.slope)};
}

template <class T>
Dual<T> sqrt(const Dual<T>& a) {
  using std::sqrt;
  const T root = sqrt(a.value);
  return {root, a.slope / (root + root)};
}

using Dual1 = Dual<double>;
using Dual2 = Dual<Dual<double>>;

inline Dual1 evaluate(const ScalarFunctionPtr& f, const Dual1& x) {
  const ScalarDerivatives d = f->calc(x.value);
  return {d.value, d.first * x.slope};
}

inline Dual2 evaluate(const ScalarFunctionPtr& f, const Dual2& x) {
  const ScalarDerivatives d = f->calc(x.value.value);
  const Dual1 value{d.value, d.first * x.value.slope};
  const Dual1 first{d.first, d.second * x.value.slope};
  return {value, first * x.slope};
}

// x along the direction dx.
inline std::vector<Dual1> along(const std::vector<double>& x, const std::vector<double>& dx) {
  std::vector<Dual1> y;
  for (size_t i = 0; i < x.size(); ++i) y.push_back({x[i], dx[i]});
  return y;
}

// x along two directions: ∂²/∂s∂t of f(x + s d + t e) is f.slope.slope.
inline std::vector<Dual2> along(const std::vector<double>& x, const std::vector<double>& d,
                                const std::vector<double>& e) {
  std::vector<Dual2> y;
  for (size_t i = 0; i < x.size(); ++i) y.push_back({Dual1{x[i], d[i]}, Dual1{e[i], 0.0}});
  return y;
}

inline std::vector<double> unit(size_t size, size_t index) {
  std::vector<double> e(size, 0.0);
  e[index] = 1.0;
  return e;
}

}  // namespace lumbarun::oracles
