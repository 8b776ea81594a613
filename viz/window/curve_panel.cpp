#include "viz/window/curve_panel.h"

#include <vtkImageMapper.h>

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/charts/rasterize.h"

namespace lumbarun::viz {
namespace {

// Places in shares of the window.
constexpr double kChartLeft = 0.012;
constexpr double kChartLow = 0.085;
constexpr double kChartHeight = 0.275;
constexpr double kTrackY = 0.030;
constexpr double kTrackLeft = 0.020;
constexpr double kTrackRight = 0.680;
constexpr double kTrackReach = 0.022;

// The chart in points.
constexpr double kWidth = 222;
constexpr double kHeight = 140;
constexpr PlotFrame kFrame = {38, 40, 172, 68};

Drawing build_drawing(const PickedCurves& picked) {
  Drawing drawing{kWidth, kHeight, {}, {}, {}, picked.get_title()};
  const AxisRange range = calc_axis_range(picked.curves);
  std::vector<double> percent;
  const std::size_t count = picked.curves.front().values.size();
  for (std::size_t i = 0; i < count; ++i)
    percent.push_back(100.0 * static_cast<double>(i) / static_cast<double>(count - 1));
  draw_y_axis(drawing, kFrame, range);
  draw_stride_axis(drawing, kFrame);
  draw_lines(drawing, kFrame, range, percent, picked.curves);
  drawing.words.push_back({shorten_text(picked.name, 1.15 * kChartLetters, kWidth - 16), 10, 15,
                           1.15 * kChartLetters, WordAlign::kLeft, true});
  drawing.words.push_back({picked.label, 10, 29, kChartLetters});
  if (picked.curves.size() < 2) return drawing;
  // Several runs: which curve is whose.
  double x = 20 + calc_text_width(picked.label, kChartLetters);
  for (std::size_t i = 0; i < picked.curves.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    drawing.add_line(x, 26, x + 12, 26, picked.curves[i].color, 1.8);
    drawing.words.push_back({number, x + 15, 29, kChartLetters});
    x += 28;
  }
  return drawing;
}

}  // namespace

CurvePanel::CurvePanel(vtkRenderWindow* window, int layer) : window_(window), overlay_(window, layer) {
  vtkNew<vtkImageMapper> mapper;
  mapper->SetColorWindow(255);
  mapper->SetColorLevel(127.5);
  chart_->SetMapper(mapper);
  chart_->GetPositionCoordinate()->SetCoordinateSystemToNormalizedViewport();
  chart_->SetPosition(kChartLeft, kChartLow);
  chart_->VisibilityOff();
  overlay_.get_renderer()->AddActor2D(chart_);
  overlay_.add_line(kTrackLeft, kTrackY, kTrackRight, kTrackY, {0.45, 0.48, 0.52}, 0.0055);
  track_cursor_ = overlay_.add_line(0, 0, 0, 0, kWarning, 0.0035);
  chart_cursor_ = overlay_.add_line(0, 0, 0, 0, kWarning, 0.0028);
  status_text_ = overlay_.add_text(" ", kTrackLeft, kTrackY + 0.016, {0.0208});
  help_panel_ = overlay_.add_panel(0.13, 0.30, 0.55, 0.50, {1, 1, 1}, 0.94);
  overlay_.show_panel(help_panel_, false);
  help_text_ = overlay_.add_text(" ", 0.15, 0.335, {0.0208});
  overlay_.set_line_spacing(help_text_, 1.25);
  set_cursor(0);
}

void CurvePanel::show_curves(const PickedCurves& picked) {
  picked_ = picked;
  LUMBARUN_DEMAND(!picked_.curves.empty());
  draw_chart();
}

void CurvePanel::draw_chart() {
  const double scale = kChartHeight * window_->GetSize()[1] / kHeight;
  static_cast<vtkImageMapper*>(chart_->GetMapper())
      ->SetInputData(rasterize(build_drawing(picked_), scale).image);
  chart_->VisibilityOn();
}

void CurvePanel::set_cursor(double share) {
  const double track = kTrackLeft + (kTrackRight - kTrackLeft) * share;
  overlay_.move_line(track_cursor_, track, kTrackY - 0.012, track, kTrackY + 0.012);
  if (picked_.curves.empty()) return;
  const double tall = kChartHeight / kHeight;
  const double wide = tall * window_->GetSize()[1] / window_->GetSize()[0];
  const double x = kChartLeft + wide * (kFrame.left + kFrame.width * share);
  overlay_.move_line(chart_cursor_, x, kChartLow + tall * (kHeight - kFrame.get_bottom()), x,
                     kChartLow + tall * (kHeight - kFrame.top));
}

double CurvePanel::get_chart_right() const {
  const int* size = window_->GetSize();
  return kChartLeft + kChartHeight * kWidth / kHeight * size[1] / size[0];
}

void CurvePanel::show_help(const std::string& text) {
  overlay_.set_text(help_text_, text.empty() ? " " : text);
  overlay_.show_panel(help_panel_, !text.empty());
}

void CurvePanel::show_status(const std::string& text) { overlay_.set_text(status_text_, text); }

void CurvePanel::fit() {
  overlay_.fit(window_->GetSize()[1]);
  if (!picked_.curves.empty()) draw_chart();
}

double CurvePanel::find_share(int x, int y) const {
  const int* size = window_->GetSize();
  if (std::abs(y - kTrackY * size[1]) > kTrackReach * size[1]) return -1;
  const double share = (x / static_cast<double>(size[0]) - kTrackLeft) / (kTrackRight - kTrackLeft);
  return share < -0.01 || share > 1.01 ? -1 : std::clamp(share, 0.0, 1.0);
}

}  // namespace lumbarun::viz
