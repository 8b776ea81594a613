#include "sim/sweeps/sweep_data.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace lumbarun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

// The numbers people ask for first.
const std::set<std::string>& get_headlines() {
  static const std::set<std::string> names = {
      "peak_compression[L4_L5]", "peak_compression[L5_S1]", "peak_anterior_shear[L5_S1]",
      "active_peak_lp50hz",      "loading_rate_lp50hz",     "contact_time",
      "braking_impulse_lp50hz",  "leg_stiffness_sine",      "synthetic_value"};
  return names;
}

InputColumn build_text_input(const SweepInput& input, const std::vector<std::string>& words) {
  InputColumn column{input.key, "", {}, {}};
  for (const std::string& word : words) {
    const auto found = std::find(column.levels.begin(), column.levels.end(), word);
    column.numbers.push_back(static_cast<double>(found - column.levels.begin()));
    if (found == column.levels.end()) column.levels.push_back(word);
  }
  return column;
}

class DataReader {
 public:
  explicit DataReader(const std::string& path) : file_(path) {}

  SweepData read() {
    data_.header = file_.get_header();
    data_.codes = file_.read_codes();
    read_inputs();
    for (const SweepVariable& variable : file_.get_layout().variables) {
      if (variable.group == "metrics") read_metric(variable);
      if (variable.get_path() == "/discs/compression") read_curves(variable);
    }
    read_unit();
    mark_headlines();
    return std::move(data_);
  }

 private:
  void read_inputs() {
    for (const SweepInput& input : data_.header.inputs) {
      if (!input.is_varied) continue;
      if (input.is_text) {
        data_.inputs.push_back(build_text_input(input, file_.read_input_words(input)));
      } else {
        data_.inputs.push_back({input.key, input.unit, file_.read_input_numbers(input), {}});
      }
    }
  }

  double keep(std::size_t scenario, double value) const {
    return is_failure(data_.codes[scenario]) ? kNone : value;
  }

  void read_metric(const SweepVariable& variable) {
    const std::vector<double> values = file_.read_variable(variable);
    const std::size_t width = file_.get_layout().calc_size(variable);
    const bool is_foot = variable.axes == std::vector<std::string>{"foot"};
    const std::size_t columns = is_foot ? 1 : width;
    for (std::size_t column = 0; column < columns; ++column) {
      OutputColumn output{variable.name, variable.unit, variable.long_name, false, {}};
      if (!variable.axes.empty() && !is_foot) {
        output.name += "[" + file_.get_layout().find_axis(variable.axes[0])->labels.at(column) + "]";
      }
      for (std::size_t i = 0; i < data_.codes.size(); ++i) {
        const double* row = &values[i * width];
        output.numbers.push_back(keep(i, is_foot ? calc_mean_of_feet(row, width) : row[column]));
      }
      data_.outputs.push_back(std::move(output));
    }
  }

  static double calc_mean_of_feet(const double* row, std::size_t feet) {
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = 0; i < feet; ++i) {
      if (!std::isfinite(row[i])) continue;
      sum += row[i];
      ++count;
    }
    return count > 0 ? sum / count : kNone;
  }

  void read_curves(const SweepVariable& variable) {
    const std::vector<double> values = file_.read_variable(variable);
    const SweepAxis& levels = *file_.get_layout().find_axis("level");
    const auto found = std::find(levels.labels.begin(), levels.labels.end(), "L4_L5");
    if (found == levels.labels.end()) return;
    const auto level = static_cast<std::size_t>(found - levels.labels.begin());
    CurveColumn curve{"compression[L4_L5]", variable.unit, {}};
    const std::size_t width = file_.get_layout().calc_size(variable);
    for (std::size_t i = 0; i < data_.codes.size(); ++i) {
      std::vector<double> line;
      for (std::size_t phase = 0;
           phase < static_cast<std::size_t>(kPhaseCount) && !is_failure(data_.codes[i]); ++phase) {
        line.push_back(values[i * width + phase * levels.size() + level]);
      }
      const bool is_whole = std::all_of(line.begin(), line.end(), [](double x) { return std::isfinite(x); });
      curve.scenarios.push_back(is_whole ? line : std::vector<double>());
    }
    data_.curves.push_back(std::move(curve));
  }

  void read_unit() {
    const std::vector<double> unit = file_.read_unit();
    const auto factors = static_cast<Eigen::Index>(data_.header.factors.size());
    if (factors == 0) return;
    data_.unit =
        Eigen::Map<const SampleMatrix>(unit.data(), static_cast<Eigen::Index>(data_.codes.size()), factors);
  }

  void mark_headlines() {
    int count = 0;
    for (OutputColumn& output : data_.outputs) {
      output.is_headline = get_headlines().contains(output.name);
      count += output.is_headline ? 1 : 0;
    }
    for (std::size_t i = 0; count == 0 && i < std::min<std::size_t>(4, data_.outputs.size()); ++i) {
      data_.outputs[i].is_headline = true;
    }
  }

  SweepFileReader file_;
  SweepData data_;
};

}  // namespace

SweepData read_sweep_data(const std::string& path) { return DataReader(path).read(); }

}  // namespace lumbarun
