#include <fmt/format.h>

#include <memory>

#include "scenarios/commands/commands.h"
#include "scenarios/key_listing.h"

namespace lumbarun {

void add_schema_command(CommandLine app, int& exit_code) {
  struct Options {
    bool json = false;
    bool markdown = false;
  };
  const auto options = std::make_shared<Options>();
  const CommandLine command =
      app.add_subcommand("schema", "List every scenario key: type, range, default, effect, source");
  const CommandOption json = command.add_flag("--json", options->json, "As JSON");
  command.add_flag("--markdown", options->markdown, "As the table of docs/scenario-keys.md").excludes(json);
  command.callback([options, &exit_code] {
    fmt::print("{}", options->json       ? calc_key_listing_json()
                     : options->markdown ? calc_key_listing_markdown()
                                         : calc_key_listing_text());
    exit_code = kExitOk;
  });
}

}  // namespace lumbarun
