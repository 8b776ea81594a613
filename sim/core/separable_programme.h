// Convex programmes with a separable objective and linear rows, and what a solver for them looks like:
//   minimise Σ_i f_i(x_i)   subject to  row_low ≤ G x ≤ row_high,   low ≤ x ≤ high,     every f_i convex, twice differentiable
// Rooms that pose such problems need not know who solves them.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace lumbarun {

struct CostValue {
  double value = 0.0, slope = 0.0, curvature = 0.0;
};

struct SeparableProgramme {
  static constexpr double kUnbounded = std::numeric_limits<double>::infinity();

  std::vector<double> low, high, start;  // per variable
  std::vector<int> row, column;          // entries of G
  std::vector<double> entry;
  std::vector<double> row_low, row_high;
  std::function<CostValue(int variable, double x)> calc_cost;

  int add_variable(double lowest, double highest, double first) {
    low.push_back(lowest);
    high.push_back(highest);
    start.push_back(first);
    return static_cast<int>(low.size()) - 1;
  }
  int add_row(double lowest, double highest) {
    row_low.push_back(lowest);
    row_high.push_back(highest);
    return static_cast<int>(row_low.size()) - 1;
  }
  void add_entry(int in_row, int variable, double value) {
    row.push_back(in_row);
    column.push_back(variable);
    entry.push_back(value);
  }
};

struct SeparableAnswer {
  bool is_solved = false;
  std::string reason;  // the solver's own words
  int iterations = 0;
  double objective = 0.0;
  double violation = 0.0;  // largest distance of a row from its bounds
  std::vector<double> x;
};

using SeparableSolver = std::function<SeparableAnswer(const SeparableProgramme&)>;

}  // namespace lumbarun
