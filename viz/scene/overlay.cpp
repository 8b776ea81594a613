#include "viz/scene/overlay.h"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCoordinate.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkTextProperty.h>
#include <vtkUnsignedCharArray.h>

#include <cmath>

namespace lumbarun::viz {
namespace {

// Rectangle corner by corner.
vtkSmartPointer<vtkPolyData> build_quads(const std::vector<double>& columns, double low, double high) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> quads;
  for (double x : columns) {
    points->InsertNextPoint(x, low, 0);
    points->InsertNextPoint(x, high, 0);
  }
  for (vtkIdType i = 0; i + 1 < static_cast<vtkIdType>(columns.size()); ++i) {
    const vtkIdType corners[4] = {2 * i, 2 * i + 2, 2 * i + 3, 2 * i + 1};
    quads->InsertNextCell(4, corners);
  }
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetPolys(quads);
  return data;
}

// Of points in shares of the picture.
vtkSmartPointer<vtkActor2D> build_actor(vtkPolyData* data) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(data);
  vtkNew<vtkCoordinate> shares;
  shares->SetCoordinateSystemToNormalizedViewport();
  mapper->SetTransformCoordinate(shares);
  vtkNew<vtkActor2D> actor;
  actor->SetMapper(mapper);
  return actor;
}

}  // namespace

Overlay::Overlay(vtkRenderWindow* window, int layer)
    : renderer_(vtkSmartPointer<vtkRenderer>::New()), pixel_height_(window->GetSize()[1]) {
  renderer_->SetLayer(layer);
  renderer_->InteractiveOff();
  window->AddRenderer(renderer_);
}

std::size_t Overlay::add_text(const std::string& text, double x, double y, const TextStyle& style) {
  vtkNew<vtkTextActor> actor;
  actor->SetInput(text.c_str());
  actor->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
  actor->SetPosition(x, y);
  vtkTextProperty* property = actor->GetTextProperty();
  property->SetFontFamilyToArial();
  property->SetFontSize(static_cast<int>(std::lround(style.height * pixel_height_)));
  property->SetColor(style.color[0], style.color[1], style.color[2]);
  property->SetBold(style.is_bold);
  property->SetJustification(style.align == Align::kLeft     ? VTK_TEXT_LEFT
                             : style.align == Align::kCenter ? VTK_TEXT_CENTERED
                                                             : VTK_TEXT_RIGHT);
  renderer_->AddActor2D(actor);
  texts_.push_back({actor, style.height});
  return texts_.size() - 1;
}

void Overlay::set_text(std::size_t number, const std::string& text) {
  texts_[number].actor->SetInput(text.c_str());
}

void Overlay::set_line_spacing(std::size_t number, double spacing) {
  texts_[number].actor->GetTextProperty()->SetLineSpacing(spacing);
}

void Overlay::move_text(std::size_t number, double x, double y) { texts_[number].actor->SetPosition(x, y); }

std::vector<std::string> Overlay::get_texts() const {
  std::vector<std::string> texts;
  for (const ShownText& shown : texts_) {
    const std::string text = shown.actor->GetInput() == nullptr ? "" : shown.actor->GetInput();
    if (!text.empty() && text != " ") texts.push_back(text);
  }
  return texts;
}

std::size_t Overlay::add_panel(double x, double y, double width, double height, const Color& color,
                               double opacity) {
  const auto actor = build_actor(build_quads({x, x + width}, y, y + height));
  actor->GetProperty()->SetColor(color[0], color[1], color[2]);
  actor->GetProperty()->SetOpacity(opacity);
  renderer_->AddActor2D(actor);
  panels_.push_back(actor);
  return panels_.size() - 1;
}

void Overlay::show_panel(std::size_t number, bool is_shown) { panels_[number]->SetVisibility(is_shown); }

std::size_t Overlay::add_line(double x0, double y0, double x1, double y1, const Color& color, double width) {
  vtkNew<vtkPoints> points;
  points->InsertNextPoint(x0, y0, 0);
  points->InsertNextPoint(x1, y1, 0);
  vtkNew<vtkCellArray> lines;
  const vtkIdType ends[2] = {0, 1};
  lines->InsertNextCell(2, ends);
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  data->SetLines(lines);
  const auto actor = build_actor(data);
  actor->GetProperty()->SetColor(color[0], color[1], color[2]);
  actor->GetProperty()->SetLineWidth(static_cast<float>(width * pixel_height_));
  renderer_->AddActor2D(actor);
  lines_.push_back({actor, points, width});
  return lines_.size() - 1;
}

void Overlay::move_line(std::size_t number, double x0, double y0, double x1, double y1) {
  lines_[number].points->SetPoint(0, x0, y0, 0);
  lines_[number].points->SetPoint(1, x1, y1, 0);
  lines_[number].points->Modified();
}

void Overlay::fit(int pixel_height) {
  if (pixel_height == pixel_height_) return;
  pixel_height_ = pixel_height;
  for (const ShownText& text : texts_)
    text.actor->GetTextProperty()->SetFontSize(static_cast<int>(std::lround(text.height * pixel_height_)));
  for (const ShownLine& line : lines_)
    line.actor->GetProperty()->SetLineWidth(static_cast<float>(line.width * pixel_height_));
}

void Overlay::add_bar(const ColorBar& bar, double x, double y, double width, double height, double letters) {
  constexpr int kSteps = 128;
  std::vector<double> columns;
  vtkNew<vtkUnsignedCharArray> colors;
  colors->SetNumberOfComponents(3);
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    columns.push_back(x + t * width);
    const unsigned char* rgb = bar.colors->MapValue(bar.low + t * (bar.high - bar.low));
    for (int corner = 0; corner < 2; ++corner) colors->InsertNextTuple3(rgb[0], rgb[1], rgb[2]);
  }
  const auto data = build_quads(columns, y, y + height);
  data->GetPointData()->SetScalars(colors);
  renderer_->AddActor2D(build_actor(data));
  add_text(bar.title, x, y + height + 0.45 * letters, {letters, Align::kLeft, true, kInk});
  for (std::size_t i = 0; i < bar.ticks.size(); ++i) {
    const double tick = x + width * (bar.ticks[i] - bar.low) / (bar.high - bar.low);
    add_line(tick, y - 0.3 * letters, tick, y, kInk, 0.0012);
    add_text(bar.tick_labels[i], tick, y - 1.35 * letters, {0.9 * letters, Align::kCenter, false, kInk});
  }
}

}  // namespace lumbarun::viz
