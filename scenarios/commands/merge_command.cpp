#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/output_path.h"
#include "scenarios/sweep/merge.h"

namespace lumbarun {
namespace {

struct MergeOptions {
  std::string folder;
  std::string output = "sweep.h5";
};

int merge(const MergeOptions& options) {
  const Manifest manifest = Manifest::open(options.folder);
  check_output_path(options.output);
  const SweepResults results(manifest);
  merge_sweep(manifest, results, options.output);
  const auto counts = results.calc_counts();
  fmt::print(
      "wrote {}: {} scenarios ({} ok, {} ok with a warning, {} fell, {} failed, {} missing), {} bytes each\n",
      options.output, manifest.get_scenario_count(), counts[0], counts[1], counts[2], counts[3], counts[4],
      std::filesystem::file_size(options.output) / manifest.get_scenario_count());
  return counts[4] == 0 ? kExitOk : kExitRunFailed;
}

}  // namespace

void add_merge_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<MergeOptions>();
  const CommandLine command =
      app.add_subcommand("merge", "Join the results of a sweep into one file (exit 1: some are missing)");
  command.add_option("folder", options->folder, "Folder of the sweep").required();
  command.add_option("-o,--output", options->output, "Result file").capture_default_str();
  command.callback([options, &exit_code] { exit_code = merge(*options); });
}

}  // namespace lumbarun
