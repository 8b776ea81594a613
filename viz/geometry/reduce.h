// Meshes with fewer triangles.
#pragma once

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// Down towards `triangles` of them, as far as quadric decimation (Garland & Heckbert 1997) goes without folding any
// over; normals and shade are those of the nearest points of the original.
Mesh reduced(const Mesh& mesh, int triangles);

}  // namespace lumbarun::viz
