#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "scenarios/commands/commands.h"
#include "scenarios/scenario_io.h"
#include "scenarios/scenario_model.h"
#include "scenarios/sweep/sweep_design.h"
#include "scenarios/sweep/sweep_progress.h"
#include "scenarios/sweep/sweep_reader.h"
#include "scenarios/sweep/sweep_runner.h"
#include "scenarios/sweep/sweep_worker.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

// Of scenarios/examples/easy_run.toml on one core of a 2020s server, everything else at rest; for --dry-run.
constexpr double kSecondsPerRun = 8.0;

struct SweepCommandOptions {
  std::string sweep_path;
  std::string folder;
  std::string shard = "1/1";
  SweepOptions sweep;
  std::uint64_t shuffle_seed = 0;
  bool is_dry_run = false;
};

void read_shard(const std::string& text, SweepOptions& options) {
  const std::size_t slash = text.find('/');
  const auto is_number = [](const std::string& word) {
    return !word.empty() && word.size() < 9 && word.find_first_not_of("0123456789") == std::string::npos;
  };
  const bool is_pair =
      slash != std::string::npos && is_number(text.substr(0, slash)) && is_number(text.substr(slash + 1));
  if (is_pair) {
    options.shard = std::stoi(text.substr(0, slash));
    options.shard_count = std::stoi(text.substr(slash + 1));
  }
  LUMBARUN_THROW_UNLESS(is_pair && options.shard >= 1 && options.shard <= options.shard_count,
                        "--shard {}: expected k/N with 1 ≤ k ≤ N", text);
}

int tell_plan(const SweepSpec& spec, const SweepCommandOptions& options) {
  const SweepDesign design(spec);
  const auto count = design.get_scenario_count();
  const double seconds = spec.synthetic.model.empty() ? kSecondsPerRun : spec.synthetic.work_ms / 1000;
  const int workers = options.sweep.jobs * options.sweep.shard_count;
  fmt::print("{}\n{} scenarios, design {}\n", spec.title, count, get_design_name(spec.design.kind));
  for (const SweepAxisSpec& axis : spec.axes) {
    const int levels = axis.get_level_count();
    const std::string values =
        axis.distribution && levels == 0
            ? fmt::format("{:g} … {:g}", axis.distribution->min, axis.distribution->max)
            : fmt::format("{} levels", levels);
    fmt::print("  {:<40} {}{}\n", axis.name, values, axis.is_crossed ? ", crossed" : "");
  }
  if (spec.female_share) fmt::print("  virtual population: sex, height, mass, strength, lordosis\n");
  fmt::print("about {} at {:g} s each with {} worker{} (an estimate)\n",
             calc_duration_text(static_cast<double>(count) * seconds / workers), seconds, workers,
             workers == 1 ? "" : "s");
  return kExitOk;
}

int sweep(SweepCommandOptions& options) {
  read_shard(options.shard, options.sweep);
  const SweepSpec spec = read_sweep(options.sweep_path);
  if (options.is_dry_run) return tell_plan(spec, options);
  if (options.folder.empty())
    options.folder = std::filesystem::path(options.sweep_path).stem().string() + ".sweep";
  // Unreadable tables, or an impossible person in the base, would fail every scenario: say so now.
  if (spec.synthetic.model.empty()) build_scenario_model(resolve_scenario(spec.base));
  write_manifest(spec, options.folder);
  const Manifest manifest = Manifest::open(options.folder);
  const int code = run_sweep(manifest, options.sweep);
  if (code == kExitOk) fmt::print("lumbarun merge {} -o sweep.h5\n", options.folder);
  return code;
}

}  // namespace

void add_sweep_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<SweepCommandOptions>();
  const CommandLine command =
      app.add_subcommand("sweep", "Run many scenarios: designs over scenario keys, resumable");
  command.add_option("sweep", options->sweep_path, "Sweep file (TOML)").required();
  command.add_option("-o,--output", options->folder, "Folder of the sweep; default: NAME.sweep");
  options->sweep.jobs = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  command.add_option("-j,--jobs", options->sweep.jobs, "Worker processes")
      .range(1, 4096)
      .capture_default_str();
  command.add_option("--shard", options->shard, "Only every N-th scenario, from the k-th").type_name("k/N");
  command.add_flag("--resume", options->sweep.is_resume, "Go on with a sweep that was interrupted");
  command.add_flag("--retry-failed", options->sweep.is_retry_failed,
                   "Go on, and do again what fell or failed");
  command.add_flag("--dry-run", options->is_dry_run,
                   "Say how many scenarios there are, and how long they may take");
  const CommandOption shuffle = command
                                    .add_option("--shuffle", options->shuffle_seed,
                                                "Run in the random order of this seed; results are the same")
                                    .type_name("SEED");
  command.callback([options, shuffle, &exit_code] {
    if (shuffle.count() > 0) options->sweep.shuffle_seed = options->shuffle_seed;
    exit_code = sweep(*options);
  });
}

void add_sweep_worker_command(CommandLine app, int& exit_code) {
  struct Options {
    std::string folder;
    std::string journal;
  };
  const auto options = std::make_shared<Options>();
  const CommandLine command = app.add_subcommand("sweep-worker", "Started by `sweep` only");
  command.group("");
  command.add_option("folder", options->folder).required();
  command.add_option("journal", options->journal).required();
  command.callback(
      [options, &exit_code] { exit_code = run_sweep_worker(options->folder, options->journal); });
}

}  // namespace lumbarun
