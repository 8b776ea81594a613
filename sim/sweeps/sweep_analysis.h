// What a sweep says: how much each input matters for each output, how outputs respond, how groups differ.
#pragma once

#include <string>
#include <vector>

#include "sim/statistics/estimate.h"
#include "sim/sweeps/sweep_data.h"

namespace lumbarun {

// One input and one output.
struct Sensitivity {
  std::string factor;
  std::string output;
  Estimate first;   // partial rank correlation, first Sobol index, or μ*
  Estimate second;  // total Sobol index; σ of a Morris design; else undefined
};

struct SensitivityTable {
  std::string method;       // "partial rank correlation", "Sobol indices", "elementary effects"
  std::string first_name;   // column titles
  std::string second_name;  // empty: no second number
  std::vector<std::string> factors;
  std::vector<Sensitivity> rows;  // output after output, in the order of the factors
};

// By the design: Sobol and Morris designs have their own measures, all others partial rank correlations over the varied
// inputs; a text with n levels counts as n − 1 indicators, and numbers that have the same ranks, as those of one axis have, as
// one factor "a with b".
SensitivityTable calc_sensitivities(const SweepData& data);

// Whether this row tells of the input, alone or as the first of those that move together.
bool is_about(const Sensitivity& row, const std::string& input);

struct OutputSummary {
  std::string output;
  int count = 0;                                                            // scenarios that have it
  double mean = 0.0, deviation = 0.0, low = 0.0, median = 0.0, high = 0.0;  // low, high: 2.5 and 97.5 %
};
std::vector<OutputSummary> calc_summaries(const SweepData& data);

// Means of an output in bins of a numeric input (its own values if there are few), with 95 % intervals of the mean.
struct Response {
  std::vector<double> x;  // mean of the input in the bin
  std::vector<Estimate> y;
  std::vector<int> count;
};
Response calc_response(const InputColumn& input, const OutputColumn& output);

// Level against the first level of an input with few levels.
struct LevelEffect {
  std::string input;
  std::string first_level;
  std::string level;
  std::string output;
  int first_count = 0;
  int count = 0;
  Estimate difference;
  double hedges_g = 0.0, hedges_low = 0.0, hedges_high = 0.0;
};
std::vector<LevelEffect> calc_level_effects(const SweepData& data);

// Shares of scenarios that fell or failed, by level or bin of each input: if they are not alike, all other tables look at a
// selection.
struct FailureShare {
  std::string input;
  std::string level;
  int count = 0;
  int failed = 0;
};
std::vector<FailureShare> calc_failure_shares(const SweepData& data);

// Cuts of a column into at most `count` groups: its distinct values, or quantiles. Group of each scenario.
struct Grouping {
  std::vector<std::string> names;
  std::vector<int> group;
  std::vector<double> edges;  // of a numeric input: names.size() + 1
};
Grouping calc_grouping(const InputColumn& input, int count);
// The defined numbers of one group's scenarios.
std::vector<double> collect_group(const Grouping& grouping, int group, const std::vector<double>& numbers);
// Mean with its 95 % interval.
Estimate calc_mean_estimate(const std::vector<double>& values);

}  // namespace lumbarun
