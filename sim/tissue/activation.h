// Activation dynamics: how fast a muscle's activation a follows its excitation e.
//   ȧ = (e - a) / τ(a),   τ = τ_act (0.5 + 1.5 a) while rising,   τ = τ_deact / (0.5 + 1.5 a) while falling,
//   τ_act = 15 ms, τ_deact = 60 ms: De Groote et al. 2016 Ann Biomed Eng 44:2922 (after Thelen 2003 J Biomech Eng 125:70). Their
//   tanh switch between the branches, made for collocation, is left out.
// Within a step h excitation stays in 0 ... 1, so activation stays between the two closed solutions
//   e = 0:  a/(0.5 + 1.5 a) = a₀/(0.5 + 1.5 a₀) exp(-h/(2 τ_deact))
//   e = 1:  -2 ln(1 - a) - 1.5 a = -2 ln(1 - a₀) - 1.5 a₀ + h/τ_act
// These are the bounds a sharing problem may put on a sample that follows another.
#pragma once

namespace lumbarun {

struct ActivationTimes {
  double rise = 0.015;  // s, τ_act
  double fall = 0.060;  // s, τ_deact
};

double calc_activation_rate(double activation, double excitation, const ActivationTimes& times = {});  // 1/s

struct ActivationBounds {
  double lower = 0.0, upper = 1.0;
};
// What can be reached from `activation` (0 ... 1) within `step` s ≥ 0.
ActivationBounds calc_reachable_activations(double activation, double step,
                                            const ActivationTimes& times = {});

}  // namespace lumbarun
