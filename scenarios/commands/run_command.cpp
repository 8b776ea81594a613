#include <fmt/format.h>

#include <memory>
#include <string>
#include <vector>

#include "scenarios/commands/commands.h"
#include "scenarios/json_text.h"
#include "scenarios/output_path.h"
#include "scenarios/pipeline.h"
#include "scenarios/scenario_io.h"
#include "scenarios/summary.h"
#include "sim/results/run_writer.h"

namespace lumbarun {
namespace {

struct RunOptions {
  std::string scenario_path;
  std::string output_path = "run.h5";
  std::vector<std::string> overrides;
  bool keep_all = false;
  bool json = false;
};

std::string calc_report_json(const Summary& summary, const RunOptions& options, const Progress& progress) {
  JsonMembers seconds;
  for (const Progress::StageTime& stage : progress.get_stage_times()) {
    seconds.emplace_back(stage.name, calc_json(stage.seconds));
  }
  return calc_json_object({{"file", calc_json(options.output_path)},
                           {"stage_seconds", calc_json_object(seconds)},
                           {"summary", calc_summary_json(summary)}});
}

std::string calc_report_text(const Summary& summary, const RunOptions& options, const Progress& progress) {
  std::string text = calc_summary_text(summary) + "\n";
  for (const Progress::StageTime& stage : progress.get_stage_times()) {
    text += fmt::format("{:<28} {:>8.2f} s\n", stage.name, stage.seconds);
  }
  return text + fmt::format("wrote {}", options.output_path);
}

int run(const RunOptions& options) {
  std::vector<std::string> overrides = options.overrides;
  if (options.keep_all) overrides.push_back("output.keep_all=true");
  const Scenario scenario = read_scenario(options.scenario_path, overrides);
  check_output_path(options.output_path);

  Progress progress = Progress::for_terminal();
  const RunRecord record = run_scenario(scenario, progress);
  progress.begin_stage("write");
  write_run_file(record, options.output_path);
  progress.finish();

  const Summary summary = calc_summary(record);
  fmt::print("{}\n", options.json ? calc_report_json(summary, options, progress)
                                  : calc_report_text(summary, options, progress));
  return record.header.status.starts_with("ok") ? kExitOk : kExitRunFailed;
}

}  // namespace

void add_run_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<RunOptions>();
  const CommandLine command =
      app.add_subcommand("run", "Run one scenario: plan, simulate, share, loads, result file");
  command.add_option("scenario", options->scenario_path, "Scenario file (TOML)").required();
  command.add_option("-o,--output", options->output_path, "Result file").capture_default_str();
  command
      .add_option("--set", options->overrides,
                  "Override one key, e.g. --set stride.speed_m_s=3.5; repeatable")
      .type_name("KEY=VALUE")
      .allow_extra_args(false);
  command.add_flag("--keep-all", options->keep_all, "Store every simulated stride (output.keep_all)");
  command.add_flag("--json", options->json, "Print the summary as JSON");
  command.callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace lumbarun
