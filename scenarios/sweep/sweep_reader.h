// Sweep files in.
#pragma once

#include <string>

#include "scenarios/sweep/sweep_spec.h"

namespace lumbarun {

// Reads a sweep file with its base scenario and tables; paths in it are relative to the file.
// @throws BadInput with file, line, key, value, what is allowed and the nearest known key.
SweepSpec read_sweep(const std::string& path);

// The same from text; `path` is for messages, and its folder for the files it names.
SweepSpec parse_sweep(const std::string& text, const std::string& path);

}  // namespace lumbarun
