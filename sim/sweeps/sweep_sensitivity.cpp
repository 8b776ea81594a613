#include <cmath>
#include <string>

#include "sim/statistics/correlation.h"
#include "sim/statistics/elementary_effects.h"
#include "sim/statistics/sobol_indices.h"
#include "sim/sweeps/sweep_analysis.h"

namespace lumbarun {
namespace {

const std::string kTogether = " with ";

SensitivityTable calc_sobol_table(const SweepData& data) {
  SensitivityTable table{"Sobol indices", "first index", "total index", data.header.factors, {}};
  for (const OutputColumn& output : data.outputs) {
    const auto indices = calc_sobol_indices(output.numbers, static_cast<int>(table.factors.size()));
    for (std::size_t i = 0; i < indices.size(); ++i) {
      table.rows.push_back({table.factors[i], output.name, indices[i].first, indices[i].total});
    }
  }
  return table;
}

SensitivityTable calc_morris_table(const SweepData& data) {
  SensitivityTable table{"elementary effects", "mu_star", "sigma", data.header.factors, {}};
  for (const OutputColumn& output : data.outputs) {
    const auto effects = calc_elementary_effects(data.unit, output.numbers);
    for (std::size_t i = 0; i < effects.size(); ++i) {
      const double sigma = effects[i].deviation;
      table.rows.push_back(
          {table.factors[i], output.name, effects[i].mean_size, {sigma, std::nan(""), std::nan("")}});
    }
  }
  return table;
}

// Columns of numbers: numeric inputs, and for each level of a text but the first whether it is that.
struct Predictors {
  std::vector<std::string> names;
  std::vector<std::vector<double>> columns;
};

// Inputs of one axis rise and fall together: each given the other explains nothing. They are one predictor.
void add_number(const InputColumn& input, Predictors& predictors) {
  const std::vector<double> ranks = calc_ranks(input.numbers);
  for (std::size_t i = 0; i < predictors.columns.size(); ++i) {
    if (calc_ranks(predictors.columns[i]) != ranks) continue;
    predictors.names[i] += kTogether + input.name;
    return;
  }
  predictors.names.push_back(input.name);
  predictors.columns.push_back(input.numbers);
}

Predictors build_predictors(const SweepData& data) {
  Predictors predictors;
  for (const InputColumn& input : data.inputs) {
    if (input.levels.empty()) add_number(input, predictors);
    for (std::size_t level = 1; level < input.levels.size(); ++level) {
      predictors.names.push_back(input.name + " = " + input.levels[level]);
      std::vector<double> is_level;
      for (const double number : input.numbers)
        is_level.push_back(number == static_cast<double>(level) ? 1.0 : 0.0);
      predictors.columns.push_back(std::move(is_level));
    }
  }
  return predictors;
}

SensitivityTable calc_correlation_table(const SweepData& data) {
  const Predictors predictors = build_predictors(data);
  SensitivityTable table{"partial rank correlation", "prcc", "", predictors.names, {}};
  const auto factors = static_cast<Eigen::Index>(predictors.names.size());
  for (const OutputColumn& output : data.outputs) {
    std::vector<std::size_t> complete;
    for (std::size_t i = 0; i < output.numbers.size(); ++i) {
      bool is_complete = std::isfinite(output.numbers[i]);
      for (const auto& column : predictors.columns) is_complete = is_complete && std::isfinite(column[i]);
      if (is_complete) complete.push_back(i);
    }
    SampleMatrix inputs(static_cast<Eigen::Index>(complete.size()), factors);
    std::vector<double> values;
    for (std::size_t row = 0; row < complete.size(); ++row) {
      values.push_back(output.numbers[complete[row]]);
      for (Eigen::Index k = 0; k < factors; ++k) {
        inputs(static_cast<Eigen::Index>(row), k) =
            predictors.columns[static_cast<std::size_t>(k)][complete[row]];
      }
    }
    const bool is_enough = inputs.rows() > factors + 3;
    const auto found = is_enough ? calc_partial_rank_correlations(inputs, values)
                                 : std::vector<PartialRankCorrelation>(
                                       predictors.names.size(), {std::nan(""), std::nan(""), std::nan("")});
    for (std::size_t i = 0; i < found.size(); ++i) {
      table.rows.push_back(
          {table.factors[i], output.name, {found[i].value, found[i].low, found[i].high}, {}});
    }
  }
  return table;
}

}  // namespace

bool is_about(const Sensitivity& row, const std::string& input) {
  return row.factor == input || row.factor.starts_with(input + kTogether);
}

SensitivityTable calc_sensitivities(const SweepData& data) {
  if (data.header.design == "sobol") return calc_sobol_table(data);
  if (data.header.design == "morris") return calc_morris_table(data);
  return calc_correlation_table(data);
}

}  // namespace lumbarun
