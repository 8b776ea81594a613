// The curve of what was picked, with a cursor that moves with the time, and the line to scrub on.
#pragma once

#include <vtkActor2D.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>

#include <string>
#include <vector>

#include "sim/charts/axes.h"
#include "viz/scene/overlay.h"

namespace lumbarun::viz {

// What is picked, and its curves over the share of the stride, evenly spaced from 0 to 1: one per run.
struct PickedCurves {
  std::string name;   // "L4/L5"
  std::string label;  // "Disc compression [N]"
  std::vector<Curve> curves;

  std::string get_title() const { return name.empty() ? "" : name + ": " + label; }
};

class CurvePanel {
 public:
  // Share of the window's height that the line and the words above it take.
  static constexpr double kFootRoom = 0.075;

  CurvePanel(vtkRenderWindow* window, int layer);

  // Before that there is no chart. It is drawn once, as a picture; only the cursor moves.
  void show_curves(const PickedCurves& picked);
  void set_cursor(double share);
  // Keys and their meanings; empty: hidden.
  void show_help(const std::string& text);
  void show_status(const std::string& text);
  // After the window has changed its size.
  void fit();

  // The share of the stride under a pixel of the scrub line, −1 beside it.
  double find_share(int x, int y) const;
  // Right edge of the chart, share of the window's width.
  double get_chart_right() const;
  std::string get_title() const { return picked_.get_title(); }

 private:
  void draw_chart();

  vtkRenderWindow* window_;
  Overlay overlay_;
  PickedCurves picked_;
  vtkNew<vtkActor2D> chart_;
  std::size_t track_cursor_ = 0;
  std::size_t chart_cursor_ = 0;
  std::size_t status_text_ = 0;
  std::size_t help_panel_ = 0;
  std::size_t help_text_ = 0;
};

}  // namespace lumbarun::viz
