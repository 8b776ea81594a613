#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/output_path.h"
#include "scenarios/validation/validation_report.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

struct ValidateOptions {
  std::string output, page, cases = get_validation_directory();
  bool json = false;
};

int validate(const ValidateOptions& options) {
  if (!options.output.empty()) check_output_path(options.output);
  if (!options.page.empty()) read_validation_page(options.page);  // refuses a page without marks
  Progress progress = Progress::for_terminal();
  const std::vector<ValidationResult> results = run_validation(options.cases, progress);
  const std::string text =
      options.json ? calc_validation_json(results) + "\n" : calc_validation_text(results);
  if (!options.page.empty()) update_validation_page(options.page, results);
  if (options.output.empty()) {
    fmt::print("{}", text);
  } else {
    std::ofstream stream(options.output, std::ios::binary | std::ios::trunc);
    stream << text;
    LUMBARUN_THROW_UNLESS(stream.flush(), "{}: cannot be written", options.output);
  }
  const bool has_failed = std::any_of(results.begin(), results.end(),
                                      [](const auto& r) { return r.verdict == Verdict::kFailed; });
  return has_failed ? kExitRunFailed : kExitOk;
}

}  // namespace

void add_validate_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<ValidateOptions>();
  const CommandLine command = app.add_subcommand(
      "validate", "Our numbers beside published measurements: inside or outside their bar");
  command.add_flag("--json", options->json, "Print as JSON");
  command.add_option("-o,--output", options->output, "Write to this file instead of standard output");
  command.add_option("--update", options->page, "Renew the tables of this page (docs/validation.md)");
  command.add_option("--cases", options->cases, "Folder with cases.csv and its scenarios")
      .capture_default_str();
  command.callback([options, &exit_code] { exit_code = validate(*options); });
}

}  // namespace lumbarun
