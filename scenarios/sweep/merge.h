// Journals to one sweep.h5.
#pragma once

#include <string>

#include "scenarios/sweep/sweep_results.h"

namespace lumbarun {

// The same results give the same bytes, in whatever order, by however many workers and shards they came. Scenarios without a
// result are there with the status "missing" and undefined numbers. Memory: a few blocks of scenarios, and the index of
// `results`.
// @throws BadInput if the file cannot be written.
void merge_sweep(const Manifest& manifest, const SweepResults& results, const std::string& path);

}  // namespace lumbarun
