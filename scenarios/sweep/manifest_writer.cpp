#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include "scenarios/presets.h"
#include "scenarios/scenario_io.h"
#include "scenarios/sweep/manifest.h"
#include "scenarios/sweep/safe_file.h"
#include "scenarios/sweep/sweep_design.h"
#include "scenarios/version.h"
#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

// Entries as TOML, the last one of each name.
std::string calc_base_text(const std::vector<ScenarioEntry>& entries) {
  std::map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < entries.size(); ++i) last[entries[i].name] = i;
  std::string text = "# What every scenario of this sweep begins with.\n";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (last.at(entries[i].name) == i) text += fmt::format("{} = {}\n", entries[i].name, entries[i].text);
  }
  return text;
}

std::string calc_synthetic_text(const SyntheticSpec& spec) {
  if (spec.model.empty()) return "";
  return fmt::format(
      "[machinery_test]\nmodel = \"{}\"\nwork_ms = {:#}\nfail_every = {}\ncrash_every = {}\nsamples = {}\n",
      spec.model, spec.work_ms, spec.fail_every, spec.crash_every, spec.samples);
}

// The lines and their chained hash.
struct Lines {
  std::string text;
  std::string hash;

  void add(const std::string& line) {
    text += line + "\n";
    hash = calc_text_hash(line, hash);
  }
};

std::string calc_line(const SweepSpec& spec, const SweepDesign& design, std::size_t index) {
  const std::vector<ScenarioEntry> own = design.calc_entries(index);
  std::vector<ScenarioEntry> entries = spec.base;
  entries.insert(entries.end(), own.begin(), own.end());
  const Scenario scenario = resolve_scenario(entries);
  std::string line =
      fmt::format("{}\t{}", index, calc_scenario_hash(scenario, calc_synthetic_text(spec.synthetic)));
  for (const double u : design.calc_unit(index)) line += fmt::format("\t{:.12g}", u);
  for (const std::string& key : design.get_keys()) {
    const auto entry =
        std::find_if(own.begin(), own.end(), [&](const ScenarioEntry& e) { return e.name == key; });
    line += "\t" + (entry == own.end() ? "" : entry->text);
  }
  return line;
}

Lines calc_lines(const SweepSpec& spec, const SweepDesign& design) {
  Lines lines;
  std::string header = "# number\thash";
  for (const std::string& factor : design.get_factors()) header += "\tu(" + factor + ")";
  for (const std::string& key : design.get_keys()) header += "\t" + key;
  lines.add(header);
  for (std::size_t i = 0; i < design.get_scenario_count(); ++i) lines.add(calc_line(spec, design, i));
  return lines;
}

std::string calc_word_list(const std::vector<std::string>& words) {
  std::vector<std::string> quoted;
  for (const std::string& word : words) quoted.push_back(calc_toml_text(word));
  return fmt::format("[{}]", fmt::join(quoted, ", "));
}

std::string calc_head(const SweepSpec& spec, const SweepDesign& design, const Lines& lines,
                      const std::string& base) {
  return fmt::format(
      "manifest_version = 1\ntitle = {}\nbuild = {}\nscenarios = {}\nscenarios_hash = \"{}\"\nsweep_hash = "
      "\"{}\"\nbase_hash = \"{}\"\ntables_hash = \"{}\"\nkeys = {}\nfactors = {}\ndesign_kind = "
      "{}\ndesign_samples = "
      "{}\ndesign_levels = "
      "{}\ndesign_seed = {}\nkeep_runs = {}\n{}",
      calc_toml_text(spec.title), calc_toml_text(get_build_name()), design.get_scenario_count(), lines.hash,
      calc_text_hash(spec.text), calc_text_hash(base), calc_tables_hash(), calc_word_list(design.get_keys()),
      calc_word_list(design.get_factors()), static_cast<int>(spec.design.kind), spec.design.samples,
      spec.design.kind == DesignKind::kMorris ? spec.design.levels : 0, spec.design.seed, spec.keep_runs,
      calc_synthetic_text(spec.synthetic));
}

// The folder's manifest is the one that would be written.
void check_same(const std::string& folder, const std::string& head) {
  const Manifest found = Manifest::open_head(folder);
  if (found.get_hash() == calc_text_hash(head)) return;
  LUMBARUN_THROW_UNLESS(
      found.get_build() == get_build_name(),
      "{}: this sweep was begun by lumbarun {}, this is {}: results of two builds do not belong into one "
      "file; finish it with the first, or begin a new folder",
      folder, found.get_build(), get_build_name());
  throw BadInput(fmt::format(
      "{}: this folder holds another sweep ('{}'), or its sweep file, base scenario or tables have "
      "changed since: choose another folder",
      folder, found.get_spec().title));
}

}  // namespace

void write_manifest(const SweepSpec& spec, const std::string& folder) {
  const SweepDesign design(spec);
  const Lines lines = calc_lines(spec, design);
  const std::string base = calc_base_text(spec.base);
  const std::string head = calc_head(spec, design, lines, base);
  if (fs::exists(folder + "/manifest.toml")) return check_same(folder, head);
  std::error_code error;
  fs::create_directories(folder + "/journals", error);
  LUMBARUN_THROW_UNLESS(!error, "cannot make the folder {}/journals: {}", folder, error.message());
  write_whole_file(folder + "/sweep.toml", spec.text);
  write_whole_file(folder + "/base.toml", base);
  write_whole_file(folder + "/scenarios.tsv", lines.text);
  write_whole_file(folder + "/manifest.toml", head);
  sync_folder(folder);
}

std::string get_build_name() { return get_program_version() + " (" + get_git_hash() + ")"; }

}  // namespace lumbarun
