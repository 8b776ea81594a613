// A small run with general numbers in every array of the schema.
#pragma once

#include "sim/results/run_record.h"
#include "sim/results/schema.h"

namespace lumbarun::test {

// 5 times, 2 muscles, 3 coordinates, 2 bodies, 2 feet, 6 levels; the left foot is in flight at the last time.
RunRecord build_sample_record();

// A run that stopped in the planner: no time series, a metric that is not known.
RunRecord build_failed_record();

// What a file brings back of these values.
void round_as_stored(const results::ArrayField& field, std::vector<double>& values);

}  // namespace lumbarun::test
