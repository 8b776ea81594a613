// A finished picture and the way into a file.
#pragma once

#include <vtkImageData.h>
#include <vtkRenderWindow.h>
#include <vtkSmartPointer.h>

#include <string>
#include <vector>

#include "sim/charts/palette.h"

namespace lumbarun::viz {

struct PictureSize {
  int width = 1600;
  int height = 1000;
};

// A named place in a picture, pixels from its lower left corner.
struct PictureMark {
  std::string name;
  double x;
  double y;
};

struct Picture {
  vtkSmartPointer<vtkImageData> image;  // RGB
  std::vector<std::string> texts;       // every word drawn into it
  std::vector<PictureMark> marks;       // centers of the discs: "L5_S1 main", "L5_S1 panel"
};

// Pictures are drawn this many times larger and averaged: smooth edges without help from the graphics card.
inline constexpr int kOversampling = 2;

// A window of `size` × `oversampling`.
vtkSmartPointer<vtkRenderWindow> build_window(const PictureSize& size, int oversampling = kOversampling,
                                              bool is_off_screen = true);
// Renders the window and averages it down to its picture's size.
vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window, int oversampling = kOversampling);

// The same over a sky that grows from `low` at the lower rim to `high` at the upper one, where nothing was drawn: the
// window's background must be `low`, with alpha 0. Ambient occlusion leaves VTK no background of two colours.
struct Sky {
  Color low;
  Color high;
};
vtkSmartPointer<vtkImageData> capture(vtkRenderWindow* window, int oversampling, const Sky& sky);

// Whole or not at all. @throws BadInput if it cannot be written.
void write_file(const std::string& path, const std::string& bytes);
// The bytes of the picture as PNG.
std::string write_png(const Picture& picture);

}  // namespace lumbarun::viz
