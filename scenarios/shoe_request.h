// The shoe keys in SI.
#pragma once

#include "models/shoe.h"
#include "scenarios/scenario.h"

namespace lumbarun {

ShoeParameters build_shoe(const ShoeKeys& shoe);

}  // namespace lumbarun
