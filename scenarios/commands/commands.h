// The subcommands of `lumbarun`. Each adds itself to the command line and, when called, leaves its exit code.
#pragma once

#include <CLI/CLI.hpp>

namespace lumbarun {

// DESIGN: one meaning per exit code, the same for every command.
enum ExitCode : int {
  kExitOk = 0,
  kExitRunFailed = 1,  // the run fell or failed; its file is written and says why
  kExitBadInput = 2,   // nothing was written
  kExitOurBug = 3,
};

void add_run_command(CLI::App& app, int& exit_code);
void add_inspect_command(CLI::App& app, int& exit_code);
void add_schema_command(CLI::App& app, int& exit_code);
void add_model_command(CLI::App& app, int& exit_code);
void add_render_command(CLI::App& app, int& exit_code);

}  // namespace lumbarun
