#include "scenarios/commands/command_line.h"

#include <CLI/CLI.hpp>

namespace lumbarun {

CommandOption CommandOption::required() const { return CommandOption(option_->required()); }

CommandOption CommandOption::expected(int least, int most) const {
  return CommandOption(option_->expected(least, most));
}

CommandOption CommandOption::capture_default_str() const {
  return CommandOption(option_->capture_default_str());
}

CommandOption CommandOption::type_name(const std::string& name) const {
  return CommandOption(option_->type_name(name));
}

CommandOption CommandOption::allow_extra_args(bool allow) const {
  return CommandOption(option_->allow_extra_args(allow));
}

CommandOption CommandOption::excludes(CommandOption other) const {
  return CommandOption(option_->excludes(other.option_));
}

CommandOption CommandOption::range(int low, int high) const {
  return CommandOption(option_->check(CLI::Range(low, high)));
}

CommandOption CommandOption::range(double low, double high) const {
  return CommandOption(option_->check(CLI::Range(low, high)));
}

std::size_t CommandOption::count() const { return option_->count(); }

CommandLine CommandLine::add_subcommand(const std::string& name, const std::string& help) const {
  return CommandLine(app_->add_subcommand(name, help));
}

CommandOption CommandLine::add_option(const std::string& name, std::string& value,
                                      const std::string& help) const {
  return CommandOption(app_->add_option(name, value, help));
}

CommandOption CommandLine::add_option(const std::string& name, std::vector<std::string>& values,
                                      const std::string& help) const {
  return CommandOption(app_->add_option(name, values, help));
}

CommandOption CommandLine::add_option(const std::string& name, int& value, const std::string& help) const {
  return CommandOption(app_->add_option(name, value, help));
}

CommandOption CommandLine::add_option(const std::string& name, std::uint64_t& value,
                                      const std::string& help) const {
  return CommandOption(app_->add_option(name, value, help));
}

CommandOption CommandLine::add_option(const std::string& name, std::optional<double>& value,
                                      const std::string& help) const {
  return CommandOption(app_->add_option(name, value, help));
}

CommandOption CommandLine::add_flag(const std::string& name, bool& value, const std::string& help) const {
  return CommandOption(app_->add_flag(name, value, help));
}

void CommandLine::callback(std::function<void()> run) const { app_->callback(std::move(run)); }

void CommandLine::group(const std::string& name) const { app_->group(name); }

void CommandLine::take_all_arguments() const {
  app_->prefix_command();
  app_->set_help_flag();
}

std::vector<std::string> CommandLine::remaining() const { return app_->remaining(); }

}  // namespace lumbarun
