// How an output lies over the two numeric inputs that matter most for it.
#pragma once

#include <optional>
#include <vector>

#include "sim/sweeps/sweep_analysis.h"

namespace lumbarun {

struct ResponseSurface {
  const InputColumn* x;
  const InputColumn* y;
  Grouping across;
  Grouping up;
  std::vector<double> means;  // row after row; NaN: no scenario there
  std::vector<int> counts;
};
// Empty without two such inputs of at least two groups each. Points into `data`.
std::optional<ResponseSurface> calc_response_surface(const SweepData& data, const SensitivityTable& table,
                                                     std::size_t output);

// The rows of one output, in the order of the table's factors.
std::vector<Sensitivity> get_rows(const SensitivityTable& table, std::size_t output);
// By how much they matter for the output; of a word, its level that matters most.
std::vector<const InputColumn*> sort_inputs(const SweepData& data, const SensitivityTable& table,
                                            std::size_t output);

}  // namespace lumbarun
