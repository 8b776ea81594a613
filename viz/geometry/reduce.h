// Meshes with fewer triangles.
#pragma once

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// About `triangles` of them, with normals and shade of the nearest points of the original.
Mesh reduced(const Mesh& mesh, int triangles);

}  // namespace lumbarun::viz
