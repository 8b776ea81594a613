// Meshes that take long to build, kept in files between runs of the program.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "viz/geometry/mesh.h"

namespace lumbarun::viz {

// One file per mesh, named after a hash of its key; the key stands in the file too. A file that is damaged,
// of another key or cannot be written costs time, never a picture: the mesh is built again.
class MeshCache {
 public:
  // An empty folder: nothing is kept.
  explicit MeshCache(std::filesystem::path folder = {});

  // The mesh of this key: from its file, else built and stored (atomically: whole or not at all).
  Mesh fetch(const std::string& key, const std::function<Mesh()>& build) const;

 private:
  std::filesystem::path folder_;
};

// $XDG_CACHE_HOME/lumbarun, else ~/.cache/lumbarun; empty if neither is known.
std::filesystem::path get_cache_folder();

}  // namespace lumbarun::viz
