// Words, bars and panels laid over a picture. Positions are shares of the picture, from its lower left
// corner; heights of letters are shares of the picture's height.
#pragma once

#include <vtkColorTransferFunction.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>

#include <string>
#include <vector>

#include "viz/scene/colors.h"

namespace lumbarun::viz {

enum class Align { kLeft, kCenter, kRight };

struct TextStyle {
  double height = 0.020;
  Align align = Align::kLeft;
  bool is_bold = false;
  Color color = kInk;
};

// Colours from low to high along a bar, with numbers below and a title above.
struct ColorBar {
  std::string title;
  vtkSmartPointer<vtkColorTransferFunction> colors;
  double low = 0;
  double high = 1;
  std::vector<double> ticks;
  std::vector<std::string> tick_labels;
};

class Overlay {
 public:
  // Adds a transparent layer on top of the window.
  Overlay(vtkRenderWindow* window, int layer);

  void add_text(const std::string& text, double x, double y, const TextStyle& style);
  void add_panel(double x, double y, double width, double height, const Color& color, double opacity);
  void add_line(double x0, double y0, double x1, double y1, const Color& color, double width);
  void add_bar(const ColorBar& bar, double x, double y, double width, double height, double letters);

  const std::vector<std::string>& get_texts() const { return texts_; }

 private:
  vtkSmartPointer<vtkRenderer> renderer_;
  int pixel_width_;
  int pixel_height_;
  std::vector<std::string> texts_;
};

}  // namespace lumbarun::viz
