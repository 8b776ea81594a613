// Where the pictures are taken from.
#pragma once

#include <vtkRenderer.h>

#include <Eigen/Dense>
#include <string>

namespace lumbarun::viz {

enum class CameraName { kRunner, kSagittal, kFrontal, kLumbar };

// @throws BadInput listing the cameras.
CameraName parse_camera(const std::string& name);

// Aims the renderer's camera from its usual direction so that `box` just fits into a view of the given aspect
// (width / height).
void aim_camera(vtkRenderer* renderer, CameraName name, const Eigen::AlignedBox3d& box, double aspect);

}  // namespace lumbarun::viz
