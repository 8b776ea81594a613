// Two results, side by side.
#pragma once

#include <string>
#include <vector>

#include "sim/results/run_record.h"

namespace lumbarun {

struct KeyDifference {
  std::string key;
  std::string first;  // TOML; empty if the key is not there
  std::string second;
};

struct ValueDifference {
  std::string name;  // metric, and of a foot or level its name in brackets
  std::string unit;
  double first = 0.0;  // NaN: undefined or not there
  double second = 0.0;
};

struct RunComparison {
  RunHeader first;
  RunHeader second;
  std::vector<KeyDifference> keys;      // scenario keys with different values
  std::vector<ValueDifference> values;  // every metric, equal ones too
};

// @throws BadInput if one name has two units.
RunComparison calc_run_comparison(const RunRecord& first, const RunRecord& second);

std::string calc_comparison_text(const RunComparison& comparison);
std::string calc_comparison_json(const RunComparison& comparison);

}  // namespace lumbarun
