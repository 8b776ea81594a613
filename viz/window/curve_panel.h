// The curve of what was picked, with a cursor that moves with the time, and the line to scrub on.
#pragma once

#include <vtkActor2D.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>

#include <string>
#include <vector>

#include "viz/scene/colors.h"

namespace lumbarun::viz {

class CurvePanel {
 public:
  CurvePanel(vtkRenderWindow* window, int layer);

  // Values over the share of the stride, 0 to 1, evenly spaced. Before that the panel is hidden.
  void show_curve(const std::string& title, const std::vector<double>& values, const Color& color);
  void set_cursor(double share);
  // Keys and their meanings; empty: hidden.
  void show_help(const std::string& text);
  void show_status(const std::string& text);

  // The share of the stride under a pixel of the scrub line, −1 beside it.
  double find_share(int x, int y) const;
  const std::string& get_title() const { return title_; }

 private:
  void place_lines();

  int width_;
  int height_;
  std::string title_;
  std::vector<double> values_;
  double share_ = 0;
  vtkNew<vtkRenderer> renderer_;
  vtkNew<vtkActor2D> panel_;
  vtkNew<vtkActor2D> curve_;
  vtkNew<vtkActor2D> cursor_;
  vtkNew<vtkActor2D> track_;
  vtkNew<vtkActor2D> help_panel_;
  vtkNew<vtkTextActor> title_text_;
  vtkNew<vtkTextActor> help_text_;
  vtkNew<vtkTextActor> status_text_;
  vtkNew<vtkTextActor> high_text_;
};

}  // namespace lumbarun::viz
