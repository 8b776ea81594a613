// Writes sweep.h5: the rows of all scenarios behind one leading `scenario` dimension, netCDF-4 valid as a run file is.
// Blocks of scenarios go to disk as they come, so memory does not grow with their number.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sim/results/sweep_row.h"

namespace lumbarun {

// An input of every scenario: one scenario key.
struct SweepInput {
  std::string key;  // dotted
  std::string unit;
  std::string long_name;
  bool is_text = false;
  bool is_varied = false;  // by the design

  std::string calc_dataset_name() const;  // the key with underscores for dots
  bool operator==(const SweepInput&) const = default;
};

struct SweepFileHeader {
  std::string title;
  std::string program_version;
  std::string git_hash;
  std::string manifest_hash;
  std::string base_scenario;  // TOML, as the sweep began with it
  std::string sweep;          // TOML, the sweep file
  std::string design;         // kind, e.g. "latin_hypercube"
  int design_samples = 0;     // points, blocks or trajectories the design was asked for; 0: a grid
  int design_levels = 0;      // of a Morris design
  std::uint64_t design_seed = 0;
  std::vector<std::string> factors;  // of the design, names of its columns in the unit cube
  std::vector<SweepInput> inputs;
};

// One scenario of the file.
struct SweepFileRow {
  std::string hash;
  std::string status;
  std::string model_hash;
  SweepStatus code = SweepStatus::kMissing;
  std::vector<double> unit;              // factor
  std::vector<double> input_numbers;     // of the inputs that are numbers, in order; may be undefined
  std::vector<std::string> input_words;  // of the inputs that are text, in order
  std::vector<double> values;            // of the layout; may be undefined
};

class SweepWriter {
 public:
  // Opens `<path>.tmp`.
  // @throws BadInput if it cannot be created.
  SweepWriter(const std::string& path, const SweepFileHeader& header, const SweepLayout& layout,
              std::size_t scenario_count);
  // Without finish(): the draft is removed.
  ~SweepWriter();
  SweepWriter(const SweepWriter&) = delete;
  SweepWriter& operator=(const SweepWriter&) = delete;

  // The next scenarios, in order. @throws BadInput if the disk is full.
  void append(const std::vector<SweepFileRow>& rows);

  // All scenarios are there: to the disk, and under the final name.
  void finish();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lumbarun
