#include "sim/sweeps/response_surface.h"

#include <algorithm>
#include <cmath>

#include "sim/statistics/bootstrap.h"

namespace lumbarun {
namespace {

constexpr int kCells = 5;

void add_means(ResponseSurface& surface, const std::vector<double>& numbers) {
  for (std::size_t j = 0; j < surface.up.names.size(); ++j) {
    for (std::size_t i = 0; i < surface.across.names.size(); ++i) {
      std::vector<double> values;
      for (std::size_t k = 0; k < numbers.size(); ++k) {
        const bool is_inside =
            surface.across.group[k] == static_cast<int>(i) && surface.up.group[k] == static_cast<int>(j);
        if (is_inside && std::isfinite(numbers[k])) values.push_back(numbers[k]);
      }
      surface.means.push_back(values.empty() ? std::nan("") : calc_mean(values));
      surface.counts.push_back(static_cast<int>(values.size()));
    }
  }
}

}  // namespace

std::vector<Sensitivity> get_rows(const SensitivityTable& table, std::size_t output) {
  const auto first = table.rows.begin() + static_cast<std::ptrdiff_t>(output * table.factors.size());
  return {first, first + static_cast<std::ptrdiff_t>(table.factors.size())};
}

std::vector<const InputColumn*> sort_inputs(const SweepData& data, const SensitivityTable& table,
                                            std::size_t output) {
  std::vector<std::pair<double, const InputColumn*>> found;
  for (const InputColumn& input : data.inputs) {
    double most = -1;
    for (const Sensitivity& row : get_rows(table, output)) {
      const double size = std::abs(table.method == "Sobol indices" ? row.second.value : row.first.value);
      // A word's levels are factors of their own, "shoe.preset = racing_flat".
      const bool is_its = is_about(row, input.name) || row.factor.starts_with(input.name + " = ");
      if (is_its && std::isfinite(size)) most = std::max(most, size);
    }
    found.emplace_back(most, &input);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const InputColumn*> inputs;
  for (const auto& [size, input] : found) inputs.push_back(input);
  return inputs;
}

std::optional<ResponseSurface> calc_response_surface(const SweepData& data, const SensitivityTable& table,
                                                     std::size_t output) {
  std::vector<const InputColumn*> inputs = sort_inputs(data, table, output);
  std::erase_if(inputs, [](const InputColumn* input) { return !input->levels.empty(); });
  if (inputs.size() < 2) return std::nullopt;
  ResponseSurface surface{
      inputs[0], inputs[1], calc_grouping(*inputs[0], kCells), calc_grouping(*inputs[1], kCells), {}, {}};
  if (surface.across.names.size() < 2 || surface.up.names.size() < 2) return std::nullopt;
  add_means(surface, data.outputs[output].numbers);
  return surface;
}

}  // namespace lumbarun
