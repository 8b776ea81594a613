// The equations of motion, in one visible order.
//
//   M(q) a + c(q, v) + g(q) = J'F_contact(q, v) + tau_passive(q, v) + tau_actuator
//
// Inverse form (planner, analysis): given q, v, a, what must the actuators supply? The six root rows have none, so they
// are the balance the planner enforces. Forward form (simulator): given the actuators, what is a?
#pragma once

#include "sim/dynamics/passive.h"
#include "sim/dynamics/runner.h"
#include "sim/multibody/aba.h"
#include "sim/multibody/rnea.h"

namespace lumbarun {

template <class T>
struct RunnerData {
  explicit RunnerData(const Runner& runner)
      : tree(runner.model),
        articulated(runner.model),
        elements(runner.contact.elements.size()),
        passive(runner.model.coordinate_count(), T(0.0)),
        joint_torque(runner.model.coordinate_count(), T(0.0)) {}

  Data<T> tree;
  ArticulatedWorkspace<T> articulated;
  std::vector<ElementState<T>> elements;  // update_external_forces
  std::vector<T> passive;                 // update_passive_torques [N m]
  std::vector<T> joint_torque;            // update_accelerations: passive + actuator [N m]
};

// Kinematics, ground forces, abdominal pressure and given forces.
template <class T>
void update_external_forces(const Runner& runner, RunnerData<T>& data, const T* q, const T* v) {
  update_positions(runner.model, data.tree, q);
  update_velocities(runner.model, data.tree, v);
  data.tree.clear_applied();
  apply_contact_forces(runner.contact, data.tree, data.elements);
  apply_abdominal_pressure(runner.abdomen, data.tree);
  for (const PointForce& given : runner.point_forces) apply_point_force(given, data.tree);
}

// Actuator torques that the motion needs; rows 0..5 are the residual of the root balance [N, N m].
template <class T>
void calc_actuator_torques(const Runner& runner, RunnerData<T>& data, const T* q, const T* v, const T* a,
                           T* tau) {
  update_external_forces(runner, data, q, v);
  update_inverse_dynamics(runner.model, data.tree, v, a);
  update_passive_torques(runner, q, v, data.passive.data());
  for (int i = 0; i < runner.model.coordinate_count(); ++i) tau[i] = data.tree.tau[i] - data.passive[i];
}

// Accelerations under actuator torques `tau` (rows 0..5 must be zero).
template <class T>
void calc_accelerations(const Runner& runner, RunnerData<T>& data, const T* q, const T* v, const T* tau,
                        T* a) {
  update_external_forces(runner, data, q, v);
  update_passive_torques(runner, q, v, data.passive.data());
  for (int i = 0; i < runner.model.coordinate_count(); ++i) data.joint_torque[i] = tau[i] + data.passive[i];
  aba(runner.model, data.tree, data.articulated, v, data.joint_torque.data(), a);
}

// Total force of the ground on one foot [N], after update_external_forces.
template <class T>
Vector3<T> calc_foot_force(const Runner& runner, const RunnerData<T>& data, int foot) {
  Vector3<T> force;
  for (size_t i = 0; i < runner.contact.elements.size(); ++i) {
    if (runner.contact.elements[i].foot == foot) force += data.elements[i].force;
  }
  return force;
}

}  // namespace lumbarun
