#include "scenarios/dose/dose_runs.h"

#include <fmt/format.h>

#include <filesystem>

#include "scenarios/dose/run_steps.h"
#include "scenarios/pipeline.h"
#include "sim/results/run_reader.h"
#include "sim/results/run_writer.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

bool is_missing(const DoseRun& run) { return run.scenario && !fs::exists(run.file); }

RunRecord fetch(const DoseRun& run, const std::string& place, Progress& outer) {
  if (!is_missing(run)) return read_run_file(run.file);
  outer.begin_stage(fmt::format("{}: {}", place, run.label));
  fs::create_directories(fs::path(run.file).parent_path());
  Progress silent;
  RunRecord record = run_scenario(*run.scenario, silent);
  write_run_file(record, run.file);
  outer.finish();
  return record;
}

bool is_ok(const DoseRun& run) { return run.status.starts_with("ok"); }

}  // namespace

std::size_t count_missing_runs(const DoseSchedule& schedule) {
  std::size_t count = 0;
  for (const DoseRun& run : schedule.runs) count += is_missing(run) ? 1 : 0;
  return count;
}

void load_dose_runs(DoseSchedule& schedule) {
  Progress progress = Progress::for_terminal();
  const std::size_t missing = count_missing_runs(schedule);
  std::size_t number = 0;
  for (DoseRun& run : schedule.runs) {
    if (is_missing(run)) ++number;
    const RunRecord record = fetch(run, fmt::format("run {} of {}", number, missing), progress);
    run.status = record.header.status;
    run.speed_m_s = record.header.speed_m_s;
    if (is_ok(run)) run.steps = calc_run_steps(record, run.file);
  }
}

std::string calc_failed_runs(const DoseSchedule& schedule) {
  std::string text;
  for (const DoseRun& run : schedule.runs) {
    if (!is_ok(run)) text += fmt::format("{}: {} ({})\n", run.label, run.status, run.file);
  }
  return text;
}

}  // namespace lumbarun
