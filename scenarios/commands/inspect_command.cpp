#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/summary.h"
#include "sim/results/run_reader.h"

namespace lumbarun {
namespace {

struct InspectOptions {
  std::string path;
  bool json = false;
  bool scenario = false;
};

int inspect(const InspectOptions& options) {
  const RunRecord record = read_run_file(options.path);
  if (options.scenario) {
    fmt::print("{}", record.header.scenario);
    return kExitOk;
  }
  const Summary summary = calc_summary(record);
  fmt::print("{}\n", options.json ? calc_summary_json(summary) : calc_summary_text(summary));
  return kExitOk;
}

}  // namespace

void add_inspect_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<InspectOptions>();
  const CommandLine command = app.add_subcommand("inspect", "Print the summary of a result file");
  command.add_option("file", options->path, "Result file (HDF5)").required();
  const CommandOption json = command.add_flag("--json", options->json, "Print the summary as JSON");
  command.add_flag("--scenario", options->scenario, "Print the resolved scenario (TOML) it was run with")
      .excludes(json);
  command.callback([options, &exit_code] { exit_code = inspect(*options); });
}

}  // namespace lumbarun
