// Words, bars and panels laid over a picture. Positions are shares of the picture, from its lower left
// corner; heights of letters are shares of the picture's height.
#pragma once

#include <vtkActor2D.h>
#include <vtkColorTransferFunction.h>
#include <vtkPoints.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkTextActor.h>

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
  // Adds a transparent layer on top of the window. Sizes of letters and lines follow from the window's height.
  Overlay(vtkRenderWindow* window, int layer);

  // The number of the text, for set_text().
  std::size_t add_text(const std::string& text, double x, double y, const TextStyle& style);
  void set_text(std::size_t number, const std::string& text);
  void set_line_spacing(std::size_t number, double spacing);
  void move_text(std::size_t number, double x, double y);
  // The number of the panel, for show_panel().
  std::size_t add_panel(double x, double y, double width, double height, const Color& color, double opacity);
  void show_panel(std::size_t number, bool is_shown);
  // The number of the line, for move_line().
  std::size_t add_line(double x0, double y0, double x1, double y1, const Color& color, double width);
  void move_line(std::size_t number, double x0, double y0, double x1, double y1);
  void add_bar(const ColorBar& bar, double x, double y, double width, double height, double letters);

  // After the window has changed its size: letters and lines follow its height, all else by itself.
  void fit(int pixel_height);

  // Every word that is shown.
  std::vector<std::string> get_texts() const;
  vtkRenderer* get_renderer() const { return renderer_; }

 private:
  vtkSmartPointer<vtkRenderer> renderer_;
  struct ShownText {
    vtkSmartPointer<vtkTextActor> actor;
    double height;
  };
  struct ShownLine {
    vtkSmartPointer<vtkActor2D> actor;
    vtkSmartPointer<vtkPoints> points;
    double width;
  };

  int pixel_height_;
  std::vector<ShownText> texts_;
  std::vector<ShownLine> lines_;
  std::vector<vtkSmartPointer<vtkActor2D>> panels_;
};

}  // namespace lumbarun::viz
