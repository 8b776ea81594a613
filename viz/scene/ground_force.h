// The ground's force on the feet, in a renderer of its own that shines through what stands before it.
#pragma once

#include <vtkActor.h>
#include <vtkRenderer.h>

#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {

// From touch-down to toe-off of one foot: samples first … last with a centre of pressure.
struct Stance {
  Side side;
  std::size_t first;
  std::size_t last;
};
std::vector<Stance> find_stances(const RunRecord& record);
// Those under way at `sample`; in flight the one that ended last, if there is one.
std::vector<std::size_t> find_shown_stances(const std::vector<Stance>& stances, std::size_t sample);

// An arrow per foot, and the way of the centre of pressure over the whole stance.
class GroundForce {
 public:
  // `record` must outlive this.
  GroundForce(const RunRecord& record, vtkRenderer* renderer, double opacity);
  void update(std::size_t sample, const Eigen::Vector3d& offset);
  void set_visible(bool is_visible) { is_visible_ = is_visible; }

 private:
  vtkSmartPointer<vtkActor> add_actor(const Mesh& mesh, vtkRenderer* renderer, double opacity);
  void update_arrow(std::size_t sample, Side side, const Eigen::Vector3d& offset);

  const RunRecord& record_;
  std::vector<Stance> stances_;
  std::vector<vtkSmartPointer<vtkActor>> traces_;  // one per stance
  std::vector<vtkSmartPointer<vtkActor>> arrows_;  // right, left
  bool is_visible_ = true;
};

}  // namespace lumbarun::viz
