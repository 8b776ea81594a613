// Ipopt on a separable convex programme (sim/core/separable_programme.h), with exact derivatives.
#pragma once

#include "sim/core/separable_programme.h"

namespace lumbarun {

SeparableAnswer solve_separable(const SeparableProgramme& programme);

}  // namespace lumbarun
