// Uniform samples of one full stride, right foot contact to next right foot contact, time from 0.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "sim/forward/gait_equations.h"

namespace lumbarun {

// Where the ground force of a foot acts on the plane: with it, the wrench of all elements is this force at
// this point and a moment about the plane normal.
struct PressureCenter {
  Vector3<double> position;  // on the plane, in W [m]
  double free_moment = 0.0;  // about the plane normal [N m]
};

struct FootSample {
  Vector3<double> force;                 // of the ground on the foot, in W [N]
  std::optional<PressureCenter> center;  // none while the foot is unloaded
};

struct StrideSamples {
  double start = 0.0;                  // s, right foot contact, from the start of the simulation
  double duration = 0.0;               // s, to the next right foot contact
  std::vector<double> time;            // s from `start`
  Eigen::MatrixXd q, u, acceleration;  // coordinate x sample
  Eigen::MatrixXd actuator_torque;     // coordinate x sample: plan + feedback, root rows zero [N m]
  Eigen::MatrixXd feedback_torque;     // coordinate x sample, root rows zero [N m]
  std::vector<std::array<FootSample, kFootCount>> feet;  // per sample: right, left
  Eigen::MatrixXd element_force;  // 3 x element, then next sample's: 3 rows, elements · samples columns [N]
  EnergyLedger ledger;            // from contact to contact
};

// Total wrench of one foot's elements reduced to the plane; none below `threshold` newtons of normal force.
std::optional<PressureCenter> calc_pressure_center(const FootContact& contact,
                                                   std::span<const ElementState<double>> elements, int foot,
                                                   double threshold);

class StrideRecorder {
 public:
  StrideRecorder(GaitEquations& equations, double sample_rate, double pressure_threshold);

  // Starts a stride at time t in state x.
  void start(double t, const ForwardState& x);
  bool is_recording() const { return is_recording_; }
  double next_time() const { return start_ + static_cast<double>(samples_.size()) / sample_rate_; }
  // The state at next_time().
  void add(const ForwardState& x);
  // Closes the stride at time t in state x and hands it over.
  StrideSamples finish(double t, const ForwardState& x);

 private:
  struct Sample {
    std::vector<double> q, u, acceleration, actuator, feedback;
    std::array<FootSample, kFootCount> feet;
    std::vector<Vector3<double>> element_force;
  };
  EnergyStores calc_stores(const ForwardState& x);

  GaitEquations& equations_;
  double sample_rate_;
  double pressure_threshold_;
  bool is_recording_ = false;
  double start_ = 0.0;
  EnergyStores start_stores_{};
  EnergyFlows start_flows_{};
  std::vector<Sample> samples_;
  ForwardState rate_;
};

}  // namespace lumbarun
