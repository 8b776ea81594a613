// The run as one web page: scene, playback and linked charts, without anything from outside.
#pragma once

#include <string>

#include "viz/geometry/mesh_cache.h"
#include "viz/scene/quantity.h"

namespace lumbarun::viz {

// The page's text. @throws BadInput if the run has not what it shows.
std::string build_web_page(const RunRecord& record, const MeshCache& cache, DiscQuantity disc);

}  // namespace lumbarun::viz
