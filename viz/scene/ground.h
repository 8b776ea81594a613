// The ground under the runner: a plane with a grid, a soft shadow, and the arrows of the ground force.
#pragma once

#include <vtkActor.h>
#include <vtkSmartPointer.h>

#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {

// A round patch of ground about `center` that fades into the background, with lines every half metre.
std::vector<vtkSmartPointer<vtkActor>> build_ground(const GroundPlane& plane, const Eigen::Vector3d& center);

// The shadow of the meshes under a wide lamp: sharp at the contact, soft above.
vtkSmartPointer<vtkActor> build_shadow(const GroundPlane& plane, const std::vector<Mesh>& meshes);

// From `foot` along `vector`, m.
Mesh build_arrow(const Eigen::Vector3d& foot, const Eigen::Vector3d& vector, double radius);

}  // namespace lumbarun::viz
