// The subcommands of `lumbarun`. Each adds itself to the command line and, when called, leaves its exit code.
#pragma once

#include "scenarios/commands/command_line.h"

#include "scenarios/exit_code.h"

namespace lumbarun {

void add_run_command(CommandLine app, int& exit_code);
void add_inspect_command(CommandLine app, int& exit_code);
void add_schema_command(CommandLine app, int& exit_code);
void add_model_command(CommandLine app, int& exit_code);
void add_render_command(CommandLine app, int& exit_code);
void add_sweep_command(CommandLine app, int& exit_code);
void add_sweep_worker_command(CommandLine app, int& exit_code);
void add_status_command(CommandLine app, int& exit_code);
void add_merge_command(CommandLine app, int& exit_code);
void add_report_command(CommandLine app, int& exit_code);
void add_dose_command(CommandLine app, int& exit_code);
void add_compare_command(CommandLine app, int& exit_code);
void add_export_command(CommandLine app, int& exit_code);
void add_init_command(CommandLine app, int& exit_code);
void add_submit_command(CommandLine app, int& exit_code);
void add_validate_command(CommandLine app, int& exit_code);

}  // namespace lumbarun
