// The `lumbarun` command. Results go to standard output, everything else to standard error.
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <CLI/CLI.hpp>

#include <csignal>

#include "scenarios/commands/commands.h"
#include "scenarios/version.h"
#include "sim/core/errors.h"

namespace lumbarun {
namespace {

int run_command_line(int argc, char** argv) {
  CLI::App app("What does this way of running do to this lumbar spine?", "lumbarun");
  app.set_version_flag("--version", "lumbarun " + get_program_version() + " (" + get_git_hash() + ")");
  app.require_subcommand(1);
  const CommandLine commands(&app);
  int exit_code = kExitOurBug;
  add_run_command(commands, exit_code);
  add_inspect_command(commands, exit_code);
  add_schema_command(commands, exit_code);
  add_model_command(commands, exit_code);
  add_render_command(commands, exit_code);
  add_sweep_command(commands, exit_code);
  add_sweep_worker_command(commands, exit_code);
  add_status_command(commands, exit_code);
  add_merge_command(commands, exit_code);
  add_submit_command(commands, exit_code);
  add_report_command(commands, exit_code);
  add_dose_command(commands, exit_code);
  add_compare_command(commands, exit_code);
  add_export_command(commands, exit_code);
  add_init_command(commands, exit_code);
  add_validate_command(commands, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitBadInput;
  }
  return exit_code;
}

int run_guarded(int argc, char** argv) {
  try {
    return run_command_line(argc, argv);
  } catch (const BadInput& error) {
    spdlog::error("{}", error.what());
    return kExitBadInput;
  } catch (const std::exception& error) {
    spdlog::critical("{}", error.what());
    return kExitOurBug;
  }
}

}  // namespace
}  // namespace lumbarun

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a limit of file sizes then is an error that can be told
  spdlog::set_default_logger(spdlog::stderr_color_st("lumbarun"));
  spdlog::set_pattern("lumbarun: %^%l%$: %v");
  return lumbarun::run_guarded(argc, argv);
}
