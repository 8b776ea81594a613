#pragma once

#include <string>

#include "sim/results/run_record.h"

namespace lumbarun {

// Writes `record` as one HDF5 file that is also valid netCDF-4 (layout: `sim/results/schema.h`).
//
// The bytes go to `<path>.tmp`, are flushed to disk and renamed, so no half file ever has the final
// name; the temporary file is removed if anything goes wrong. The same record gives the same bytes.
//
// @throws BadInput      if the file cannot be created or renamed.
// @throws LogicFailure  if the record is inconsistent: wrong array size, missing array, NaN where none is
// allowed.
void write_run_file(const RunRecord& record, const std::string& path);

}  // namespace lumbarun
