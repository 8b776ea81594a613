// A sweep as columns: what was varied, and what came out, one number per scenario each.
#pragma once

#include <string>
#include <vector>

#include "sim/results/sweep_file_reader.h"
#include "sim/statistics/designs.h"

namespace lumbarun {

// A varied input. Text is told by its levels: `numbers` then holds the place of each scenario's word in `levels`.
struct InputColumn {
  std::string name;  // the scenario key
  std::string unit;
  std::vector<double> numbers;
  std::vector<std::string> levels;  // in order of first appearance; empty for a number
};

struct OutputColumn {
  std::string name;  // metric, and of a level its label in brackets
  std::string unit;
  std::string long_name;
  bool is_headline = false;     // shown as picture
  std::vector<double> numbers;  // NaN where the scenario has none
};

// Stride curve of one disc load over all scenarios.
struct CurveColumn {
  std::string name;
  std::string unit;
  std::vector<std::vector<double>> scenarios;  // each 101 numbers, or empty
};

struct SweepData {
  SweepFileHeader header;
  std::vector<SweepStatus> codes;
  std::vector<InputColumn> inputs;    // the varied ones
  std::vector<OutputColumn> outputs;  // all metrics; of feet the mean of both
  std::vector<CurveColumn> curves;
  SampleMatrix unit;  // the design; empty for a grid

  std::size_t get_scenario_count() const { return codes.size(); }
};

// Results of scenarios that fell or failed count as undefined.
SweepData read_sweep_data(const std::string& path);

}  // namespace lumbarun
