#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <string>

#include "scenarios/commands/commands.h"
#include "scenarios/key_listing.h"
#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

int write_template(const std::string& path) {
  LUMBARUN_THROW_UNLESS(!std::filesystem::exists(path),
                        "{}: there is such a file already; init does not overwrite", path);
  write_whole_file(path, calc_scenario_template());
  fmt::print("wrote {}; change what you like and: lumbarun run {}\n", path, path);
  return kExitOk;
}

}  // namespace

void add_init_command(CommandLine app, int& exit_code) {
  const auto path = std::make_shared<std::string>("scenario.toml");
  const CommandLine command =
      app.add_subcommand("init", "Write a scenario file with every key, its unit, range and effect");
  command.add_option("file", *path, "File to write").capture_default_str();
  command.callback([path, &exit_code] { exit_code = write_template(*path); });
}

}  // namespace lumbarun
