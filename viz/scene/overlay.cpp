#include "viz/scene/overlay.h"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
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

// Rectangle corner by corner, in pixels.
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

vtkSmartPointer<vtkActor2D> build_actor(vtkPolyData* data) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(data);
  vtkNew<vtkActor2D> actor;
  actor->SetMapper(mapper);
  return actor;
}

}  // namespace

Overlay::Overlay(vtkRenderWindow* window, int layer)
    : renderer_(vtkSmartPointer<vtkRenderer>::New()),
      pixel_width_(window->GetSize()[0]),
      pixel_height_(window->GetSize()[1]) {
  renderer_->SetLayer(layer);
  renderer_->InteractiveOff();
  window->AddRenderer(renderer_);
}

std::size_t Overlay::add_text(const std::string& text, double x, double y, const TextStyle& style) {
  vtkNew<vtkTextActor> actor;
  actor->SetInput(text.c_str());
  actor->SetPosition(std::round(x * pixel_width_), std::round(y * pixel_height_));
  vtkTextProperty* property = actor->GetTextProperty();
  property->SetFontFamilyToArial();
  property->SetFontSize(static_cast<int>(std::lround(style.height * pixel_height_)));
  property->SetColor(style.color[0], style.color[1], style.color[2]);
  property->SetBold(style.is_bold);
  property->SetJustification(style.align == Align::kLeft     ? VTK_TEXT_LEFT
                             : style.align == Align::kCenter ? VTK_TEXT_CENTERED
                                                             : VTK_TEXT_RIGHT);
  renderer_->AddActor2D(actor);
  texts_.emplace_back(actor);
  return texts_.size() - 1;
}

void Overlay::set_text(std::size_t number, const std::string& text) {
  texts_[number]->SetInput(text.c_str());
}

void Overlay::move_text(std::size_t number, double x, double y) {
  texts_[number]->SetPosition(std::round(x * pixel_width_), std::round(y * pixel_height_));
}

std::vector<std::string> Overlay::get_texts() const {
  std::vector<std::string> texts;
  for (const auto& actor : texts_) {
    const std::string text = actor->GetInput() == nullptr ? "" : actor->GetInput();
    if (!text.empty() && text != " ") texts.push_back(text);
  }
  return texts;
}

void Overlay::add_panel(double x, double y, double width, double height, const Color& color, double opacity) {
  const auto actor = build_actor(build_quads({x * pixel_width_, (x + width) * pixel_width_},
                                             y * pixel_height_, (y + height) * pixel_height_));
  actor->GetProperty()->SetColor(color[0], color[1], color[2]);
  actor->GetProperty()->SetOpacity(opacity);
  renderer_->AddActor2D(actor);
}

std::size_t Overlay::add_line(double x0, double y0, double x1, double y1, const Color& color, double width) {
  vtkNew<vtkPoints> points;
  points->InsertNextPoint(x0 * pixel_width_, y0 * pixel_height_, 0);
  points->InsertNextPoint(x1 * pixel_width_, y1 * pixel_height_, 0);
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
  lines_.emplace_back(points);
  return lines_.size() - 1;
}

void Overlay::move_line(std::size_t number, double x0, double y0, double x1, double y1) {
  lines_[number]->SetPoint(0, x0 * pixel_width_, y0 * pixel_height_, 0);
  lines_[number]->SetPoint(1, x1 * pixel_width_, y1 * pixel_height_, 0);
  lines_[number]->Modified();
}

void Overlay::add_bar(const ColorBar& bar, double x, double y, double width, double height, double letters) {
  constexpr int kSteps = 128;
  std::vector<double> columns;
  vtkNew<vtkUnsignedCharArray> colors;
  colors->SetNumberOfComponents(3);
  for (int i = 0; i <= kSteps; ++i) {
    const double t = static_cast<double>(i) / kSteps;
    columns.push_back((x + t * width) * pixel_width_);
    const unsigned char* rgb = bar.colors->MapValue(bar.low + t * (bar.high - bar.low));
    for (int corner = 0; corner < 2; ++corner) colors->InsertNextTuple3(rgb[0], rgb[1], rgb[2]);
  }
  const auto data = build_quads(columns, y * pixel_height_, (y + height) * pixel_height_);
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
