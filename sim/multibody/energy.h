// Centre of mass, momentum and energy of the whole tree. Needs update_positions and, where velocities enter,
// update_velocities before.
#pragma once

#include "sim/multibody/kinematics.h"

namespace lumbarun {

template <class T>
struct MassCenter {
  Vector3<T> position;  // m
  Vector3<T> velocity;  // m/s
};

template <class T>
MassCenter<T> calc_mass_center(const Model& model, const Data<T>& data) {
  MassCenter<T> sum;
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const RigidInertia& inertia = model.links()[i].inertia;
    if (inertia.mass == 0.0) continue;
    const Vector3<T> p = calc_position(data, CoordinateIndex(i), inertia.center_of_mass);
    sum.position += p * T(inertia.mass);
    sum.velocity += calc_velocity(data, CoordinateIndex(i), p) * T(inertia.mass);
  }
  const T scale(1.0 / model.total_mass());
  return {sum.position * scale, sum.velocity * scale};
}

// Linear momentum [kg m/s] and angular momentum about the world origin [kg m²/s].
template <class T>
SpatialForce<T> calc_momentum(const Model& model, const Data<T>& data) {
  SpatialForce<T> total;
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const RigidInertia& inertia = model.links()[i].inertia;
    if (inertia.mass == 0.0) continue;
    const LinkState<T>& link = data.link[i];
    const Vector3<T> p = calc_position(data, CoordinateIndex(i), inertia.center_of_mass);
    const Vector3<T> linear = calc_velocity(data, CoordinateIndex(i), p) * T(inertia.mass);
    const Vector3<T> spin =
        link.R_WL * (inertia.inertia.template cast<T>() * transpose_times(link.R_WL, link.w_WL));
    total += {spin + cross(p, linear), linear};
  }
  return total;
}

// J
template <class T>
T calc_kinetic_energy(const Model& model, const Data<T>& data) {
  T energy(0.0);
  for (int i = 0; i < model.coordinate_count(); ++i) {
    const RigidInertia& inertia = model.links()[i].inertia;
    if (inertia.mass == 0.0) continue;
    const LinkState<T>& link = data.link[i];
    const Vector3<T> v = calc_velocity(data, CoordinateIndex(i),
                                       calc_position(data, CoordinateIndex(i), inertia.center_of_mass));
    const Vector3<T> w = transpose_times(link.R_WL, link.w_WL);
    energy += (dot(v, v) * T(inertia.mass) + dot(w, inertia.inertia.template cast<T>() * w)) * T(0.5);
  }
  return energy;
}

// Gravitational potential energy above the plane y = 0 [J].
template <class T>
T calc_potential_energy(const Model& model, const Data<T>& data) {
  return calc_mass_center(model, data).position.y * T(model.total_mass() * model.gravity);
}

}  // namespace lumbarun
