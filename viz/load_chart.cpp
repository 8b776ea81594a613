#include "viz/load_chart.h"

#include <vtkAxis.h>
#include <vtkChartMatrix.h>
#include <vtkChartXY.h>
#include <vtkContextActor.h>
#include <vtkContextScene.h>
#include <vtkDoubleArray.h>
#include <vtkNew.h>
#include <vtkPen.h>
#include <vtkPlotLine.h>
#include <vtkRenderer.h>
#include <vtkTable.h>
#include <vtkTextProperty.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/run_frame.h"
#include "viz/scene/colors.h"
#include "viz/scene/overlay.h"

namespace lumbarun::viz {
namespace {

struct Curve {
  std::string name;
  Color color;
  int pen;  // vtkPen line type
  std::vector<double> values;
};

struct Panel {
  std::string title;
  std::vector<Curve> curves;
};

std::vector<double> calc_stride_percent(const RunRecord& record) {
  std::vector<double> percent;
  for (double t : record.time) percent.push_back(100 * t / record.time.back());
  return percent;
}

Panel build_force_panel(const RunRecord& record, double weight) {
  Panel panel{"Ground force [BW]", {}};
  const Eigen::Vector3d normal = calc_ground_plane(record).normal;
  const Eigen::Vector3d forward = normal.cross(Eigen::Vector3d::UnitZ());
  const std::array<std::pair<Side, std::string>, 2> sides = {
      {{Side::kRight, "right"}, {Side::kLeft, "left"}}};
  const std::array<std::pair<Eigen::Vector3d, std::string>, 2> directions = {
      {{normal, "normal"}, {forward, "forward"}}};
  for (const auto& [side, side_name] : sides) {
    LUMBARUN_THROW_UNLESS(find_foot(record, side), "/foot has no {} foot", side_name);
    for (const auto& [direction, direction_name] : directions) {
      Curve curve{side_name + " foot, " + direction_name,
                  side == Side::kRight ? kCurves[0] : kCurves[5],
                  direction == normal ? vtkPen::SOLID_LINE : vtkPen::DASH_LINE,
                  {}};
      for (std::size_t i = 0; i < record.time.size(); ++i) {
        const auto force = RunFrame(record, i).find_ground_force(side);
        curve.values.push_back(force ? force->dot(direction) / weight : std::nan(""));
      }
      panel.curves.push_back(std::move(curve));
    }
  }
  return panel;
}

Panel build_compression_panel(const RunRecord& record, double weight) {
  LUMBARUN_THROW_UNLESS(!record.discs.compression.empty(), "group /discs has no compression");
  Panel panel{"Disc compression [BW]", {}};
  const std::size_t count = record.names.levels.size();
  for (std::size_t level = 0; level < count; ++level) {
    std::string name = record.names.levels[level];
    std::replace(name.begin(), name.end(), '_', '/');
    Curve curve{name, kCurves[level % kCurves.size()], vtkPen::SOLID_LINE, {}};
    for (std::size_t i = 0; i < record.time.size(); ++i) {
      curve.values.push_back(record.discs.compression[i * count + level] / weight);
    }
    panel.curves.push_back(std::move(curve));
  }
  return panel;
}

vtkSmartPointer<vtkTable> build_table(const std::vector<double>& x, const std::vector<Curve>& curves) {
  vtkNew<vtkTable> table;
  const auto add_column = [&](const std::string& name, const std::vector<double>& values) {
    vtkNew<vtkDoubleArray> column;
    column->SetName(name.c_str());
    for (double value : values) column->InsertNextValue(value);
    table->AddColumn(column);
  };
  add_column("stride", x);
  for (const Curve& curve : curves) add_column(curve.name, curve.values);
  return table;
}

void style_axis(vtkAxis* axis, int letters) {
  axis->SetTitle("");
  axis->GetLabelProperties()->SetFontSize(letters);
  axis->GetLabelProperties()->SetColor(kInk[0], kInk[1], kInk[2]);
  axis->GetPen()->SetColorF(kInk[0], kInk[1], kInk[2]);
  axis->GetPen()->SetWidth(2);
  axis->SetLabelOffset(0.5F * static_cast<float>(letters));
  axis->GetGridPen()->SetColorF(0.88, 0.89, 0.91);
  axis->GetGridPen()->SetWidth(1.5);
}

int to_pixels(double share, int pixels) { return static_cast<int>(std::lround(share * pixels)); }

// Round steps of 1, 2 or 5 that cut the range into 4 to 9 parts.
double calc_step(double range) {
  const double power = std::pow(10.0, std::floor(std::log10(range / 4)));
  for (double factor : {1.0, 2.0, 5.0}) {
    if (range / (factor * power) <= 9) return factor * power;
  }
  return 10 * power;
}

void set_range(vtkAxis* axis, const std::vector<Curve>& curves) {
  double low = 0;
  double high = 0.1;
  for (const Curve& curve : curves) {
    for (double value : curve.values) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  const double step = calc_step(high - low);
  const auto first = static_cast<int>(std::floor(low / step));
  const auto last = static_cast<int>(std::ceil(high / step));
  axis->SetBehavior(vtkAxis::FIXED);
  axis->SetRange(first * step, last * step);
  vtkNew<vtkDoubleArray> ticks;
  for (int i = first; i <= last; ++i) ticks->InsertNextValue(i * step);
  axis->SetCustomTickPositions(ticks);
}

void fill_chart(vtkChartXY* chart, const Panel& panel, const std::vector<double>& percent, int letters) {
  const vtkSmartPointer<vtkTable> table = build_table(percent, panel.curves);
  for (std::size_t i = 0; i < panel.curves.size(); ++i) {
    const Curve& curve = panel.curves[i];
    vtkPlot* line = chart->AddPlot(vtkChart::LINE);
    line->SetInputData(table, 0, static_cast<vtkIdType>(i + 1));
    line->GetPen()->SetColorF(curve.color[0], curve.color[1], curve.color[2]);
    line->SetWidth(curve.pen == vtkPen::SOLID_LINE ? 5.0F : 4.0F);
    line->GetPen()->SetLineType(curve.pen);
  }
  style_axis(chart->GetAxis(vtkAxis::BOTTOM), letters);
  style_axis(chart->GetAxis(vtkAxis::LEFT), letters);
  chart->GetAxis(vtkAxis::BOTTOM)->SetBehavior(vtkAxis::FIXED);
  chart->GetAxis(vtkAxis::BOTTOM)->SetRange(0, 100);
  vtkNew<vtkDoubleArray> tenths;
  for (int tick = 0; tick <= 100; tick += 10) tenths->InsertNextValue(tick);
  chart->GetAxis(vtkAxis::BOTTOM)->SetCustomTickPositions(tenths);
  set_range(chart->GetAxis(vtkAxis::LEFT), panel.curves);
  chart->SetShowLegend(false);
}

// Places, in shares of the picture; letters are a fiftieth of its height.
constexpr double kLetters = 0.020;
constexpr double kChartLeft = 0.0625;
constexpr double kChartWidth = 0.735;
constexpr double kChartHeight = 0.36;
constexpr std::array<double, 2> kChartLow = {0.58, 0.08};

// Title, axis title and the names of the curves of one panel.
void add_words(Overlay& overlay, const Panel& panel, double low) {
  constexpr double kLeft = 0.815;
  constexpr double kLineLength = 0.030;
  const double top = low + kChartHeight;
  overlay.add_text(panel.title, kChartLeft, top + 0.016, {1.2 * kLetters, Align::kLeft, true, kInk});
  overlay.add_text("Stride from right foot contact [%]", kChartLeft + 0.5 * kChartWidth, low - 0.058,
                   {kLetters, Align::kCenter, false, kInk});
  double y = top - 0.045;
  for (const Curve& curve : panel.curves) {
    const double middle = y + 0.35 * kLetters;
    if (curve.pen == vtkPen::SOLID_LINE) {
      overlay.add_line(kLeft, middle, kLeft + kLineLength, middle, curve.color, 0.0035);
    } else {
      for (int dash = 0; dash < 3; ++dash) {
        const double x = kLeft + kLineLength * dash / 2.7;
        overlay.add_line(x, middle, x + 0.2 * kLineLength, middle, curve.color, 0.0028);
      }
    }
    overlay.add_text(curve.name, kLeft + kLineLength + 0.008, y, {kLetters, Align::kLeft, false, kInk});
    y -= 1.7 * kLetters;
  }
}

}  // namespace

Picture render_load_chart(const RunRecord& record, const PictureSize& size) {
  LUMBARUN_THROW_UNLESS(record.time.size() > 1 && record.time.back() > 0,
                        "the run has no stride to chart (status: {})", record.header.status);
  const double weight = calc_body_weight(record);
  const std::vector<double> percent = calc_stride_percent(record);
  const std::vector<Panel> panels = {build_force_panel(record, weight),
                                     build_compression_panel(record, weight)};
  const int pixel_width = kOversampling * size.width;
  const int pixel_height = kOversampling * size.height;

  const auto window = build_window(size);
  window->SetNumberOfLayers(2);
  vtkNew<vtkRenderer> renderer;
  renderer->SetBackground(1, 1, 1);
  window->AddRenderer(renderer);
  vtkNew<vtkContextActor> canvas;
  renderer->AddActor(canvas);
  canvas->GetScene()->SetRenderer(renderer);
  Overlay overlay(window, 1);
  vtkNew<vtkChartMatrix> matrix;
  matrix->SetSize({1, 2});
  matrix->SetBorders(to_pixels(kChartLeft, pixel_width), to_pixels(kChartLow[1], pixel_height),
                     to_pixels(1 - kChartLeft - kChartWidth, pixel_width),
                     to_pixels(1 - kChartLow[0] - kChartHeight, pixel_height));
  matrix->SetGutter({0.0F, static_cast<float>(pixel_height * (kChartLow[0] - kChartLow[1] - kChartHeight))});
  for (std::size_t i = 0; i < panels.size(); ++i) {
    // Rows of the matrix count from below.
    auto* chart = vtkChartXY::SafeDownCast(matrix->GetChart({0, i == 0 ? 1 : 0}));
    fill_chart(chart, panels[i], percent, to_pixels(kLetters, pixel_height));
    add_words(overlay, panels[i], kChartLow[i]);
  }
  overlay.add_text(fmt::format("1 BW = {:.0f} N", weight), 0.815, 0.08,
                   {kLetters, Align::kLeft, false, kInk});
  const std::string note = get_status_note(record, 78);
  if (!note.empty()) overlay.add_text(note, 0.98, 0.962, {0.9 * kLetters, Align::kRight, false, kWarning});
  canvas->GetScene()->AddItem(matrix);
  return {capture(window), overlay.get_texts(), {}};
}

}  // namespace lumbarun::viz
