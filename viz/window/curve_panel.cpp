#include "viz/window/curve_panel.h"

#include <fmt/format.h>
#include <vtkCellArray.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkTextProperty.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace lumbarun::viz {
namespace {

// Places in shares of the window.
constexpr double kLeft = 0.020;
constexpr double kRight = 0.420;
constexpr double kLow = 0.075;
constexpr double kHigh = 0.265;
constexpr double kTrackY = 0.030;
constexpr double kTrackLeft = 0.020;
constexpr double kTrackRight = 0.680;
constexpr double kTrackReach = 0.022;

using Line = std::vector<std::pair<double, double>>;  // pixels

void set_lines(vtkActor2D* actor, const std::vector<Line>& lines, bool is_filled) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  for (const Line& line : lines) {
    if (line.size() < 2) continue;
    cells->InsertNextCell(static_cast<int>(line.size()));
    for (const auto& [x, y] : line) cells->InsertCellPoint(points->InsertNextPoint(x, y, 0));
  }
  vtkNew<vtkPolyData> data;
  data->SetPoints(points);
  is_filled ? data->SetPolys(cells) : data->SetLines(cells);
  static_cast<vtkPolyDataMapper2D*>(actor->GetMapper())->SetInputData(data);
}

void prepare(vtkRenderer* renderer, vtkActor2D* actor, const Color& color, double opacity, float width) {
  vtkNew<vtkPolyDataMapper2D> mapper;
  actor->SetMapper(mapper);
  set_lines(actor, {}, false);
  actor->GetProperty()->SetColor(color[0], color[1], color[2]);
  actor->GetProperty()->SetOpacity(opacity);
  actor->GetProperty()->SetLineWidth(width);
  renderer->AddActor2D(actor);
}

void prepare(vtkRenderer* renderer, vtkTextActor* actor, double x, double y, int size, bool is_bold) {
  actor->SetInput(" ");
  actor->SetPosition(x, y);
  actor->GetTextProperty()->SetFontFamilyToArial();
  actor->GetTextProperty()->SetFontSize(size);
  actor->GetTextProperty()->SetBold(is_bold);
  actor->GetTextProperty()->SetColor(kInk[0], kInk[1], kInk[2]);
  renderer->AddActor2D(actor);
}

Line build_box(double left, double low, double right, double high) {
  return {{left, low}, {right, low}, {right, high}, {left, high}};
}

}  // namespace

CurvePanel::CurvePanel(vtkRenderWindow* window, int layer)
    : width_(window->GetSize()[0]), height_(window->GetSize()[1]) {
  renderer_->SetLayer(layer);
  renderer_->InteractiveOff();
  window->AddRenderer(renderer_);
  prepare(renderer_, panel_, {1, 1, 1}, 0.80, 1);
  prepare(renderer_, curve_, kCurves[0], 1, 2);
  prepare(renderer_, track_, {0.45, 0.48, 0.52}, 1, 4);
  prepare(renderer_, cursor_, kWarning, 1, 2);
  prepare(renderer_, help_panel_, {1, 1, 1}, 0.92, 1);
  const int letters = std::max(10, height_ / 48);
  prepare(renderer_, title_text_, kLeft * width_ + 6, kHigh * height_ - 1.5 * letters, letters, true);
  prepare(renderer_, high_text_, kLeft * width_ + 6, kHigh * height_ - 2.9 * letters, letters, false);
  prepare(renderer_, status_text_, kTrackLeft * width_, (kTrackY + 0.016) * height_, letters, false);
  prepare(renderer_, help_text_, 0.26 * width_, 0.36 * height_, letters, false);
  help_text_->GetTextProperty()->SetLineSpacing(1.25);
  set_lines(track_, {{{kTrackLeft * width_, kTrackY * height_}, {kTrackRight * width_, kTrackY * height_}}},
            false);
  set_cursor(0);
}

void CurvePanel::show_curve(const std::string& title, const std::vector<double>& values, const Color& color) {
  title_ = title;
  values_ = values;
  set_lines(panel_, {build_box(kLeft * width_, kLow * height_, kRight * width_, kHigh * height_)}, true);
  title_text_->SetInput(title.c_str());
  curve_->GetProperty()->SetColor(color[0], color[1], color[2]);
  place_lines();
}

void CurvePanel::place_lines() {
  double low = 0;
  double high = 0;
  for (double value : values_) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  if (high - low <= 0) high = 1;
  high_text_->SetInput(fmt::format("{:.4g} to {:.4g}", low, high).c_str());
  std::vector<Line> lines(1);
  const double top = kHigh - 0.075;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (!std::isfinite(values_[i])) {
      lines.emplace_back();
      continue;
    }
    const double x =
        kLeft + (kRight - kLeft) * static_cast<double>(i) / static_cast<double>(values_.size() - 1);
    lines.back().emplace_back(
        x * width_, (kLow + 0.01 + (top - kLow - 0.01) * (values_[i] - low) / (high - low)) * height_);
  }
  set_lines(curve_, lines, false);
}

void CurvePanel::set_cursor(double share) {
  share_ = share;
  const double track = (kTrackLeft + (kTrackRight - kTrackLeft) * share) * width_;
  std::vector<Line> lines = {{{track, (kTrackY - 0.012) * height_}, {track, (kTrackY + 0.012) * height_}}};
  const double x = (kLeft + (kRight - kLeft) * share) * width_;
  if (!values_.empty()) lines.push_back({{x, kLow * height_}, {x, (kHigh - 0.07) * height_}});
  set_lines(cursor_, lines, false);
}

void CurvePanel::show_help(const std::string& text) {
  help_text_->SetInput(text.empty() ? " " : text.c_str());
  std::vector<Line> box;
  if (!text.empty()) box.push_back(build_box(0.24 * width_, 0.33 * height_, 0.68 * width_, 0.84 * height_));
  set_lines(help_panel_, box, true);
}

void CurvePanel::show_status(const std::string& text) { status_text_->SetInput(text.c_str()); }

double CurvePanel::find_share(int x, int y) const {
  if (std::abs(y - kTrackY * height_) > kTrackReach * height_) return -1;
  const double share = (x / static_cast<double>(width_) - kTrackLeft) / (kTrackRight - kTrackLeft);
  return share < -0.01 || share > 1.01 ? -1 : std::clamp(share, 0.0, 1.0);
}

}  // namespace lumbarun::viz
