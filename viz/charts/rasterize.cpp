#include "viz/charts/rasterize.h"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lumbarun::viz {
namespace {

// Coloured triangles and polygons in pixels, y up.
class Canvas {
 public:
  Canvas(double height, double scale) : height_(height), scale_(scale) { colors_->SetNumberOfComponents(3); }

  void add_polygon(const std::vector<PlanePoint>& corners, const Color& color) {
    cells_->InsertNextCell(static_cast<int>(corners.size()));
    for (const PlanePoint& p : corners) {
      cells_->InsertCellPoint(points_->InsertNextPoint(p.x * scale_, (height_ - p.y) * scale_, 0));
    }
    for (double value : color) colors_->InsertNextValue(static_cast<unsigned char>(std::lround(255 * value)));
  }

  // Between two lines with the same number of points.
  void add_band(const std::vector<PlanePoint>& corners, const Color& color) {
    const std::size_t half = corners.size() / 2;
    for (std::size_t i = 0; i + 1 < half; ++i) {
      const PlanePoint& a = corners[corners.size() - 1 - i];
      const PlanePoint& b = corners[corners.size() - 2 - i];
      add_polygon({corners[i], corners[i + 1], b, a}, color);
    }
  }

  void add_segment(const PlanePoint& a, const PlanePoint& b, double width, const Color& color) {
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (length < 1e-9) return;
    const double nx = -(b.y - a.y) / length * 0.5 * width;
    const double ny = (b.x - a.x) / length * 0.5 * width;
    add_polygon({{a.x + nx, a.y + ny}, {b.x + nx, b.y + ny}, {b.x - nx, b.y - ny}, {a.x - nx, a.y - ny}},
                color);
  }

  void add_round(const PlanePoint& center, double width, const Color& color) {
    std::vector<PlanePoint> corners;
    for (int i = 0; i < 8; ++i) {
      const double angle = 2 * std::numbers::pi * (i + 0.5) / 8;
      corners.push_back({center.x + 0.5 * width * std::cos(angle), center.y + 0.5 * width * std::sin(angle)});
    }
    add_polygon(corners, color);
  }

  void show(vtkRenderer* renderer) {
    vtkNew<vtkPolyData> data;
    data->SetPoints(points_);
    data->SetPolys(cells_);
    data->GetCellData()->SetScalars(colors_);
    vtkNew<vtkPolyDataMapper2D> mapper;
    mapper->SetInputData(data);
    vtkNew<vtkActor2D> actor;
    actor->SetMapper(mapper);
    renderer->AddActor2D(actor);
  }

 private:
  double height_;
  double scale_;
  vtkNew<vtkPoints> points_;
  vtkNew<vtkCellArray> cells_;
  vtkNew<vtkUnsignedCharArray> colors_;
};

void add_stroke(Canvas& canvas, const Stroke& stroke) {
  constexpr double kDash = 4;
  constexpr double kGap = 3;
  double along = 0;
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const PlanePoint& a = stroke.points[i];
    const PlanePoint& b = stroke.points[i + 1];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (!stroke.is_dashed) {
      canvas.add_segment(a, b, stroke.width, stroke.color);
      if (i > 0) canvas.add_round(a, stroke.width, stroke.color);
      continue;
    }
    // Cut at the borders of dashes.
    for (double s = 0; s < length;) {
      const double phase = std::fmod(along + s, kDash + kGap);
      const double rest = (phase < kDash ? kDash : kDash + kGap) - phase;
      const double end = std::min(length, s + std::max(rest, 1e-6));
      const auto at = [&](double t) {
        return PlanePoint{a.x + (b.x - a.x) * t / length, a.y + (b.y - a.y) * t / length};
      };
      if (phase < kDash) canvas.add_segment(at(s), at(end), stroke.width, stroke.color);
      s = end;
    }
    along += length;
  }
}

void add_words(vtkRenderer* renderer, const Drawing& drawing, const Words& words, double scale) {
  vtkNew<vtkTextActor> actor;
  actor->SetInput(words.text.c_str());
  actor->SetPosition(std::round(words.x * scale), std::round((drawing.height - words.y) * scale));
  vtkTextProperty* property = actor->GetTextProperty();
  property->SetFontFamilyToArial();
  property->SetFontSize(std::max(4, static_cast<int>(std::lround(words.size * scale))));
  property->SetColor(words.color[0], words.color[1], words.color[2]);
  property->SetBold(words.is_bold);
  property->SetOrientation(words.is_upright ? 90 : 0);
  property->SetJustification(words.align == WordAlign::kLeft     ? VTK_TEXT_LEFT
                             : words.align == WordAlign::kCenter ? VTK_TEXT_CENTERED
                                                                 : VTK_TEXT_RIGHT);
  renderer->AddActor2D(actor);
}

}  // namespace

Picture rasterize(const Drawing& drawing, double scale) {
  const PictureSize size{static_cast<int>(std::lround(drawing.width * scale)),
                         static_cast<int>(std::lround(drawing.height * scale))};
  const auto window = build_window(size);
  vtkNew<vtkRenderer> renderer;
  renderer->SetBackground(1, 1, 1);
  window->AddRenderer(renderer);
  Canvas canvas(drawing.height, kOversampling * scale);
  for (const Area& area : drawing.areas) {
    area.points.size() > 4 ? canvas.add_band(area.points, area.color)
                           : canvas.add_polygon(area.points, area.color);
  }
  for (const Stroke& stroke : drawing.strokes) add_stroke(canvas, stroke);
  canvas.show(renderer);
  std::vector<std::string> texts;
  for (const Words& words : drawing.words) {
    add_words(renderer, drawing, words, kOversampling * scale);
    texts.push_back(words.text);
  }
  return {capture(window), texts, {}};
}

}  // namespace lumbarun::viz
