#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/commands/commands.h"
#include "scenarios/model_listing.h"
#include "scenarios/scenario_io.h"

namespace lumbarun {
namespace {

struct ModelOptions {
  std::string scenario_path, csv_folder;
  std::vector<std::string> overrides, pose;
  std::optional<double> preload_n;
  bool json = false;
};

int print_model(const ModelOptions& options) {
  const Scenario scenario = options.scenario_path.empty()
                                ? parse_scenario("", "defaults", options.overrides)
                                : read_scenario(options.scenario_path, options.overrides);
  std::vector<PoseValue> pose;
  for (const std::string& text : options.pose) pose.push_back(parse_pose_value(text));
  const ModelReport report = calc_model_report(build_scenario_model(scenario, options.preload_n), pose);
  if (!options.csv_folder.empty()) {
    write_model_csv(report, options.csv_folder);
  } else if (options.json) {
    fmt::print("{}\n", calc_model_json(report));
  } else {
    fmt::print("{}", calc_model_text(report));
  }
  return kExitOk;
}

}  // namespace

void add_model_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<ModelOptions>();
  const CommandLine command =
      app.add_subcommand("model", "Print the built runner: bodies, coordinates, discs, muscles");
  command.add_option("scenario", options->scenario_path, "Scenario file (TOML); left out: all defaults");
  command.add_option("--set", options->overrides, "Override one key; repeatable")
      .type_name("KEY=VALUE")
      .allow_extra_args(false);
  command.add_option("--pose", options->pose, "Value of a coordinate, deg or m, 0 where left out; repeatable")
      .type_name("COORDINATE=VALUE")
      .allow_extra_args(false);
  command
      .add_option("--preload", options->preload_n,
                  "Frozen preload of every disc, N; left out: condition.disc_preload_n")
      .range(0.0, 5000.0);
  const CommandOption json = command.add_flag("--json", options->json, "Print as JSON");
  command.add_option("--csv", options->csv_folder, "Write one CSV file per table into this folder")
      .excludes(json);
  command.callback([options, &exit_code] { exit_code = print_model(*options); });
}

}  // namespace lumbarun
