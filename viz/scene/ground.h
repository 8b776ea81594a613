// The ground under the runner: a plane with the look of its surface, a grid, and a soft shadow.
#pragma once

#include <vtkActor.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkRenderer.h>

#include <string>
#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"
#include "viz/scene/colors.h"

namespace lumbarun::viz {

// How a surface looks; by the preset's name, plain grey for one that is not known.
struct GroundLook {
  Color base;
  Color lines;
  double lane = 0;  // width of a lane between white lines, m; 0: none
};
GroundLook get_ground_look(const std::string& surface_preset);
// The value of `[section] key = "…"` in the run's resolved scenario; empty if it does not say.
std::string find_scenario_text(const RunRecord& record, const std::string& section, const std::string& key);

class Ground {
 public:
  Ground(vtkRenderer* renderer, const GroundPlane& plane, const GroundLook& look);

  // A round patch about `center` that fades into the background; lines stand still in the world, or are moved on
  // by `shift` along the way (m). `casters`: points that cast the shadow.
  void update(const Eigen::Vector3d& center, double shift, const std::vector<Eigen::Vector3d>& casters);
  void set_visible(bool is_visible);

 private:
  GroundPlane plane_;
  GroundLook look_;
  vtkNew<vtkActor> patch_;
  vtkNew<vtkActor> grid_;
  vtkNew<vtkActor> shadow_;
  vtkNew<vtkImageData> shadow_image_;
};

}  // namespace lumbarun::viz
