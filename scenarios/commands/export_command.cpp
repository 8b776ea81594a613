#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/run_export.h"
#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"
#include "sim/results/run_reader.h"

namespace lumbarun {
namespace {

struct ExportOptions {
  std::string path;
  std::string output;  // begin of the names
  bool sto = false;
  bool csv = false;
};

int export_run(const ExportOptions& options) {
  LUMBARUN_THROW_UNLESS(options.sto != options.csv, "export: say either --sto or --csv");
  const RunRecord record = read_run_file(options.path);
  const std::string begin = options.output.empty()
                                ? std::filesystem::path(options.path).replace_extension().string()
                                : options.output;
  const auto tables = calc_export_tables(record);
  LUMBARUN_THROW_UNLESS(!tables.empty(), "{}: this run has no time series to export: {}", options.path,
                        record.header.status);
  for (const ExportTable& table : tables) {
    const char* extension = options.csv                                        ? "csv"
                            : table.name == "motion" || table.name == "ground" ? "mot"
                                                                               : "sto";
    const std::string path = fmt::format("{}_{}.{}", begin, table.name, extension);
    write_whole_file(path, options.csv ? calc_csv_text(table) : calc_storage_text(table));
    fmt::print("wrote {}: {} rows, {} columns\n", path, table.time.size(), table.columns.size() + 1);
  }
  return kExitOk;
}

}  // namespace

void add_export_command(CommandLine app, int& exit_code) {
  const auto options = std::make_shared<ExportOptions>();
  const CommandLine command =
      app.add_subcommand("export", "Write motion, ground forces, disc loads and muscle forces as tables");
  command.add_option("file", options->path, "Result file (HDF5)").required();
  command.add_option("-o,--output", options->output, "Begin of the file names; default: that of the file");
  command.add_flag("--sto", options->sto, "OpenSim storage files (.mot, .sto)");
  command.add_flag("--csv", options->csv, "Comma separated, units in the names of the columns");
  command.callback([options, &exit_code] { exit_code = export_run(*options); });
}

}  // namespace lumbarun
