// The variables of the gait problem: uniform cubic B-spline coefficients of q(t) over one period, periodicity built into
// the index.
//
//   q_i(t) = Σ_k B(t/h - k) c_{k,i},  h = period / N
//   at a knot:  q = (c₋ + 4 c + c₊)/6,  v = (c₊ - c₋)/(2h),  a = (c₋ - 2c + c₊)/h²
//   wrap:       c_{k+N} = S c_k + d,    d = advance per period on pelvis_tx and pelvis_ty
// With a mirrored period (one step) S swaps sides; with a full stride (two steps) S is the identity. (de Boor 1978, ch. IX.)
#pragma once

#include <Eigen/Core>
#include <functional>

#include "sim/dynamics/motion.h"
#include "sim/dynamics/runner.h"

namespace lumbarun {

struct Periodicity {
  MirrorMap map;                // applied once per period
  double period = 0.0;          // s
  Eigen::VectorXd advance;      // added to q per period [m, rad]
  bool is_full_stride = false;  // a period is two steps and the map the identity; else one step, mirrored

  double stride_time() const { return is_full_stride ? period : 2.0 * period; }  // s
};

class PeriodicMotion {
 public:
  PeriodicMotion() = default;
  PeriodicMotion(Periodicity periodicity, int knot_count);

  // Spline through samples q(t) taken at the knots; `sample` is called with t in [0, 2 periods).
  static PeriodicMotion interpolate(const Periodicity& periodicity, int knot_count,
                                    const std::function<Eigen::VectorXd(double)>& sample);

  int knot_count() const { return static_cast<int>(coefficients.cols()); }
  int coordinate_count() const { return static_cast<int>(coefficients.rows()); }
  double period() const { return periodicity_.period; }
  double stride_time() const { return periodicity_.stride_time(); }
  double knot_spacing() const { return periodicity_.period / knot_count(); }
  const Periodicity& periodicity() const { return periodicity_; }

  // Where coefficient (k, i), any k, lives: column, row and the factor it carries; plus a constant.
  struct Wrapped {
    int column = 0;
    int row = 0;
    double sign = 1.0;
    double offset = 0.0;
  };
  Wrapped wrap(int k, int i) const;

  MotionState at_knot(int k) const;
  MotionState at_time(double t) const;

  Eigen::MatrixXd coefficients;  // coordinate x knot

 private:
  double coefficient(int k, int i) const;
  Periodicity periodicity_;
};

}  // namespace lumbarun
