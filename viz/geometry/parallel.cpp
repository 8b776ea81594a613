#include "viz/geometry/parallel.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace lumbarun::viz {

void run_in_parallel(int count, const std::function<void(int)>& work) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  std::atomic<int> next{0};
  const auto take = [&] {
    for (int i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> helpers;
  for (int i = 1; i < std::min(cores, count); ++i) helpers.emplace_back(take);
  take();
}

}  // namespace lumbarun::viz
