// Adaptive integration of the gait equations with dense output: Boost.Odeint's Dormand-Prince 5(4).
// (Dormand & Prince 1980, J Comput Appl Math 6:19; dense output of order 4 after Hairer, Nørsett & Wanner
// 1993, §II.6.)
//
// Local error per step, largest over the state: tolerance × scale, with scale 1 (rad, m) for positions,
// kRateScale (rad/s, m/s) for rates, kEnergyScale (J) for the energy flows. The positive work is not
// controlled: its integrand has corners. Friction near zero sliding speed is stiff (μN/v_s on the mass of a
// toe), so stability sets the step in stance.
#pragma once

#include <memory>

#include "sim/forward/forward_options.h"
#include "sim/forward/gait_equations.h"

namespace lumbarun {

inline constexpr double kRateScale = 20.0;    // rad/s, m/s: typical rates of a runner's joints
inline constexpr double kEnergyScale = 50.0;  // J: typical exchange within a step

class GaitIntegrator {
 public:
  GaitIntegrator(GaitEquations& equations, const IntegrationOptions& options, const ForwardState& start,
                 double t);
  ~GaitIntegrator();

  // One accepted step; false when the step size has collapsed, as it does when the state runs away.
  bool advance();
  double previous_time() const;
  double time() const;
  const ForwardState& state() const;
  // State at a time within the last step.
  void calc_state(double t, ForwardState& x) const;

  long steps() const { return steps_; }
  long rejected() const;

 private:
  struct Stepper;
  GaitEquations& equations_;
  IntegrationOptions options_;
  std::unique_ptr<Stepper> stepper_;
  long steps_ = 0;
  long own_evaluations_ = 0;
};

}  // namespace lumbarun
