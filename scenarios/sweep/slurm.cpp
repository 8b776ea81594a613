#include "scenarios/sweep/slurm.h"

#include <fmt/format.h>
#include <sys/wait.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <filesystem>

#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

std::string get_program_path() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

// Options that both scripts begin with.
std::string calc_begin(const SlurmJob& job, const std::string& name) {
  std::string text = fmt::format("#!/bin/sh\n#SBATCH --job-name={}\n", name);
  for (const std::string& option : job.options) text += fmt::format("#SBATCH {}\n", option);
  return text;
}

std::string calc_array_script(const SlurmJob& job) {
  return calc_begin(job, "lumbarun") +
         fmt::format(
             "#SBATCH --array=1-{tasks}\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task={cpus}\n#SBATCH "
             "--time={time}\n"
             "#SBATCH --mem-per-cpu={memory}\n#SBATCH --requeue\n#SBATCH --open-mode=append\n"
             "#SBATCH --output={output}\n"
             "# Two minutes before the time limit the shard is told to finish the scenario it is at.\n"
             "#SBATCH --signal=B:TERM@120\n\n"
             "# Parallel file systems without locks: results are in files of one writer each.\n"
             "export HDF5_USE_FILE_LOCKING=FALSE\n"
             "exec {program} sweep {sweep} -o {folder} -j {cpus} --shard \"$SLURM_ARRAY_TASK_ID/{tasks}\" "
             "--resume\n",
             fmt::arg("tasks", job.tasks), fmt::arg("cpus", job.cpus), fmt::arg("time", job.time),
             fmt::arg("memory", job.memory), fmt::arg("output", job.folder + "/slurm-%A_%a.log"),
             fmt::arg("program", calc_shell_word(get_program_path())),
             fmt::arg("sweep", calc_shell_word(job.sweep_path)),
             fmt::arg("folder", calc_shell_word(job.folder)));
}

std::string calc_merge_script(const SlurmJob& job) {
  return calc_begin(job, "lumbarun-merge") +
         fmt::format(
             "#SBATCH --ntasks=1\n#SBATCH --time={time}\n#SBATCH --mem=1G\n#SBATCH --output={output}\n\n"
             "export HDF5_USE_FILE_LOCKING=FALSE\n{program} status {folder}\n"
             "exec {program} merge {folder} -o {result}\n",
             fmt::arg("time", job.time), fmt::arg("output", job.folder + "/slurm-merge-%j.log"),
             fmt::arg("program", calc_shell_word(get_program_path())),
             fmt::arg("folder", calc_shell_word(job.folder)),
             fmt::arg("result", calc_shell_word(job.folder + "/sweep.h5")));
}

// Standard output and error of a shell command, and whether it ended well.
bool run_shell(const std::string& command, std::string& output) {
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return false;
  for (char block[512]; std::fgets(block, sizeof block, pipe) != nullptr;) output += block;
  const int status = pclose(pipe);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

SlurmScripts write_slurm_scripts(const SlurmJob& job) {
  const SlurmScripts scripts = {job.folder + "/array.sbatch", job.folder + "/merge.sbatch"};
  write_whole_file(scripts.array, calc_array_script(job));
  write_whole_file(scripts.merge, calc_merge_script(job));
  return scripts;
}

std::string submit_slurm_script(const std::string& script, const std::string& dependency) {
  std::string output;
  const bool is_accepted =
      run_shell("sbatch --parsable " + (dependency.empty() ? "" : "--dependency=" + dependency + " ") +
                    calc_shell_word(script),
                output);
  std::string id = output.substr(0, output.find_first_of(";\n"));  // "id;cluster"
  const bool is_id =
      !id.empty() && std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isdigit(c); });
  LUMBARUN_THROW_UNLESS(is_accepted && is_id, "sbatch did not take {}: {}", script, output);
  return id;
}

}  // namespace lumbarun
