#include "viz/scene/camera.h"

#include <vtkCamera.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/core/contracts.h"
#include "sim/core/units.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr std::array<std::pair<const char*, CameraName>, 4> kCameras = {{{"runner", CameraName::kRunner},
                                                                         {"sagittal", CameraName::kSagittal},
                                                                         {"frontal", CameraName::kFrontal},
                                                                         {"lumbar", CameraName::kLumbar}}};

constexpr double kViewAngleDeg = 18.0;

// From the subject towards the camera, in the world (X forward, Y up, Z right).
Vector3d get_direction(CameraName name) {
  switch (name) {
    case CameraName::kRunner:
      return {0.62, 0.12, 1.0};
    case CameraName::kSagittal:
      return {0.0, 0.02, 1.0};
    case CameraName::kFrontal:
      return {1.0, 0.02, 0.0};
    case CameraName::kLumbar:
      return {0.85, -0.04, 0.80};
  }
  throw LogicFailure("a camera has no direction");
}

}  // namespace

CameraName parse_camera(const std::string& name) {
  for (const auto& [known, camera] : kCameras) {
    if (name == known) return camera;
  }
  throw BadInput(fmt::format("unknown camera '{}': choose runner, sagittal, frontal or lumbar", name));
}

void aim_camera(vtkRenderer* renderer, CameraName name, const Eigen::AlignedBox3d& box, double aspect) {
  const Vector3d back = get_direction(name).normalized();
  const Vector3d right = Vector3d::UnitY().cross(back).normalized();
  const Vector3d up = back.cross(right);
  const double slope_y = std::tan(0.5 * deg_to_rad(kViewAngleDeg));
  const double slope_x = aspect * slope_y;
  // The nearest distance from which every corner of the box is inside the view.
  double distance = 0;
  for (int i = 0; i < 8; ++i) {
    const Vector3d corner = box.corner(static_cast<Eigen::AlignedBox3d::CornerType>(i)) - box.center();
    const double depth = corner.dot(back);
    distance = std::max({distance, depth + std::abs(corner.dot(right)) / slope_x,
                         depth + std::abs(corner.dot(up)) / slope_y});
  }
  vtkCamera* camera = renderer->GetActiveCamera();
  const Vector3d center = box.center();
  const Vector3d position = center + distance * back;
  camera->SetFocalPoint(center.data());
  camera->SetPosition(position.data());
  camera->SetViewUp(up.data());
  camera->SetViewAngle(kViewAngleDeg);
  camera->SetClippingRange(0.1, distance + 20.0);
}

}  // namespace lumbarun::viz
