// Does what a request asks for.
#pragma once

#include "viz/command/request.h"

namespace lumbarun::viz {

// Everything is checked and drawn before the first file is written. @throws BadInput.
void draw(const Request& request);

}  // namespace lumbarun::viz
