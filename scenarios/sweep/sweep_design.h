// The scenarios that a sweep file asks for, by number.
#pragma once

#include <string>
#include <vector>

#include "scenarios/sweep/sweep_spec.h"
#include "sim/statistics/designs.h"

namespace lumbarun {

class SweepDesign {
 public:
  // `spec` must outlive it. @throws BadInput for correlations that nothing can have, or too many scenarios.
  explicit SweepDesign(const SweepSpec& spec);

  std::size_t get_scenario_count() const { return count_; }
  // Columns of the design in the unit cube; none for a grid.
  const std::vector<std::string>& get_factors() const { return factors_; }
  // Scenario keys that are varied, in the order of calc_entries().
  const std::vector<std::string>& get_keys() const { return keys_; }

  std::vector<double> calc_unit(std::size_t scenario) const;
  // Values of the varied keys.
  std::vector<ScenarioEntry> calc_entries(std::size_t scenario) const;

 private:
  void build_sample();
  void correlate();

  const SweepSpec& spec_;
  std::vector<std::size_t> sampled_;  // axes that are factors
  std::vector<std::size_t> gridded_;  // axes of which all combinations are visited
  std::vector<std::string> factors_;
  std::vector<std::string> keys_;
  SampleMatrix sample_;
  std::size_t combinations_ = 1;  // of the gridded axes
  std::size_t count_ = 0;
};

}  // namespace lumbarun
