// Reads what SweepWriter wrote, one dataset at a time.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/results/sweep_writer.h"

namespace lumbarun {

// True for a file that says it is a sweep of this program; whether it is whole is for the reader to find out.
bool is_sweep_file(const std::string& path);

class SweepFileReader {
 public:
  // @throws BadInput naming the file if it is missing, damaged, or no sweep of this program and schema.
  explicit SweepFileReader(const std::string& path);
  ~SweepFileReader();
  SweepFileReader(const SweepFileReader&) = delete;
  SweepFileReader& operator=(const SweepFileReader&) = delete;

  const SweepFileHeader& get_header() const;
  // Without the scenario axis.
  const SweepLayout& get_layout() const;
  std::size_t get_scenario_count() const;

  std::vector<std::string> read_statuses() const;
  std::vector<SweepStatus> read_codes() const;
  std::vector<double> read_unit() const;  // scenario × factor; empty for a grid
  std::vector<double> read_input_numbers(const SweepInput& input) const;
  std::vector<std::string> read_input_words(const SweepInput& input) const;
  // scenario × the numbers of the variable.
  std::vector<double> read_variable(const SweepVariable& variable) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace lumbarun
