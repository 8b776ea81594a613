#include "scenarios/presets.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include "scenarios/sweep/safe_file.h"
#include "sim/core/contracts.h"

namespace lumbarun {

namespace fs = std::filesystem;

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

const GaitNorm& get_gait_norm() {
  static std::mutex mutex;
  static std::map<std::string, GaitNorm> norms;  // by directory
  const std::lock_guard lock(mutex);
  const std::string directory = get_models_directory();
  const auto known = norms.find(directory);
  if (known != norms.end()) return known->second;
  return norms.emplace(directory, GaitNorm::read(std::filesystem::path(directory) / "gaits")).first->second;
}

std::vector<std::string> read_preset_names(const std::string& group) {
  return read_table_names(calc_path(group));
}

std::vector<ScenarioEntry> read_preset(const std::string& group, const std::string& name) {
  std::vector<ScenarioEntry> entries = read_named_table(calc_path(group), name, group);
  std::erase_if(entries, is_description);
  return entries;
}

std::string calc_tables_hash() {
  std::vector<std::string> paths;
  for (const auto& entry : fs::recursive_directory_iterator(get_models_directory())) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".csv" || extension == ".toml") paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  std::string hash;
  for (const std::string& path : paths) {
    std::ifstream stream(path, std::ios::binary);
    hash = calc_text_hash(std::string(std::istreambuf_iterator<char>(stream), {}), hash);
  }
  return hash;
}

}  // namespace lumbarun
