#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/run_comparison.h"
#include "sim/results/run_reader.h"

namespace lumbarun {

void add_compare_command(CommandLine app, int& exit_code) {
  struct Options {
    std::string first;
    std::string second;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  const CommandLine command =
      app.add_subcommand("compare", "What differs between two results: scenario keys and metrics");
  command.add_option("a", options->first, "Result file (HDF5)").required();
  command.add_option("b", options->second, "Result file (HDF5)").required();
  command.add_flag("--json", options->json, "As JSON");
  command.callback([options, &exit_code] {
    const RunComparison comparison =
        calc_run_comparison(read_run_file(options->first), read_run_file(options->second));
    fmt::print("{}", options->json ? calc_comparison_json(comparison) : calc_comparison_text(comparison));
    exit_code = kExitOk;
  });
}

}  // namespace lumbarun
