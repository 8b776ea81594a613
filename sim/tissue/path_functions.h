// Functions of one joint coordinate that move or blend path points, with the slopes that moment arms need.
#pragma once

#include <array>
#include <vector>

#include "sim/core/scalar_function.h"

namespace lumbarun {

// 1 inside [low, high], 0 outside, joined over `width` centred on each bound by the septic step
//   h(t) = 35 t⁴ - 84 t⁵ + 70 t⁶ - 20 t⁷   (C³: length, moment arm and its first two derivatives are
//   continuous).
class PathWindow {
 public:
  PathWindow(double low, double high, double width) : low_(low), high_(high), width_(width) {}
  // Value and first three derivatives.
  std::array<double, 4> calc(double x) const;

 private:
  double low_, high_, width_;
};

// Natural cubic spline (C²), linear outside its knots.
class PathSpline {
 public:
  PathSpline(std::vector<double> knots, const std::vector<double>& values);
  std::array<double, 4> calc(double x) const;

 private:
  std::vector<double> knots_;
  std::vector<std::array<double, 4>> pieces_;  // value and three derivatives at the left end of each interval
  std::array<double, 2> end_{};                // value and slope at the last knot
};

// A function and its slope as the two ScalarFunctions that kernels evaluate.
struct PathFunction {
  ScalarFunctionPtr value, slope;
};

PathFunction make_path_window(double low, double high, double width);
PathFunction make_path_spline(const std::vector<double>& knots, const std::vector<double>& values);

}  // namespace lumbarun
