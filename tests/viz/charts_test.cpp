// Charts: the curves lie where the numbers say, in every file format.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "sim/charts/axes.h"
#include "sim/core/errors.h"
#include "tests/viz/synthetic_run.h"
#include "viz/charts/run_charts.h"

namespace lumbarun::viz {
namespace {

const Drawing& find_chart(const std::vector<NamedDrawing>& charts, const std::string& name) {
  const auto found = std::find_if(charts.begin(), charts.end(),
                                  [&](const NamedDrawing& chart) { return chart.name == name; });
  EXPECT_NE(found, charts.end()) << name;
  return found->drawing;
}

bool has_words(const Drawing& drawing, const std::string& part) {
  return std::any_of(drawing.words.begin(), drawing.words.end(),
                     [&](const Words& words) { return words.text.find(part) != std::string::npos; });
}

TEST(Axes, RangeCoversValuesAndZeroOnTicks) {
  const AxisRange range =
      calc_axis_range({{"", {}, false, {-0.31, 2.47, std::numeric_limits<double>::quiet_NaN()}}});
  EXPECT_LE(range.low, -0.31);
  EXPECT_GE(range.high, 2.47);
  EXPECT_NEAR(range.low / range.step, std::round(range.low / range.step), 1e-9);
  EXPECT_NEAR(range.high / range.step, std::round(range.high / range.step), 1e-9);
}

TEST(Axes, CurveIsDrawnToScaleAndBreaksAtUndefinedValues) {
  Drawing drawing;
  const PlotFrame frame{10, 20, 200, 100};
  const Curve curve{"c", {0, 0, 1}, false, {0, 5, std::numeric_limits<double>::quiet_NaN(), 10, 2.5}};
  draw_curves(drawing, frame, {0, 10, 5}, {0, 25, 50, 75, 100}, {curve});
  // Two pieces and the legend's sample.
  ASSERT_EQ(drawing.strokes.size(), 3u);
  EXPECT_NEAR(drawing.strokes[0].points[1].x, 10 + 200 * 0.25, 1e-9);
  EXPECT_NEAR(drawing.strokes[0].points[1].y, 20 + 50, 1e-9);
  EXPECT_NEAR(drawing.strokes[1].points[0].y, 20, 1e-9);
  EXPECT_NEAR(drawing.strokes[1].points[1].y, 20 + 75, 1e-9);
}

TEST(RunCharts, ShowWhatTheFileHolds) {
  RunRecord record = test::build_synthetic_run();
  const auto charts = build_run_charts(record);
  std::set<std::string> names;
  for (const NamedDrawing& chart : charts) names.insert(chart.name);
  EXPECT_EQ(names, (std::set<std::string>{"ground_force", "disc_compression", "disc_shear", "compression_map",
                                          "muscle_groups"}));
  EXPECT_TRUE(has_words(find_chart(charts, "disc_compression"), "1 BW = 686 N"));
  for (const char* level : {"T12/L1", "L5/S1"}) {
    EXPECT_TRUE(has_words(find_chart(charts, "disc_compression"), level));
    EXPECT_TRUE(has_words(find_chart(charts, "compression_map"), level));
  }
  record.muscles = {};
  record.discs.anterior_shear.clear();
  EXPECT_EQ(build_run_charts(record).size(), 3u);
}

// Highest point of all areas on the page.
double find_top(const Drawing& chart) {
  double top = 1e9;
  for (const Area& area : chart.areas) {
    for (const PlanePoint& p : area.points) top = area.points.size() > 4 ? std::min(top, p.y) : top;
  }
  return top;
}

// Where the peak compression of the lowest disc stands on the page.
double calc_peak_height(const RunRecord& record) {
  double peak = 0;
  for (std::size_t i = 5; i < record.discs.compression.size(); i += 6)
    peak = std::max(peak, record.discs.compression[i]);
  const AxisRange range = calc_axis_range({{"", {}, false, {peak}}});
  return 40 + 134 * (range.high - peak) / range.high;
}

TEST(RunCharts, PartsOfTheCompressionAddUp) {
  RunRecord record = test::build_synthetic_run();
  record.names.disc_shares = {"muscles", "weight"};
  for (double compression : record.discs.compression) {
    for (double share : {0.7, 0.3})
      record.discs.force_share.insert(record.discs.force_share.end(), {0.0, -share * compression, 0.0});
  }
  const auto charts = build_run_charts(record);
  const Drawing& parts = find_chart(charts, "compression_parts");
  EXPECT_TRUE(has_words(parts, "weight"));
  EXPECT_NEAR(find_top(parts), calc_peak_height(record), 0.01);
}

// Many sources: the small ones are drawn as one, and all still add up to the load.
TEST(RunCharts, ContributionsAddUp) {
  RunRecord record = test::build_synthetic_run();
  std::vector<double> shares(12, 0.022);
  shares[3] = 0.5;
  shares[8] = 0.28;
  for (std::size_t k = 0; k < shares.size(); ++k)
    record.names.contribution_sources.push_back("source_" + std::to_string(k));
  for (double compression : record.discs.compression) {
    for (double share : shares) record.contributions.compression.push_back(share * compression);
  }
  const auto charts = build_run_charts(record);
  const Drawing& chart = find_chart(charts, "compression_contributions");
  for (const char* words : {"source 3", "source 8", "other"}) EXPECT_TRUE(has_words(chart, words)) << words;
  EXPECT_FALSE(has_words(chart, "source 11"));
  EXPECT_NEAR(find_top(chart), calc_peak_height(record), 0.01);
}

TEST(RunCharts, RunWithoutTimeIsRefused) {
  RunRecord record = test::build_synthetic_run({.samples = 3});
  std::fill(record.time.begin(), record.time.end(), 0.0);
  EXPECT_THROW(build_run_charts(record), BadInput);
  record.time.clear();
  EXPECT_THROW(build_run_charts(record), BadInput);
}

// Widths of the rectangles of a colour, in the order in which they were drawn.
std::vector<double> find_widths(const Drawing& chart, const Color& color) {
  std::vector<double> widths;
  for (const Area& area : chart.areas) {
    if (area.color != color) continue;
    const auto [low, high] =
        std::minmax_element(area.points.begin(), area.points.end(),
                            [](const PlanePoint& a, const PlanePoint& b) { return a.x < b.x; });
    widths.push_back(high->x - low->x);
  }
  return widths;
}

// A posture: bars instead of curves, to scale.
TEST(InstantCharts, BarsFollowTheLoads) {
  RunRecord record = test::build_synthetic_run({.samples = 1});
  record.names.contribution_sources = {"gravity", "erector_spinae", "inertia"};
  for (int level = 0; level < 6; ++level)
    record.contributions.compression.insert(record.contributions.compression.end(), {300.0, 900.0, -20.0});
  const auto charts = build_run_charts(record);
  std::set<std::string> names;
  for (const NamedDrawing& chart : charts) names.insert(chart.name);
  EXPECT_EQ(names, (std::set<std::string>{"disc_loads", "muscle_groups", "compression_contributions"}));
  const Drawing& loads = find_chart(charts, "disc_loads");
  for (const char* words : {"T12/L1", "L5/S1", "compression", "shear", "Force [N]", "Synthetic runner"})
    EXPECT_TRUE(has_words(loads, words)) << words;
  EXPECT_TRUE(has_words(find_chart(charts, "compression_contributions"), "erector spinae"));
  const std::vector<double> widths = find_widths(loads, kCurves[0]);
  ASSERT_EQ(widths.size(), 7u) << "the key, then six bars";
  for (std::size_t level = 0; level < 6; ++level) {
    EXPECT_NEAR(widths[1 + level] / widths[6], record.discs.compression[level] / record.discs.compression[5],
                1e-9);
  }
  record.discs.compression.clear();
  EXPECT_THROW(build_run_charts(record), BadInput);
}

TEST(Svg, EscapesAndPlacesItsWords) {
  Drawing drawing{100, 50, {}, {}, {}};
  drawing.words.push_back({"a < b & c", 10, 20, 9, WordAlign::kRight});
  const std::string svg = write_svg(drawing);
  EXPECT_NE(svg.find("a &lt; b &amp; c"), std::string::npos);
  EXPECT_NE(svg.find("text-anchor=\"end\""), std::string::npos);
  EXPECT_NE(svg.find("viewBox=\"0 0 100.0 50.0\""), std::string::npos);
}

TEST(Pdf, TableTellsWhereItsObjectsStand) {
  Drawing drawing{100, 50, {}, {}, {}};
  drawing.words.push_back({"(caf\xc3\xa9) \\ \xce\xb1", 10, 20});
  const std::string pdf = write_pdf(drawing);
  EXPECT_EQ(pdf.substr(0, 8), "%PDF-1.4");
  EXPECT_NE(pdf.find("(\\(caf\xe9\\) \\\\ ?) Tj"), std::string::npos);
  const std::size_t table = std::stoul(pdf.substr(pdf.find("startxref\n") + 10));
  EXPECT_EQ(pdf.substr(table, 4), "xref");
  std::size_t line = pdf.find("65535 f \n", table) + 9;
  for (int object = 1; object <= 6; ++object, line += 20) {
    const std::size_t place = std::stoul(pdf.substr(line, 10));
    EXPECT_EQ(pdf.substr(place, 7), std::to_string(object) + " 0 obj");
  }
}

}  // namespace
}  // namespace lumbarun::viz
