#include "viz/scene/camera.h"

#include <vtkCamera.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/core/contracts.h"
#include "sim/core/units.h"
#include "viz/scene/quantity.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr std::array<std::pair<const char*, CameraName>, 5> kCameras = {{{"runner", CameraName::kRunner},
                                                                         {"sagittal", CameraName::kSagittal},
                                                                         {"frontal", CameraName::kFrontal},
                                                                         {"lumbar", CameraName::kLumbar},
                                                                         {"follow", CameraName::kFollow}}};

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
      return {0.85, 0.06, 0.80};
    case CameraName::kDisc:
      return {0.62, 0.16, 0.90};
    case CameraName::kFollow:
      return {-0.90, 0.24, 0.62};
  }
  throw LogicFailure("a camera has no direction");
}

}  // namespace

CameraChoice parse_camera(const std::string& name) {
  for (const auto& [known, camera] : kCameras) {
    if (name == known) return {camera, ""};
  }
  const std::string prefix = "disc:";
  if (name.starts_with(prefix) && name.size() > prefix.size()) {
    std::string level = name.substr(prefix.size());
    std::replace(level.begin(), level.end(), '/', '_');
    return {CameraName::kDisc, level};
  }
  throw BadInput(fmt::format(
      "unknown camera '{}': choose runner, sagittal, frontal, lumbar, follow or disc:LEVEL, as in disc:L5_S1",
      name));
}

bool is_close_up(const CameraChoice& camera) {
  return camera.name == CameraName::kLumbar || camera.name == CameraName::kDisc;
}

namespace {

// The body in the middle of the view. Discs lie at the origin of the vertebra above.
std::string get_center_body(const RunRecord& record, const CameraChoice& camera) {
  if (camera.name == CameraName::kLumbar) return "L3";
  if (camera.name != CameraName::kDisc) return "pelvis";
  find_level(record, camera.level);
  const std::string upper = camera.level.substr(0, camera.level.find('_'));
  return upper == "T12" ? "L1" : upper;
}

}  // namespace

Framing::Framing(const RunRecord& record, const CameraChoice& camera)
    : camera_(camera), low_(0, 0, 0), high_(0, 0, 0) {
  const RunFrame first(record, find_first_sample(record));
  const double scale = (first.calc_pose("L5").p - first.calc_pose("L1").p).norm() / 0.120;
  if (is_close_up(camera)) {
    get_center_body(record, camera);
    const bool is_disc = camera.name == CameraName::kDisc;
    low_ = scale * (is_disc ? Vector3d(-0.075, -0.042, -0.045) : Vector3d(-0.085, -0.140, -0.085));
    high_ = scale * (is_disc ? Vector3d(0.060, 0.042, 0.045) : Vector3d(0.085, 0.135, 0.085));
    return;
  }
  const GroundPlane plane = calc_ground_plane(record);
  const std::size_t step = std::max<std::size_t>(1, record.time.size() / 60);
  for (std::size_t i = 0; i < record.time.size(); i += step) {
    if (!has_poses(record, i)) continue;
    const RunFrame frame(record, i);
    const Vector3d pelvis = frame.calc_pose("pelvis").p;
    const double ground = pelvis.y() - plane.calc_height(pelvis) / plane.normal.y();
    low_.y() = std::min(low_.y(), ground - pelvis.y() - 0.05);
    Eigen::AlignedBox3d box(frame.calc_pose("thorax").to_world({0.02, 0.70 * scale, 0}) - pelvis);
    for (const std::string& body : record.names.bodies) box.extend(frame.calc_pose(body).p - pelvis);
    low_ = low_.cwiseMin(box.min());
    high_ = high_.cwiseMax(box.max());
  }
  low_ -= Vector3d(0.16, 0, 0.10);
  high_ += Vector3d(0.20, 0.05, 0.10);
}

Eigen::AlignedBox3d Framing::calc_box(const RunFrame& frame) const {
  const Vector3d center = frame.calc_pose(get_center_body(frame.get_record(), camera_)).p;
  return {center + low_, center + high_};
}

void aim_camera(vtkRenderer* renderer, CameraName name, const Eigen::AlignedBox3d& box, double aspect,
                const FreeView& free) {
  const Vector3d back = get_direction(name).normalized();
  const Vector3d right = Vector3d::UnitY().cross(back).normalized();
  const Vector3d up = back.cross(right);
  const double slope = std::tan(0.5 * deg_to_rad(kViewAngleDeg));
  const double slope_x = (free.right - free.left) * aspect * slope;
  const double slope_y = (free.high - free.low) * slope;
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
  constexpr double kTight = 0.94;  // the box has room at its corners
  const Vector3d position = center + kTight * distance * back;
  camera->SetFocalPoint(center.data());
  camera->SetPosition(position.data());
  camera->SetViewUp(up.data());
  camera->SetViewAngle(kViewAngleDeg);
  camera->SetWindowCenter(1 - free.left - free.right, 1 - free.low - free.high);
  camera->SetClippingRange(0.1, distance + 20.0);
}

}  // namespace lumbarun::viz
