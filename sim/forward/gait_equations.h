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
  // `planned`: where the coordinates of the plan are among the runner's (find_planned_coordinates).
  GaitEquations(const Runner& runner, GaitController controller, std::vector<int> planned)
      : runner_(runner),
        controller_(std::move(controller)),
        planned_(std::move(planned)),
        data_(runner),
        control_(runner.model.coordinate_count()),
        plan_control_(static_cast<int>(planned_.size())),
        plan_q_(planned_.size()),
        plan_v_(planned_.size()) {}

  GaitEquations(const Runner& runner, GaitController controller)
      : GaitEquations(runner, std::move(controller), find_planned_coordinates(runner.model, runner.model)) {}

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
    update_control(t, q, v);
    std::copy(v, v + n, rate.begin());
    calc_accelerations(runner_, data_, q, v, control_.torque.data(), rate.data() + n);
    const EnergyFlows powers =
        calc_energy_rates(runner_, data_, q, v, control_.planned.data(), control_.feedback.data());
    std::copy(powers.begin(), powers.end(), rate.begin() + 2 * n);
  }

  // The plan's state at time t; coordinates that it locks at rest.
  void calc_planned_state(double t, ForwardState& x) {
    Eigen::VectorXd q, v;
    controller_.calc_planned_state(t, q, v);
    x.assign(state_size(), 0.0);
    for (size_t i = 0; i < planned_.size(); ++i) {
      x[planned_[i]] = q[static_cast<Eigen::Index>(i)];
      x[coordinate_count() + planned_[i]] = v[static_cast<Eigen::Index>(i)];
    }
  }

  // Kinematics and ground forces only, into data().
  void update_ground(const ForwardState& x) {
    update_external_forces(runner_, data_, x.data(), x.data() + coordinate_count());
  }

  const Runner& runner() const { return runner_; }
  const RunnerData<double>& data() const { return data_; }
  const ControlState& control() const { return control_; }
  const std::vector<int>& planned() const { return planned_; }
  GaitController& controller() { return controller_; }
  long evaluations() const { return evaluations_; }

 private:
  // The controller knows the planned coordinates only; the others carry no actuator.
  void update_control(double t, const double* q, const double* v) {
    for (size_t i = 0; i < planned_.size(); ++i) {
      plan_q_[i] = q[planned_[i]];
      plan_v_[i] = v[planned_[i]];
    }
    controller_.update(t, plan_q_.data(), plan_v_.data(), plan_control_);
    for (size_t i = 0; i < planned_.size(); ++i) {
      const auto k = static_cast<Eigen::Index>(i);
      control_.planned[planned_[i]] = plan_control_.planned[k];
      control_.feedback[planned_[i]] = plan_control_.feedback[k];
      control_.torque[planned_[i]] = plan_control_.torque[k];
    }
  }

  // Kernels read tables, so they are not asked about states that are not numbers.
  bool has_run_away(const ForwardState& x) const {
    return !std::all_of(x.begin(), x.begin() + 2 * coordinate_count(),
                        [](double value) { return std::abs(value) < kRunAway; });
  }

  const Runner& runner_;
  GaitController controller_;
  std::vector<int> planned_;
  RunnerData<double> data_;
  ControlState control_;       // all coordinates of the runner
  ControlState plan_control_;  // those of the plan
  std::vector<double> plan_q_, plan_v_;
  long evaluations_ = 0;
};

// The flows at the end of a state.
inline EnergyFlows get_flows(const ForwardState& x) {
  EnergyFlows flows;
  std::copy(x.end() - kEnergyFlowCount, x.end(), flows.begin());
  return flows;
}

}  // namespace lumbarun
