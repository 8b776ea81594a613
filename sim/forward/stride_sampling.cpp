#include "sim/forward/stride_sampling.h"

namespace lumbarun {

std::optional<PressureCenter> calc_pressure_center(const FootContact& contact,
                                                   std::span<const ElementState<double>> elements, int foot,
                                                   double threshold) {
  const Vector3<double>& n = contact.plane.normal;
  const Vector3<double> origin = n * contact.plane.offset;
  Vector3<double> force, moment;
  for (size_t e = 0; e < elements.size(); ++e) {
    if (contact.elements[e].foot != foot) continue;
    force += elements[e].force;
    moment += cross(elements[e].position - origin, elements[e].force);
  }
  const double normal_force = dot(n, force);
  if (normal_force < threshold) return std::nullopt;
  PressureCenter center;
  const Vector3<double> arm = cross(n, moment) * (1.0 / normal_force);
  center.position = origin + arm;
  center.free_moment = dot(n, moment - cross(arm, force));
  return center;
}

StrideRecorder::StrideRecorder(GaitEquations& equations, double sample_rate, double pressure_threshold)
    : equations_(equations),
      sample_rate_(sample_rate),
      pressure_threshold_(pressure_threshold),
      rate_(equations.state_size()) {}

EnergyStores StrideRecorder::calc_stores(const ForwardState& x) {
  equations_.update_ground(x);
  return calc_energy_stores(equations_.runner(), equations_.data(), x.data());
}

void StrideRecorder::start(double t, const ForwardState& x) {
  is_recording_ = true;
  start_ = t;
  samples_.clear();
  start_stores_ = calc_stores(x);
  start_flows_ = get_flows(x);
}

void StrideRecorder::add(const ForwardState& x) {
  const int n = equations_.coordinate_count();
  equations_(x, rate_, next_time());
  const ControlState& control = equations_.control();
  const FootContact& contact = equations_.runner().contact;
  const std::vector<ElementState<double>>& elements = equations_.data().elements;
  Sample sample;
  sample.q.assign(x.begin(), x.begin() + n);
  sample.u.assign(x.begin() + n, x.begin() + 2 * n);
  sample.acceleration.assign(rate_.begin() + n, rate_.begin() + 2 * n);
  sample.actuator.assign(control.torque.begin(), control.torque.end());
  sample.feedback.assign(control.feedback.begin(), control.feedback.end());
  for (int foot = 0; foot < kFootCount; ++foot) {
    sample.feet[foot] = {calc_foot_force(equations_.runner(), equations_.data(), foot),
                         calc_pressure_center(contact, elements, foot, pressure_threshold_)};
  }
  for (const ElementState<double>& element : elements) sample.element_force.push_back(element.force);
  samples_.push_back(std::move(sample));
}

StrideSamples StrideRecorder::finish(double t, const ForwardState& x) {
  const int n = equations_.coordinate_count(), count = static_cast<int>(samples_.size());
  const int elements = static_cast<int>(equations_.runner().contact.elements.size());
  StrideSamples stride;
  stride.start = start_;
  stride.duration = t - start_;
  stride.ledger = calc_ledger(start_stores_, start_flows_, calc_stores(x), get_flows(x));
  for (auto* table :
       {&stride.q, &stride.u, &stride.acceleration, &stride.actuator_torque, &stride.feedback_torque}) {
    table->resize(n, count);
  }
  stride.element_force.resize(3, elements * count);
  const auto as_column = [](const std::vector<double>& v) {
    return Eigen::Map<const Eigen::VectorXd>(v.data(), static_cast<Eigen::Index>(v.size()));
  };
  for (int k = 0; k < count; ++k) {
    const Sample& sample = samples_[k];
    stride.time.push_back(k / sample_rate_);
    stride.q.col(k) = as_column(sample.q);
    stride.u.col(k) = as_column(sample.u);
    stride.acceleration.col(k) = as_column(sample.acceleration);
    stride.actuator_torque.col(k) = as_column(sample.actuator);
    stride.feedback_torque.col(k) = as_column(sample.feedback);
    stride.feet.push_back(sample.feet);
    for (int e = 0; e < elements; ++e)
      stride.element_force.col(k * elements + e) = to_eigen(sample.element_force[e]);
  }
  is_recording_ = false;
  return stride;
}

}  // namespace lumbarun
