// The part of CLI11 that our commands use. Its header takes ten seconds to compile wherever an option is defined; behind this
// one it is compiled once. Names and meaning are those of CLI11; handles are cheap copies.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lumbarun {

class CommandOption {
 public:
  explicit CommandOption(CLI::Option* option) : option_(option) {}

  CommandOption required() const;
  CommandOption expected(int least, int most) const;
  CommandOption capture_default_str() const;
  CommandOption type_name(const std::string& name) const;
  CommandOption allow_extra_args(bool allow) const;
  CommandOption excludes(CommandOption other) const;
  CommandOption range(int low, int high) const;
  CommandOption range(double low, double high) const;
  std::size_t count() const;

 private:
  CLI::Option* option_;
};

class CommandLine {
 public:
  explicit CommandLine(CLI::App* app) : app_(app) {}

  CommandLine add_subcommand(const std::string& name, const std::string& help) const;
  CommandOption add_option(const std::string& name, std::string& value, const std::string& help = "") const;
  CommandOption add_option(const std::string& name, std::vector<std::string>& values,
                           const std::string& help) const;
  CommandOption add_option(const std::string& name, int& value, const std::string& help) const;
  CommandOption add_option(const std::string& name, std::uint64_t& value, const std::string& help) const;
  CommandOption add_option(const std::string& name, std::optional<double>& value,
                           const std::string& help) const;
  CommandOption add_flag(const std::string& name, bool& value, const std::string& help) const;

  void callback(std::function<void()> run) const;
  void group(const std::string& name) const;
  // Everything after this command is left over for remaining(), "--help" too.
  void take_all_arguments() const;
  std::vector<std::string> remaining() const;

 private:
  CLI::App* app_;
};

}  // namespace lumbarun
