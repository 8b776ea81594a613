// Central differences with Richardson extrapolation over the steps h, h/2, h/4: error O(h⁶), rounding O(ε/h).
// (Ridders 1982, Adv Eng Softw 4:75; Press et al. 2007, Numerical Recipes, §5.7.)
#pragma once

#include <array>

namespace lumbarun::oracles {

// f: double -> double or a vector type with +, -, * double (return it by value, not as an expression).
template <class F>
auto calc_richardson_derivative(const F& f, double x, double h) {
  using Value = decltype(f(x));
  std::array<Value, 3> d;
  for (auto& difference : d) {
    difference = Value((f(x + h) - f(x - h)) * (0.5 / h));
    h *= 0.5;
  }
  const Value fourth_a = Value(d[1] + (d[1] - d[0]) * (1.0 / 3.0));
  const Value fourth_b = Value(d[2] + (d[2] - d[1]) * (1.0 / 3.0));
  return Value(fourth_b + (fourth_b - fourth_a) * (1.0 / 15.0));
}

}  // namespace lumbarun::oracles
