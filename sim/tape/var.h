// The recording scalar. Arithmetic on Var appends operations to the tape that is being recorded on this
// thread; arithmetic between constants is folded, and equal operations are recorded once.
#pragma once

#include "sim/core/scalar_function.h"

namespace lumbarun::tape {

struct Var {
  int node = -1;          // tape position; -1: a constant
  double constant = 0.0;  // value when constant

  Var() = default;
  Var(double x) : constant(x) {}  // NOLINT(google-explicit-constructor): literals in kernels
  bool is_constant() const { return node < 0; }
};

Var operator+(const Var& a, const Var& b);
Var operator-(const Var& a, const Var& b);
Var operator*(const Var& a, const Var& b);
Var operator/(const Var& a, const Var& b);
inline Var operator-(const Var& a) { return a * Var(-1.0); }
inline Var& operator+=(Var& a, const Var& b) { return a = a + b; }
inline Var& operator-=(Var& a, const Var& b) { return a = a - b; }

Var sin(const Var& a);
Var cos(const Var& a);
Var sqrt(const Var& a);
Var evaluate(const ScalarFunctionPtr& f, const Var& x);

}  // namespace lumbarun::tape
