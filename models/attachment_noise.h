// Where muscles attach is known to some millimetres only: displaced attachments, to see what that does to the loads.
//
// All points of a fascicle on one body move together by one vector in the body's frame, whose three components are
// normal with mean 0 and standard deviation `sd_m` at the body's reference height; wrapping surfaces stay. Left
// fascicles remain the mirror images of the right ones. Size: 10 mm is a usual perturbation (estimate).
#pragma once

#include <cstdint>

#include "models/muscle_tables.h"

namespace lumbarun {

// One seed gives one set of displacements, proportional to `sd_m` [m].
MuscleTables add_attachment_noise(MuscleTables tables, double sd_m, std::uint64_t seed);

}  // namespace lumbarun
