#pragma once

#include <string>

namespace lumbarun {

// Before a long computation: can a result be written there? Leaves no file behind.
// @throws BadInput if not, saying why.
void check_output_path(const std::string& path);

}  // namespace lumbarun
