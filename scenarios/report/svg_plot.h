// The frame that every chart draws into: scales, ticks, labels.
#pragma once

#include <string>
#include <vector>

#include "scenarios/report/svg_chart.h"

namespace lumbarun {

// The least and largest finite value, widened if they are equal; 0 … 1 without one.
struct ChartRange {
  double low = 0.0;
  double high = 1.0;
};
ChartRange calc_chart_range(const std::vector<double>& values);

// Round numbers inside a range, about `count` of them.
std::vector<double> calc_ticks(const ChartRange& range, int count);

inline constexpr const char* kChartColors[] = {"#2b6cb0", "#c05621", "#2f855a", "#805ad5", "#b83280"};

class SvgPlot {
 public:
  static constexpr double kWidth = 560;
  static constexpr double kHeight = 340;

  // `left`: room for the labels of the y axis.
  SvgPlot(const ChartText& text, ChartRange x, ChartRange y, double left = 70);

  double calc_x(double value) const;
  double calc_y(double value) const;
  void add_x_ticks();
  void add_y_ticks();
  void add(const std::string& element) { body_ += element + "\n"; }
  void add_text(double x, double y, const std::string& anchor, const std::string& text);
  void add_legend(const std::vector<std::string>& names);
  std::string finish() const;

 private:
  ChartText text_;
  ChartRange x_;
  ChartRange y_;
  double left_;
  std::string body_;
};

}  // namespace lumbarun
