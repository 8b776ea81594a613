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
  std::string unit_axis;
  std::vector<Curve> curves;
};

std::vector<double> calc_stride_percent(const RunRecord& record) {
  std::vector<double> percent;
  for (double t : record.time) percent.push_back(100 * t / record.time.back());
  return percent;
}

Panel build_force_panel(const RunRecord& record, double weight) {
  Panel panel{"Ground force", "Force [BW]", {}};
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
  Panel panel{"Disc compression", "Compression [BW]", {}};
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

void style_axis(vtkAxis* axis, const std::string& title, int letters) {
  axis->SetTitle(title);
  axis->GetTitleProperties()->SetFontSize(letters);
  axis->GetTitleProperties()->SetBold(false);
  axis->GetTitleProperties()->SetColor(kInk[0], kInk[1], kInk[2]);
  axis->GetLabelProperties()->SetFontSize(letters);
  axis->GetLabelProperties()->SetColor(kInk[0], kInk[1], kInk[2]);
  axis->GetPen()->SetColorF(kInk[0], kInk[1], kInk[2]);
  axis->GetPen()->SetWidth(2);
  axis->SetLabelOffset(0.5F * static_cast<float>(letters));
  axis->GetGridPen()->SetColorF(0.88, 0.89, 0.91);
  axis->GetGridPen()->SetWidth(1.5);
}

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
  axis->SetBehavior(vtkAxis::FIXED);
  axis->SetRange(step * std::floor(low / step), step * std::ceil(high / step));
  vtkNew<vtkDoubleArray> ticks;
  for (double value = step * std::floor(low / step); value <= high + 0.999 * step; value += step) {
    ticks->InsertNextValue(std::abs(value) < 1e-9 ? 0.0 : value);
  }
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
  style_axis(chart->GetAxis(vtkAxis::BOTTOM), "Stride from right foot contact [%]", letters);
  style_axis(chart->GetAxis(vtkAxis::LEFT), panel.unit_axis, letters);
  chart->GetAxis(vtkAxis::BOTTOM)->SetBehavior(vtkAxis::FIXED);
  chart->GetAxis(vtkAxis::BOTTOM)->SetRange(0, 100);
  vtkNew<vtkDoubleArray> tenths;
  for (int tick = 0; tick <= 100; tick += 10) tenths->InsertNextValue(tick);
  chart->GetAxis(vtkAxis::BOTTOM)->SetCustomTickPositions(tenths);
  set_range(chart->GetAxis(vtkAxis::LEFT), panel.curves);
  chart->SetTitle(panel.title);
  chart->GetTitleProperties()->SetFontSize(static_cast<int>(1.2 * letters));
  chart->GetTitleProperties()->SetBold(true);
  chart->GetTitleProperties()->SetColor(kInk[0], kInk[1], kInk[2]);
  chart->SetShowLegend(false);
}

// The names of a panel's curves beside it.
void add_legend(Overlay& overlay, const Panel& panel, double top, double letters) {
  constexpr double kLeft = 0.815;
  constexpr double kLineLength = 0.030;
  double y = top;
  for (const Curve& curve : panel.curves) {
    const double middle = y + 0.35 * letters;
    if (curve.pen == vtkPen::SOLID_LINE) {
      overlay.add_line(kLeft, middle, kLeft + kLineLength, middle, curve.color, 0.0035);
    } else {
      for (int dash = 0; dash < 3; ++dash) {
        const double x = kLeft + kLineLength * dash / 2.7;
        overlay.add_line(x, middle, x + 0.2 * kLineLength, middle, curve.color, 0.0028);
      }
    }
    overlay.add_text(curve.name, kLeft + kLineLength + 0.008, y, {letters, Align::kLeft, false, kInk});
    y -= 1.7 * letters;
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
  const int letters = kOversampling * size.height / 50;

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
  matrix->SetBorders(letters * 5, letters * 4, kOversampling * size.width / 5, letters * 2);
  matrix->SetGutter({0.0F, letters * 6.0F});
  Picture picture;
  for (int i = 0; i < 2; ++i) {
    // Rows of the matrix count from below.
    auto* chart = vtkChartXY::SafeDownCast(matrix->GetChart({0, 1 - i}));
    const Panel& panel = panels[static_cast<std::size_t>(i)];
    fill_chart(chart, panel, percent, letters);
    picture.texts.push_back(panel.title);
    picture.texts.push_back(panel.unit_axis);
    add_legend(overlay, panel, i == 0 ? 0.86 : 0.37, 0.020);
  }
  canvas->GetScene()->AddItem(matrix);
  picture.texts.insert(picture.texts.end(), overlay.get_texts().begin(), overlay.get_texts().end());
  picture.image = capture(window);
  return picture;
}

}  // namespace lumbarun::viz
