// Functions of model coordinates that place the links of the tree: value and gradient.
#pragma once

#include <memory>
#include <vector>

#include "sim/interop/osim_description.h"

namespace lumbarun {

class CoordinateFunction {
 public:
  virtual ~CoordinateFunction() = default;
  // f(x) of all arguments; `gradient` receives as many slopes as there are arguments.
  virtual double calc(const double* x, double* gradient) const = 0;
};

using CoordinateFunctionPtr = std::shared_ptr<const CoordinateFunction>;

// The function of a model file, of `arguments` coordinates.
//   SimmSpline      cubic through all knots; the third derivative at each end is that of the cubic through the four
//                   outermost knots (Forsythe, Malcolm & Moler 1977, Computer Methods for Mathematical Computations,
//                   chapter 4.4); the straight line of the end slope outside; three knots: c = 0 at the ends is not
//                   imposed and the parabola results; two: a line.
//   piecewise linear  the end segments go on outside.
CoordinateFunctionPtr make_coordinate_function(const OsimFunction& function, int arguments);

// Component `axis` of the origin of an EllipsoidJoint's child, of its first two angles (a about x, b about y):
//   p = r ∘ n,  n = R_x(a) R_y(b) e_z.                                                                    [m]
CoordinateFunctionPtr make_ellipsoid_function(int axis, double radius);

// Component `axis` of the end of a ConstantCurvatureJoint's arc, of its first two angles q_x, q_z:
//   n = R_x(q_x + n_x) R_z(q_z + n_z) e_y,  cos θ = n_y:  p = d (g n_x, sin θ/θ, g n_z),  g = (1 - cos θ)/(θ sin θ)
// (an arc of length d that starts along y and ends along n). Valid for θ < π/2.                            [m]
CoordinateFunctionPtr make_arc_function(int axis, double length, double neutral_x, double neutral_z);

// scale · x_0 + offset.
CoordinateFunctionPtr make_line_function(double scale, double offset);

}  // namespace lumbarun
