// The charts of many scenarios, from plain numbers.
#pragma once

#include <string>
#include <vector>

#include "sim/charts/drawing.h"
#include "sim/statistics/estimate.h"

namespace lumbarun {

struct ChartText {
  std::string title;
  std::string x_label;  // with unit
  std::string y_label;
};

// One bar per name, from zero, with its interval; a second series beside it if there is one.
struct BarSeries {
  std::string name;
  std::vector<Estimate> bars;
};
Drawing build_bar_chart(const ChartText& text, const std::vector<std::string>& names,
                        const std::vector<BarSeries>& series);

// From the mean of all: what an input at its one end and at its other goes with, the widest on top.
struct TornadoBar {
  std::string name;
  Estimate low;  // where the input is low
  Estimate high;
  std::string low_text;  // the input there
  std::string high_text;
};
Drawing build_tornado_chart(const ChartText& text, double middle, std::vector<TornadoBar> bars);

// Points, and on them means over bins with their intervals; panels beside each other on one scale.
struct ResponsePanel {
  std::string x_label;
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> bin_x;
  std::vector<Estimate> bin_y;
  std::vector<std::string> levels;  // of an input that is a word: x is its place here
};
Drawing build_response_chart(const std::string& title, const std::vector<ResponsePanel>& panels);

// Mean with its band over 0, 1 … 100 % of the stride.
Drawing build_band_chart(const std::string& title, const std::vector<Estimate>& line);

// Means over the cells of a grid, row after row; NaN: no scenario there.
Drawing build_surface_chart(const ChartText& text, const std::vector<double>& x_edges,
                            const std::vector<double>& y_edges, const std::vector<double>& cells,
                            const std::string& unit);

// One line per scenario through upright axes, coloured by its value on the last. Scenarios with an undefined value
// are left out; of many, every n-th is drawn.
struct ParallelAxis {
  std::string label;
  std::vector<double> values;
  std::vector<std::string> levels;  // of an input that is a word
};
Drawing build_parallel_chart(const std::string& title, const std::vector<ParallelAxis>& axes);

}  // namespace lumbarun
