// Flat drawings for charts: lines, areas and words, in points (1/72 inch) from the upper left corner, y down.
// One drawing becomes SVG and PDF here, PNG in viz/charts.
#pragma once

#include <string>
#include <vector>

#include "sim/charts/palette.h"

namespace lumbarun {

struct PlanePoint {
  double x;
  double y;
};

enum class WordAlign { kLeft, kCenter, kRight };

struct Words {
  std::string text;
  double x;
  double y;  // of the baseline
  double size = 9;
  WordAlign align = WordAlign::kLeft;
  bool is_bold = false;
  bool is_upright = false;  // reads from below to above
  Color color = kInk;
};

struct Stroke {
  std::vector<PlanePoint> points;
  Color color;
  double width;
  bool is_dashed = false;
};

struct Area {
  std::vector<PlanePoint> points;
  Color color;
};

struct Drawing {
  double width = 0;
  double height = 0;
  std::vector<Area> areas;      // drawn first
  std::vector<Stroke> strokes;  // then these
  std::vector<Words> words;
  std::string name;  // what it shows, for those who cannot see it

  void add_rectangle(double x, double y, double width, double height, const Color& color);
  void add_dot(double x, double y, double radius, const Color& color);
  void add_line(double x0, double y0, double x1, double y1, const Color& color, double width);
};

std::string write_svg(const Drawing& drawing);
std::string write_pdf(const Drawing& drawing);

struct NamedDrawing {
  std::string name;  // of the file
  Drawing drawing;
};

// Width of a text in Helvetica, points.
double calc_text_width(const std::string& text, double size);

}  // namespace lumbarun
