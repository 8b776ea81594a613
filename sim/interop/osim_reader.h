// Reads an OpenSim model file (.osim, versions 1.9 to 4.x) into its description.
#pragma once

#include <filesystem>

#include "sim/interop/osim_description.h"

namespace lumbarun {

// Throws BadInput with all mistakes found, each with file, line and element. What the file has and nothing here
// uses stands in `warnings` of the result.
OsimDescription read_osim(const std::filesystem::path& path);

}  // namespace lumbarun
