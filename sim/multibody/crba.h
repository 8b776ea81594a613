// Composite rigid body algorithm: the joint-space mass matrix M(q), symmetric positive definite.
// Featherstone 2008, Rigid Body Dynamics Algorithms, table 6.2, in world axes about one common point.
#pragma once

#include "sim/multibody/spatial_inertia.h"

namespace lumbarun {

template <class T>
struct CompositeWorkspace {
  explicit CompositeWorkspace(const Model& model) : inertia(model.coordinate_count()) {}
  std::vector<SpatialInertia<T>> inertia;  // crba: of the subtree, about the common point
};

// Writes the full symmetric matrix, row-major n x n. Needs update_positions before.
template <class T>
void crba(const Model& model, const Data<T>& data, CompositeWorkspace<T>& work, T* mass_matrix) {
  const int n = model.coordinate_count();
  const Vector3<T> origin = internal::common_point(data);
  for (int i = 0; i < n; ++i) work.inertia[i] = internal::calc_spatial_inertia(model, data, i, origin);
  for (int i = 0; i < n * n; ++i) mass_matrix[i] = T(0.0);
  for (int i = n - 1; i >= 0; --i) {
    const CoordinateIndex parent = model.links()[i].parent;
    if (parent.is_valid()) work.inertia[parent] += work.inertia[i];
    const SpatialForce<T> F = work.inertia[i] * internal::calc_joint_motion(model, data, i, origin);
    for (CoordinateIndex j(i); j.is_valid(); j = model.link(j).parent) {
      const T m = dot(internal::calc_joint_motion(model, data, j, origin), F);
      mass_matrix[i * n + j] = m;
      mass_matrix[j * n + i] = m;
    }
  }
}

}  // namespace lumbarun
