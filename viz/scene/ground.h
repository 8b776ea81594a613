// The ground under the runner: a plane with the look of its surface, a grid, and a soft shadow.
#pragma once

#include <vtkActor.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkRenderer.h>

#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"
#include "viz/scene/ground_look.h"

namespace lumbarun::viz {

class Ground {
 public:
  Ground(vtkRenderer* renderer, const GroundPlane& plane, const GroundLook& look);

  // A round patch about `center` that fades into the background; lines stand still in the world, or are moved on
  // by `shift` along the way (m). `casters`: points that cast the shadow.
  void update(const Eigen::Vector3d& center, double shift, const std::vector<Eigen::Vector3d>& casters);
  void set_visible(bool is_visible);
  // A coarser shadow, and grain that is not smoothed in the distance: both take less time.
  void set_draft(bool is_draft);

 private:
  GroundPlane plane_;
  GroundLook look_;
  bool is_draft_ = false;
  vtkNew<vtkActor> patch_;
  vtkNew<vtkActor> grid_;
  vtkNew<vtkActor> shadow_;
  vtkNew<vtkImageData> shadow_image_;
  vtkNew<vtkFloatArray> grain_places_;
};

}  // namespace lumbarun::viz
