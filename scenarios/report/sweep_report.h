// The report of a sweep: tables (CSV), pictures (SVG) and one HTML page that holds them all and needs nothing else.
#pragma once

#include <string>
#include <vector>

#include "sim/sweeps/sweep_data.h"

namespace lumbarun {

// Writes into `folder`, which is made if need be; returns the names of the files.
// @throws BadInput if it cannot be written.
std::vector<std::string> write_sweep_report(const SweepData& data, const std::string& folder);

}  // namespace lumbarun
