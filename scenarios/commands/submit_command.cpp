#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/sweep/manifest.h"
#include "scenarios/sweep/slurm.h"
#include "scenarios/sweep/sweep_reader.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

struct SubmitOptions {
  std::string sweep_path;
  std::string folder;
  bool slurm = false;
  bool is_dry_run = false;
  SlurmJob job;
};

int submit(SubmitOptions& options) {
  LUMBARUN_THROW_UNLESS(options.slurm,
                        "submit: say --slurm; other schedulers take `lumbarun sweep … --shard k/N`");
  const SweepSpec spec = read_sweep(options.sweep_path);
  if (options.folder.empty())
    options.folder = std::filesystem::path(options.sweep_path).stem().string() + ".sweep";
  write_manifest(spec, options.folder);
  options.job.sweep_path = std::filesystem::absolute(options.sweep_path).string();
  options.job.folder = std::filesystem::absolute(options.folder).string();
  const SlurmScripts scripts = write_slurm_scripts(options.job);
  fmt::print("array script {}\nmerge script {}\n", scripts.array, scripts.merge);
  if (options.is_dry_run) return kExitOk;
  const std::string array = submit_slurm_script(scripts.array, "");
  const std::string merge = submit_slurm_script(scripts.merge, "afterany:" + array);
  fmt::print("array job {}\nmerge job {}\n", array, merge);
  return kExitOk;
}

}  // namespace

void add_submit_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<SubmitOptions>();
  const CommandLine command = app.add_subcommand("submit", "Hand a sweep to a cluster");
  command.add_option("sweep", options->sweep_path, "Sweep file (TOML)").required();
  command.add_flag("--slurm", options->slurm, "As a Slurm job array, and a job that merges when it is over");
  command.add_option("-o,--output", options->folder,
                     "Folder of the sweep, on a shared file system; default: NAME.sweep");
  command.add_option("--tasks", options->job.tasks, "Array elements").range(1, 100000).capture_default_str();
  command.add_option("--cpus", options->job.cpus, "Worker processes per element")
      .range(1, 1024)
      .capture_default_str();
  command.add_option("--time", options->job.time, "Time limit of an element, as Slurm takes it")
      .capture_default_str();
  command.add_option("--memory", options->job.memory, "Memory per worker, as Slurm takes it")
      .capture_default_str();
  command
      .add_option("--sbatch", options->job.options,
                  "Further line for sbatch, e.g. --sbatch=--partition=short; repeatable")
      .allow_extra_args(false);
  command.add_flag("--dry-run", options->is_dry_run, "Write the scripts, submit nothing");
  command.callback([options, &exit_code] { exit_code = submit(*options); });
}

}  // namespace lumbarun
