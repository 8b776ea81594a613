// What a sweep will run, written down once and never changed:
//   DIR/sweep.toml      the sweep file as it was given
//   DIR/base.toml       what every scenario begins with
//   DIR/scenarios.tsv   one line per scenario: number, hash, place in the unit cube, values of the varied keys
//   DIR/manifest.toml   design, columns, build, and the hashes of the other three; written last. Its own hash stands in
//                       every journal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/scenario.h"
#include "scenarios/scenario_entries.h"
#include "scenarios/sweep/sweep_spec.h"

namespace lumbarun {

// One line of scenarios.tsv.
struct ManifestLine {
  std::size_t index = 0;
  std::string hash;
  std::vector<double> unit;
  std::vector<ScenarioEntry> entries;
};

// A manifest in a folder. Lines are read from disk when they are asked for: memory holds 8 bytes per scenario.
class Manifest {
 public:
  // @throws BadInput if there is none, or its files do not agree with it.
  static Manifest open(const std::string& folder);
  // The same without looking at all lines, for a worker, which is told where its lines are.
  static Manifest open_head(const std::string& folder);
  ~Manifest();
  Manifest(Manifest&& other) noexcept;
  Manifest(const Manifest&) = delete;
  Manifest& operator=(const Manifest&) = delete;

  const std::string& get_folder() const { return folder_; }
  const std::string& get_hash() const { return hash_; }
  const std::string& get_build() const { return build_; }  // program version and git hash that wrote it
  // Title, text, base, design, synthetic and keep_runs; no axes.
  const SweepSpec& get_spec() const { return spec_; }
  const std::vector<std::string>& get_keys() const { return keys_; }
  const std::vector<std::string>& get_factors() const { return factors_; }
  std::size_t get_scenario_count() const { return count_; }

  // Not after open_head().
  std::uint64_t get_offset(std::size_t index) const { return offsets_[index]; }
  ManifestLine read_line(std::size_t index) const { return read_line_at(offsets_[index]); }

  ManifestLine read_line_at(std::uint64_t offset) const;
  Scenario resolve(const ManifestLine& line) const;
  // A command that runs the scenario alone.
  std::string calc_command(std::size_t index) const;

 private:
  Manifest() = default;
  void read_head(const std::string& text);
  void read_offsets();

  std::string folder_;
  std::string hash_;
  std::string build_;
  std::string lines_hash_;
  SweepSpec spec_;
  std::vector<std::string> keys_;
  std::vector<std::string> factors_;
  std::size_t count_ = 0;
  std::vector<std::uint64_t> offsets_;
  int file_ = -1;
};

// Enumerates the sweep into `folder`, which is made if need be; a folder that holds the same sweep already is left as it is.
// @throws BadInput if a scenario of the design is refused, if the folder cannot be written, or if it holds another sweep or
// the same one by another build.
void write_manifest(const SweepSpec& spec, const std::string& folder);

// Program version and git hash of this program.
std::string get_build_name();

}  // namespace lumbarun
