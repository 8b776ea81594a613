// What can be told to be wrong before anything is drawn.
#pragma once

#include <vector>

#include "sim/results/run_record.h"
#include "viz/command/request.h"

namespace lumbarun::viz {

// Options, the folders of all files that are wanted, the programs that are needed, and whether the runs have a stride
// where one is needed. @throws BadInput.
void check_request(const Request& request, const std::vector<const RunRecord*>& runs);

}  // namespace lumbarun::viz
