// Eight doubles that behave like one scalar: the SIMD instantiation of every templated kernel.
#pragma once

#include <Eigen/Core>
#include <cmath>

#include "sim/core/scalar_function.h"

namespace lumbarun {

struct Lanes8 {
  static constexpr int kWidth = 8;
  using Storage = Eigen::Array<double, kWidth, 1>;
  Storage lane;

  Lanes8() = default;
  Lanes8(double x)
      : lane(Storage::Constant(x)) {}  // NOLINT(google-explicit-constructor): literals in kernels
  explicit Lanes8(const Storage& values) : lane(values) {}

  friend Lanes8 operator+(const Lanes8& a, const Lanes8& b) { return Lanes8(Storage(a.lane + b.lane)); }
  friend Lanes8 operator-(const Lanes8& a, const Lanes8& b) { return Lanes8(Storage(a.lane - b.lane)); }
  friend Lanes8 operator*(const Lanes8& a, const Lanes8& b) { return Lanes8(Storage(a.lane * b.lane)); }
  friend Lanes8 operator/(const Lanes8& a, const Lanes8& b) { return Lanes8(Storage(a.lane / b.lane)); }
  friend Lanes8 operator-(const Lanes8& a) { return Lanes8(Storage(-a.lane)); }
  Lanes8& operator+=(const Lanes8& b) { return *this = *this + b; }
  Lanes8& operator-=(const Lanes8& b) { return *this = *this - b; }
};

inline Lanes8 sin(const Lanes8& a) {
  return Lanes8(Lanes8::Storage(a.lane.unaryExpr([](double x) { return std::sin(x); })));
}
inline Lanes8 cos(const Lanes8& a) {
  return Lanes8(Lanes8::Storage(a.lane.unaryExpr([](double x) { return std::cos(x); })));
}
inline Lanes8 sqrt(const Lanes8& a) { return Lanes8(Lanes8::Storage(a.lane.sqrt())); }
inline Lanes8 exp(const Lanes8& a) { return Lanes8(Lanes8::Storage(a.lane.exp())); }
inline Lanes8 log(const Lanes8& a) { return Lanes8(Lanes8::Storage(a.lane.log())); }

inline Lanes8 evaluate(const ScalarFunctionPtr& f, const Lanes8& x) {
  Lanes8 y;
  for (int i = 0; i < Lanes8::kWidth; ++i) y.lane[i] = f->calc(x.lane[i]).value;
  return y;
}

}  // namespace lumbarun
