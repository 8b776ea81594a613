// A twice continuously differentiable curve through equally spaced samples: the one table type that kernels
// read.
//
//   cubic spline on x0, x0 + h, …; natural ends, where the curve goes on as the tangent line of the end
//   point, or a flat right end: slope zero there, exactly constant beyond
// A value that is not a number gives one that is not.
// (de Boor 1978, A Practical Guide to Splines, ch. IV). Its integral is exact, so that a force table and the
// energy stored by that force close to rounding.
#pragma once

#include <vector>

#include "sim/core/scalar_function.h"

namespace lumbarun {

enum class SplineEnd { kNatural, kFlat };

class UniformSpline final : public ScalarFunction {
 public:
  UniformSpline(double x0, double step, std::vector<double> samples,
                SplineEnd right_end = SplineEnd::kNatural);

  ScalarDerivatives calc(double x) const override;
  // Integral from x0 to x.
  double calc_integral(double x) const;

  double first_x() const { return x0_; }
  double last_x() const { return x0_ + step_ * static_cast<double>(y_.size() - 1); }

 private:
  struct Cell {
    int index;
    double u;  // 0..1 inside the cell
  };
  Cell locate(double x) const;
  double integrate_cell(int i, double u) const;

  double x0_;
  double step_;
  SplineEnd right_end_;
  std::vector<double> y_;
  std::vector<double> m_;           // second derivatives at the samples
  std::vector<double> cumulative_;  // integral up to each sample
};

}  // namespace lumbarun
