// The scene for other programs: a ParaView series and one instant as glTF.
#pragma once

#include <string>

#include "viz/exports/frame_parts.h"

namespace lumbarun::viz {

// run.pvd and run_0000.vtp … in `folder`, which is made if need be: `frames` instants spread over the run; instants
// without poses are left out. Point arrays rgb (colour) and load (of the discs, else NaN; its unit in the name).
// @throws BadInput if the folder cannot be written.
void write_vtp_series(const RunRecord& record, FrameParts& parts, int frames, const std::string& folder);

// One instant as the bytes of a binary glTF 2.0 file: a node per part, colours per point. @throws BadInput if the poses
// are undefined there.
std::string build_gltf(FrameParts& parts, std::size_t sample);

}  // namespace lumbarun::viz
