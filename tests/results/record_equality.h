// Bitwise comparison of two runs, with NaN equal to NaN.
#pragma once

#include <string>

#include "sim/results/run_record.h"

namespace lumbarun::test {

// Empty if the runs are the same, else the first thing that differs.
std::string find_difference(const RunRecord& a, const RunRecord& b);

}  // namespace lumbarun::test
