#pragma once

#include <string>

#include "sim/results/run_record.h"

namespace lumbarun {

// Reads what `write_run_file()` wrote.
//
// @throws BadInput  naming the file, and the path inside it, if it is missing, truncated, not HDF5, not a
// result
//                   file, of another schema version, or lacks a required group or dataset.
RunRecord read_run_file(const std::string& path);

}  // namespace lumbarun
