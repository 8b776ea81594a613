#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/commands/commands.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

// Becomes lumbarun-viz, which stands beside this program: a computing machine needs neither VTK nor X11.
void hand_over(std::vector<std::string> words) {
  const std::filesystem::path program =
      std::filesystem::read_symlink("/proc/self/exe").parent_path() / "lumbarun-viz";
  words.insert(words.begin(), program.string());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  execv(program.c_str(), arguments.data());
  throw BadInput(
      fmt::format("render needs {}, which cannot be started: {}", program.string(), std::strerror(errno)));
}

}  // namespace

void add_render_command(CommandLine app, int& exit_code) {
  const CommandLine command = app.add_subcommand("render", "Draw a result file (hands over to lumbarun-viz)");
  command.take_all_arguments();
  command.callback([command, &exit_code] {
    hand_over(command.remaining());
    exit_code = kExitOurBug;
  });
}

}  // namespace lumbarun
