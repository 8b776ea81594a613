#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/report/sweep_report.h"

namespace lumbarun {

void add_report_command(CommandLine app, int& exit_code) {
  struct Options {
    std::string path;
    std::string folder = "report";
  };
  const auto options = std::make_shared<Options>();
  const CommandLine command = app.add_subcommand("report", "Tables, pictures and one HTML page of a sweep");
  command.add_option("file", options->path, "Merged sweep (HDF5)").required();
  command.add_option("-o,--output", options->folder, "Folder for the report").capture_default_str();
  command.callback([options, &exit_code] {
    const auto files = write_sweep_report(read_sweep_data(options->path), options->folder);
    fmt::print("wrote {} files into {}; begin with {}/report.html\n", files.size(), options->folder,
               options->folder);
    exit_code = kExitOk;
  });
}

}  // namespace lumbarun
