// The parent of a sweep: hands scenarios to worker processes, one at a time, and outlives their deaths.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/sweep/manifest.h"
#include "scenarios/sweep/sweep_results.h"

namespace lumbarun {

struct SweepOptions {
  int jobs = 1;
  int shard = 1;  // this one of shard_count: the scenarios shard − 1, shard − 1 + shard_count, …
  int shard_count = 1;
  bool is_resume = false;
  bool is_retry_failed = false;
  std::optional<std::uint64_t> shuffle_seed;
};

struct SweepWork {
  std::size_t index = 0;
  std::uint32_t attempt = 1;
};

// What this shard still has to do, in order.
std::vector<SweepWork> calc_sweep_work(const SweepResults& results, std::size_t scenario_count,
                                       const SweepOptions& options);

// Runs what is left. Returns the exit code: 0 when every scenario of the shard has a result, whatever it is; 75 when it was
// interrupted or the disk is full.
// @throws BadInput if the folder cannot be written, or another process is at this shard.
int run_sweep(const Manifest& manifest, const SweepOptions& options);

}  // namespace lumbarun
