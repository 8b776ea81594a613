#include "scenarios/sweep/manifest.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include "scenarios/scenario_io.h"
#include "scenarios/sweep/safe_file.h"
#include "scenarios/toml_node.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

std::vector<std::string> read_words(const toml::table& table, const char* key) {
  std::vector<std::string> words;
  if (const toml::array* list = table[key].as_array()) {
    for (const toml::node& item : *list) words.push_back(item.value_or(std::string()));
  }
  return words;
}

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
  if (line.ends_with('\t')) cells.emplace_back();
  return cells;
}

SyntheticSpec read_synthetic(const toml::table& head) {
  const auto table = head["machinery_test"];
  return {table["model"].value_or(std::string()), table["work_ms"].value_or(0.0),
          table["fail_every"].value_or(0), table["crash_every"].value_or(0), table["samples"].value_or(0)};
}

}  // namespace

Manifest Manifest::open_head(const std::string& folder) {
  Manifest manifest;
  manifest.folder_ = folder;
  LUMBARUN_THROW_UNLESS(std::ifstream(folder + "/manifest.toml"),
                        "{}: this folder holds no sweep (no manifest.toml)", folder);
  manifest.read_head(read_text(folder + "/manifest.toml"));
  const std::string path = folder + "/scenarios.tsv";
  manifest.file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  LUMBARUN_THROW_UNLESS(manifest.file_ >= 0, "cannot read {}: {}", path, std::strerror(errno));
  return manifest;
}

Manifest Manifest::open(const std::string& folder) {
  Manifest manifest = open_head(folder);
  manifest.read_offsets();
  return manifest;
}

Manifest::~Manifest() {
  if (file_ >= 0) ::close(file_);
}

Manifest::Manifest(Manifest&& other) noexcept
    : folder_(std::move(other.folder_)),
      hash_(std::move(other.hash_)),
      build_(std::move(other.build_)),
      lines_hash_(std::move(other.lines_hash_)),
      spec_(std::move(other.spec_)),
      keys_(std::move(other.keys_)),
      factors_(std::move(other.factors_)),
      count_(other.count_),
      offsets_(std::move(other.offsets_)),
      file_(std::exchange(other.file_, -1)) {}

void Manifest::read_head(const std::string& text) {
  const toml::table head = parse_toml(text, folder_ + "/manifest.toml");
  hash_ = calc_text_hash(text);
  build_ = head["build"].value_or(std::string());
  lines_hash_ = head["scenarios_hash"].value_or(std::string());
  count_ = static_cast<std::size_t>(head["scenarios"].value_or(std::int64_t{0}));
  keys_ = read_words(head, "keys");
  factors_ = read_words(head, "factors");
  spec_.title = head["title"].value_or(std::string());
  spec_.keep_runs = head["keep_runs"].value_or(false);
  spec_.design.kind = static_cast<DesignKind>(head["design_kind"].value_or(0));
  spec_.design.samples = head["design_samples"].value_or(0);
  spec_.design.levels = head["design_levels"].value_or(0);
  spec_.design.seed = static_cast<std::uint64_t>(head["design_seed"].value_or(std::int64_t{0}));
  spec_.synthetic = read_synthetic(head);
  spec_.text = read_text(folder_ + "/sweep.toml");
  const std::string base = read_text(folder_ + "/base.toml");
  for (const auto& [name, found] :
       {std::pair<std::string, const std::string*>{"sweep", &spec_.text}, {"base", &base}}) {
    LUMBARUN_THROW_UNLESS(
        calc_text_hash(*found) == head[name + "_hash"].value_or(std::string()),
        "{}/{}.toml was changed after the sweep began; a sweep is defined by its folder once it has one",
        folder_, name);
  }
  spec_.base = parse_scenario_entries(base, folder_ + "/base.toml");
}

void Manifest::read_offsets() {
  std::ifstream stream(folder_ + "/scenarios.tsv", std::ios::binary);
  std::string hash;
  std::uint64_t offset = 0;
  for (std::string line; std::getline(stream, line); offset += line.size() + 1) {
    hash = calc_text_hash(line, hash);
    if (!line.starts_with('#')) offsets_.push_back(offset);
  }
  LUMBARUN_THROW_UNLESS(hash == lines_hash_ && offsets_.size() == count_,
                        "{}/scenarios.tsv is damaged or was changed after the sweep began", folder_);
}

ManifestLine Manifest::read_line_at(std::uint64_t offset) const {
  std::string line;
  for (char block[4096]; line.find('\n') == std::string::npos;) {
    const ssize_t count = ::pread(file_, block, sizeof block, static_cast<off_t>(offset + line.size()));
    LUMBARUN_THROW_UNLESS(count > 0, "{}/scenarios.tsv: cannot read the line at {}", folder_, offset);
    line.append(block, static_cast<std::size_t>(count));
  }
  const std::vector<std::string> cells = split(line.substr(0, line.find('\n')));
  LUMBARUN_THROW_UNLESS(cells.size() == 2 + factors_.size() + keys_.size(),
                        "{}/scenarios.tsv: the line at {} is damaged", folder_, offset);
  ManifestLine found{std::stoul(cells[0]), cells[1], {}, {}};
  for (std::size_t i = 0; i < factors_.size(); ++i) found.unit.push_back(std::stod(cells[2 + i]));
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    const std::string& cell = cells[2 + factors_.size() + i];
    if (cell.empty()) continue;  // as in the base
    found.entries.push_back(parse_override(keys_[i] + "=" + cell));
    found.entries.back().where = fmt::format("{}/scenarios.tsv, scenario {}", folder_, found.index);
  }
  return found;
}

Scenario Manifest::resolve(const ManifestLine& line) const {
  std::vector<ScenarioEntry> entries = spec_.base;
  entries.insert(entries.end(), line.entries.begin(), line.entries.end());
  return resolve_scenario(entries);
}

std::string Manifest::calc_command(std::size_t index) const {
  std::string command = "lumbarun run " + calc_shell_word(folder_ + "/base.toml");
  for (const ScenarioEntry& entry : read_line(index).entries) {
    const auto* text = std::get_if<std::string>(&entry.value);
    command += " --set " + calc_shell_word(entry.name + "=" + (text == nullptr ? entry.text : *text));
  }
  return command;
}

}  // namespace lumbarun
