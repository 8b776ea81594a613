// Normal force of one contact element: foot pad, midsole and surface in exact static series, rate dependent.
//
//   layer i, quasi-static:   x_i(F) = z (1 + (z/l_i)⁴)^(-1/4),  z = a_i (F/F_ref)^(1/n_i)         n_i exponent
//       a_i such that x_i(F_ref) = F_ref/k_i: k_i is the secant stiffness at F_ref. l_i: deflection at which
//       the layer is squeezed flat (a foam densifies, the sole bottoms out); none: a pure power law, x_i = z.
//   series:                  x(F) = Σ x_i(F)  ->  F_e(x), monotone
//   smoothing at touch:      x = ε softplus(-y/ε)                         y gap between sole and ground [m]
//   force:                   F = F_e (1 + d_eq ẋ)₊                        ẋ = -ẏ closing speed [m/s]
//   damping:                 d_eq = Σ d_i (dx_i/dx)²      (quasi-static split of the rate between the layers)
//   loss:                    d_eq F_e ẋ² = Σ d_i F_e ẋ_i²   [W]
//   (z)₊ = (z + sqrt(z² + δ²))/2 with δ = 0.1: never pulls, smooth.
// A layer that several elements share (a sprung board) does not belong here: sprung_ground.h.
//
// F_e and d_eq are tabulated against the gap (C² splines); the stored energy is the exact integral of the
// table, so the ledger of a simulation closes. Valid for gaps down to -60 mm; beyond, the table goes on
// linearly. Above 36 ε the force is exactly zero.
// The rate factor after Hunt & Crossley 1975 J Appl Mech 42:440; power-law pad + shoe after Liu & Nigg 2000
// J Biomech 33:219 (table 2: exponents 1.38-1.56).
#pragma once

#include <memory>
#include <vector>

#include "sim/core/uniform_spline.h"

namespace lumbarun {

struct ContactLayer {
  double secant_stiffness = 0.0;  // N/m at the reference force
  double exponent = 1.0;          // 1: linear
  double damping = 0.0;           // s/m
  double limit = 0.0;             // m, l: deflection it never reaches; 0: no limit
};

struct ContactLawParameters {
  std::vector<ContactLayer> layers;  // pad, midsole, surface; at least one without a limit
  double reference_force = 1500.0;   // N, of the whole heel (two elements): Liu & Nigg's test level
  double share = 0.5;                // force of the element per force of the chain at the same deflection
  double smoothing = 0.0015;         // m, ε
};

// Width δ of the smooth positive part of the rate factor, dimensionless (estimate; raises F by 0.25 % at
// rest).
inline constexpr double kRateFactorWidth = 0.1;

class ContactLaw {
 public:
  static ContactLaw build(const ContactLawParameters& parameters);

  const ScalarFunctionPtr& elastic_force() const { return force_; }  // N, of the gap [m]
  const ScalarFunctionPtr& damping() const { return damping_; }      // s/m, of the gap [m]
  // -dF_e/dgap [N/m], tabulated on its own: within the table's error of the slope of elastic_force.
  const ScalarFunctionPtr& stiffness() const { return stiffness_; }
  double calc_stored_energy(double gap) const;  // J
  const ContactLawParameters& parameters() const { return parameters_; }

 private:
  ContactLawParameters parameters_;
  std::shared_ptr<const UniformSpline> force_spline_;
  ScalarFunctionPtr force_;
  ScalarFunctionPtr damping_;
  ScalarFunctionPtr stiffness_;
};

// (1 + d ẋ)₊
template <class T>
T calc_rate_factor(const T& damping, const T& closing_speed) {
  using std::sqrt;
  const T rate = T(1.0) + damping * closing_speed;
  return (rate + sqrt(rate * rate + T(kRateFactorWidth * kRateFactorWidth))) * T(0.5);
}

// Normal force of an element at `gap` [m], closing at `closing_speed` [m/s].
template <class T>
T calc_normal_force(const ContactLaw& law, const T& gap, const T& closing_speed) {
  return evaluate(law.elastic_force(), gap) *
         calc_rate_factor(T(evaluate(law.damping(), gap)), closing_speed);
}

}  // namespace lumbarun
