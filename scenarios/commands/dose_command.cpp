#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/commands/commands.h"
#include "scenarios/dose/dose_report.h"
#include "scenarios/dose/dose_runs.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

struct DoseOptions {
  std::vector<std::string> plans;
  std::string folder = "dose";
  bool dry_run = false;
  bool json = false;
};

struct ScheduledPlan {
  TrainingPlan plan;
  DoseSchedule schedule;
};

void print_dry_run(const ScheduledPlan& scheduled) {
  fmt::print("{}: {} sessions, {} runs, {} of them to be computed\n", scheduled.plan.title,
             scheduled.plan.sessions.size(), scheduled.schedule.runs.size(),
             count_missing_runs(scheduled.schedule));
  for (const DoseRun& run : scheduled.schedule.runs) {
    fmt::print("  {:<9} {}  {}\n", std::filesystem::exists(run.file) ? "there" : "to do", run.label,
               run.file);
  }
}

int run(const DoseOptions& options) {
  const std::filesystem::path folder(options.folder);
  LUMBARUN_THROW_UNLESS(!std::filesystem::exists(folder) || std::filesystem::is_directory(folder),
                        "-o {}: this is not a folder", options.folder);
  std::vector<ScheduledPlan> plans;  // all of them are checked before anything is computed
  for (const std::string& path : options.plans) {
    TrainingPlan plan = read_training_plan(path);
    DoseSchedule schedule = build_dose_schedule(plan, options.folder);
    plans.push_back({std::move(plan), std::move(schedule)});
  }
  std::vector<PlanDose> doses;
  for (ScheduledPlan& scheduled : plans) {
    if (options.dry_run) {
      print_dry_run(scheduled);
      continue;
    }
    load_dose_runs(scheduled.schedule);
    const std::string failed = calc_failed_runs(scheduled.schedule);
    if (!failed.empty()) {
      spdlog::error("{}: no dose, because these runs did not end ok:\n{}", scheduled.plan.path, failed);
      return kExitRunFailed;
    }
    doses.push_back(calc_plan_dose(std::move(scheduled.plan), std::move(scheduled.schedule)));
  }
  if (!options.dry_run) fmt::print("{}", options.json ? calc_dose_json(doses) : calc_dose_text(doses));
  return kExitOk;
}

}  // namespace

void add_dose_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<DoseOptions>();
  const CommandLine command = app.add_subcommand(
      "dose", "Load on the discs over a training plan: relative damage index per step, km, session, week");
  command.add_option("plan", options->plans, "Training plan (TOML); two are compared")
      .required()
      .expected(1, 2);
  command.add_option("-o,--output", options->folder, "Folder for the results of its runs")
      .capture_default_str();
  command.add_flag("--dry-run", options->dry_run, "List the runs it needs and stop");
  command.add_flag("--json", options->json, "As JSON");
  command.callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace lumbarun
