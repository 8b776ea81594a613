// Where the pictures are taken from. Every camera travels with the runner.
#pragma once

#include <vtkRenderer.h>

#include <Eigen/Dense>
#include <string>

#include "viz/run_frame.h"

namespace lumbarun::viz {

enum class CameraName { kRunner, kSagittal, kFrontal, kLumbar, kDisc, kFollow };

struct CameraChoice {
  CameraName name = CameraName::kRunner;
  std::string level;  // for kDisc
};

// "runner", "sagittal", "frontal", "lumbar", "follow" or "disc:L5_S1". @throws BadInput listing the cameras.
CameraChoice parse_camera(const std::string& name);
bool is_close_up(const CameraChoice& camera);

// What a camera must see, the same size in every frame of the run.
class Framing {
 public:
  Framing(const RunRecord& record, const CameraChoice& camera);
  // @throws BadInput if the run does not have the camera's level.
  Eigen::AlignedBox3d calc_box(const RunFrame& frame) const;

 private:
  CameraChoice camera_;
  Eigen::Vector3d low_;  // about the pelvis, L3 or the disc
  Eigen::Vector3d high_;
};

// The part of a view that captions and panels leave free, shares of the view's width and height.
struct FreeView {
  double left = 0;
  double low = 0;
  double right = 1;
  double high = 1;
};

// Aims the renderer's camera from its usual direction so that `box` just fits into the free part of a view of the
// given aspect (width / height), and stands in its middle.
void aim_camera(vtkRenderer* renderer, CameraName name, const Eigen::AlignedBox3d& box, double aspect,
                const FreeView& free = FreeView());

}  // namespace lumbarun::viz
