// Vertebrae and sacrum, level by level.
//
// Lumbar sizes: Panjabi et al. 1992, Spine 17:299, tables of mean dimensions (EPW, EPD, SCW, SCD, PDW, PDH,
// SPL, TPW), carried from memory, not read again at the source; SPL is taken from the body's center to the
// tip. T12 is L1 with the smaller processes of a thoracic vertebra (estimate). Heights come from the run
// itself. Angles and thicknesses of the processes are estimates from anatomical atlases.
#pragma once

#include <string>

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// Sizes of one vertebra, m.
struct VertebraSizes {
  double upper_width, lower_width;  // of the endplates
  double upper_depth, lower_depth;
  double canal_width, canal_depth;
  double pedicle_width, pedicle_height;
  double spinous_length;    // from the body's center to the tip
  double transverse_width;  // from tip to tip
};

// One vertebra between the centers of the two discs that it meets, in its own frame: origin in the disc below,
// X forward, Y up.
struct VertebraShape {
  VertebraSizes sizes;
  Eigen::Vector3d top;        // center of the disc above
  double disc_below = 0.010;  // heights of the discs, m
  double disc_above = 0.010;
  double lower_tilt_deg = 0;   // of the lower endplate about Z: a wedge higher in front is negative
  double spinous_drop = 0.25;  // how far the spinous process falls, share of the height
};

// Sizes of "T12", "L1" … "L5" of the reference skeleton.
const VertebraSizes& get_vertebra_sizes(const std::string& level);
VertebraSizes scaled(const VertebraSizes& sizes, double factor);

Mesh build_vertebra(const VertebraShape& shape);
// In the pelvis frame of the reference skeleton: from the S1 endplate down to the coccyx.
Mesh build_sacrum();

}  // namespace lumbarun::viz
