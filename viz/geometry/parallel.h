// A loop on all cores.
#pragma once

#include <functional>

namespace lumbarun::viz {

// Calls `work(i)` for i = 0 … count − 1, each once, in any order; returns when all are done.
void run_in_parallel(int count, const std::function<void(int)>& work);

}  // namespace lumbarun::viz
