#include <fmt/format.h>

#include <memory>
#include <optional>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/json_text.h"
#include "scenarios/sweep/sweep_progress.h"
#include "scenarios/sweep/sweep_results.h"

namespace lumbarun {
namespace {

struct StatusOptions {
  std::string folder;
  bool json = false;
};

// The last scenario, by number, that fell or failed.
std::optional<std::size_t> find_failure(const Manifest& manifest, const SweepResults& results) {
  for (std::size_t i = manifest.get_scenario_count(); i > 0; --i) {
    if (results.is_done(i - 1) && is_failure(results.get_code(i - 1))) return i - 1;
  }
  return {};
}

int tell_status(const StatusOptions& options) {
  const Manifest manifest = Manifest::open(options.folder);
  const SweepResults results(manifest);
  const auto counts = results.calc_counts();
  const auto failure = find_failure(manifest, results);
  const std::string failed_status = failure ? results.read(*failure)->row.status : "";
  const std::string command = failure ? manifest.calc_command(*failure) : "";
  if (options.json) {
    const auto count = [&](SweepStatus code) {
      return fmt::format("{}", counts[static_cast<std::size_t>(code)]);
    };
    fmt::print("{}\n", calc_json_object({{"title", calc_json(manifest.get_spec().title)},
                                         {"scenarios", fmt::format("{}", manifest.get_scenario_count())},
                                         {"ok", count(SweepStatus::kOk)},
                                         {"warning", count(SweepStatus::kWarning)},
                                         {"fell", count(SweepStatus::kFell)},
                                         {"failed", count(SweepStatus::kFailed)},
                                         {"left", count(SweepStatus::kMissing)},
                                         {"repeated", fmt::format("{}", results.get_repeated_count())},
                                         {"journals", fmt::format("{}", results.get_journal_count())},
                                         {"journal_bytes", fmt::format("{}", results.get_journal_bytes())},
                                         {"damaged_bytes", fmt::format("{}", results.get_damaged_bytes())},
                                         {"mean_seconds", calc_json(results.get_mean_seconds())},
                                         {"last_failure", calc_json(failed_status)},
                                         {"last_failure_command", calc_json(command)}}));
    return kExitOk;
  }
  fmt::print("{}\n{} scenarios: {} ok, {} ok with a warning, {} fell, {} failed, {} left\n",
             manifest.get_spec().title, manifest.get_scenario_count(), counts[0], counts[1], counts[2],
             counts[3], counts[4]);
  fmt::print("{} journals, {:.1f} MB, {} results done twice, {} bytes incomplete or damaged (left out)\n",
             results.get_journal_count(), 1e-6 * static_cast<double>(results.get_journal_bytes()),
             results.get_repeated_count(), results.get_damaged_bytes());
  fmt::print("{:.3g} s per scenario, {} of work left\n", results.get_mean_seconds(),
             calc_duration_text(results.get_mean_seconds() * static_cast<double>(counts[4])));
  if (failure) fmt::print("last failure: scenario {}: {}\n  repeat: {}\n", *failure, failed_status, command);
  return kExitOk;
}

}  // namespace

void add_status_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<StatusOptions>();
  const CommandLine command = app.add_subcommand("status", "How far a sweep is");
  command.add_option("folder", options->folder, "Folder of the sweep").required();
  command.add_flag("--json", options->json, "As JSON");
  command.callback([options, &exit_code] { exit_code = tell_status(*options); });
}

}  // namespace lumbarun
