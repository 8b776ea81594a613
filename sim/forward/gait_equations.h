// The differential equations that are integrated: runner + controller + energy flows.
//   x = (q, v, flows),   dx/dt = (v, a(q, v, τ(t, q, v)), powers)
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "sim/forward/energy_ledger.h"
#include "sim/forward/gait_controller.h"

namespace lumbarun {

using ForwardState = std::vector<double>;

// Coordinates and rates beyond this belong to no runner; the rates of such a state are NaN.
inline constexpr double kRunAway = 1e6;  // m, rad, m/s, rad/s

class GaitEquations {
 public:
  GaitEquations(const Runner& runner, GaitController controller)
      : runner_(runner),
        controller_(std::move(controller)),
        data_(runner),
        control_(runner.model.coordinate_count()) {}

  int coordinate_count() const { return runner_.model.coordinate_count(); }
  int state_size() const { return 2 * coordinate_count() + kEnergyFlowCount; }

  // dx/dt; also leaves data() and control() at (t, x).
  void operator()(const ForwardState& x, ForwardState& rate, double t) {
    const int n = coordinate_count();
    const double *q = x.data(), *v = q + n;
    ++evaluations_;
    if (has_run_away(x)) {
      std::fill(rate.begin(), rate.end(), std::numeric_limits<double>::quiet_NaN());
      return;
    }
    controller_.update(t, q, v, control_);
    std::copy(v, v + n, rate.begin());
    calc_accelerations(runner_, data_, q, v, control_.torque.data(), rate.data() + n);
    const EnergyFlows powers =
        calc_energy_rates(runner_, data_, q, v, control_.planned.data(), control_.feedback.data());
    std::copy(powers.begin(), powers.end(), rate.begin() + 2 * n);
  }

  // Kinematics and ground forces only, into data().
  void update_ground(const ForwardState& x) {
    update_external_forces(runner_, data_, x.data(), x.data() + coordinate_count());
  }

  const Runner& runner() const { return runner_; }
  const RunnerData<double>& data() const { return data_; }
  const ControlState& control() const { return control_; }
  GaitController& controller() { return controller_; }
  long evaluations() const { return evaluations_; }

 private:
  // Kernels read tables, so they are not asked about states that are not numbers.
  bool has_run_away(const ForwardState& x) const {
    return !std::all_of(x.begin(), x.begin() + 2 * coordinate_count(),
                        [](double value) { return std::abs(value) < kRunAway; });
  }

  const Runner& runner_;
  GaitController controller_;
  RunnerData<double> data_;
  ControlState control_;
  long evaluations_ = 0;
};

// The flows at the end of a state.
inline EnergyFlows get_flows(const ForwardState& x) {
  EnergyFlows flows;
  std::copy(x.end() - kEnergyFlowCount, x.end(), flows.begin());
  return flows;
}

}  // namespace lumbarun
