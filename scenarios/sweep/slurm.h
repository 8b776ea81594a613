// A sweep as a Slurm job array. Each element runs one shard with --resume, so that an element that is requeued, or runs out
// of time and is submitted again, goes on where it was; the merge job runs when all elements have ended, however they ended.
#pragma once

#include <string>
#include <vector>

namespace lumbarun {

struct SlurmJob {
  std::string sweep_path;  // absolute
  std::string folder;      // absolute
  int tasks = 10;
  int cpus = 1;
  std::string time = "01:00:00";
  std::string memory = "1G";  // per worker; a run takes near 300 MB
  std::vector<std::string> options;
};

struct SlurmScripts {
  std::string array;  // paths
  std::string merge;
};

// Into the folder. @throws BadInput if they cannot be written.
SlurmScripts write_slurm_scripts(const SlurmJob& job);

// Calls sbatch and returns the job's id. @throws BadInput with what sbatch said if it refuses.
std::string submit_slurm_script(const std::string& script, const std::string& dependency);

}  // namespace lumbarun
