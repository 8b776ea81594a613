// Small charts as SVG text, to stand inside an HTML page or in a file of their own. Debian has no C++ library that writes
// SVG charts, and a compute node has no VTK; these four kinds are all the report needs.
#pragma once

#include <string>
#include <vector>

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
std::string calc_bar_chart(const ChartText& text, const std::vector<std::string>& names,
                           const std::vector<BarSeries>& series);

// Points, and on them means over bins with their intervals.
struct ResponseSeries {
  std::vector<double> x;
  std::vector<double> y;
  std::vector<double> bin_x;
  std::vector<Estimate> bin_y;
};
std::string calc_response_chart(const ChartText& text, const ResponseSeries& series);

// Lines over a common x, each with a band.
struct BandSeries {
  std::string name;
  std::vector<Estimate> line;
};
std::string calc_band_chart(const ChartText& text, const std::vector<double>& x,
                            const std::vector<BandSeries>& series);

// Means over the cells of a grid; NaN: no scenario there.
std::string calc_surface_chart(const ChartText& text, const std::vector<double>& x_edges,
                               const std::vector<double>& y_edges, const std::vector<double>& cells,
                               const std::string& unit);

// Text as it may stand in HTML and SVG.
std::string calc_html(const std::string& text);

// A number for people: four digits.
std::string calc_number_text(double number);

}  // namespace lumbarun
