// What a posture's runner holds or sits on. Shapes are estimates; the file tells only masses and forces.
#pragma once

#include <optional>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"

namespace lumbarun::viz {

// kg; 0: nothing.
double find_held_mass(const RunRecord& record);
// A box between the hands, as large as the held mass at 1200 kg/m³ would be; empty if nothing is held.
std::optional<Mesh> build_held_load(const RunFrame& frame);
// A stool under the ischial tuberosities, down to the ground; empty if no seat bears anything.
std::optional<Mesh> build_seat(const RunFrame& frame, const GroundPlane& ground);

}  // namespace lumbarun::viz
