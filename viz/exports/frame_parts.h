// Everything that is drawn of one frame, as named triangle meshes in the world: for other programs.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/muscles.h"
#include "viz/scene/quantity.h"
#include "viz/skeleton/skeleton.h"

namespace lumbarun::viz {

struct FramePart {
  std::string name;  // "L4", "L4_L5", "muscles", "shoe_r_midsole"
  Color color;       // of parts without a colour per point
  Mesh mesh;         // with normals; discs and muscles carry the point array "rgb"
  double value;      // load of a disc in the quantity's unit, else NaN
};

class FrameParts {
 public:
  // @throws BadInput if the run has not what is to be shown.
  FrameParts(const RunRecord& record, const MeshCache& cache, DiscQuantity disc, MuscleQuantity muscle);
  // @throws BadInput if the poses are undefined there.
  std::vector<FramePart> build(std::size_t sample);

  const Quantity& get_disc_quantity() const { return disc_; }
  const Skeleton& get_skeleton() const { return skeleton_; }

 private:
  const RunRecord& record_;
  Skeleton skeleton_;
  GroundPlane ground_;
  Quantity disc_;
  Quantity muscle_;
  ColorMap disc_colors_;
  ColorMap muscle_colors_;
  double disc_range_;
  MuscleSurface muscles_;
};

}  // namespace lumbarun::viz
