#include "scenarios/presets.h"

#include <cstdlib>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

std::string calc_path(const std::string& group) { return get_models_directory() + "/" + group + "s.toml"; }

bool is_description(const ScenarioEntry& entry) {
  return entry.name.ends_with(".description") || entry.name.ends_with(".source");
}

}  // namespace

std::string get_models_directory() {
  const char* directory = std::getenv("LUMBARUN_DATA_DIR");
  return directory != nullptr ? directory : LUMBARUN_MODELS_DIR;
}

std::vector<std::string> read_preset_names(const std::string& group) {
  return read_table_names(calc_path(group));
}

std::vector<ScenarioEntry> read_preset(const std::string& group, const std::string& name) {
  std::vector<ScenarioEntry> entries = read_named_table(calc_path(group), name, group);
  std::erase_if(entries, is_description);
  return entries;
}

}  // namespace lumbarun
