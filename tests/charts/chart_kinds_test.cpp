// Charts of many scenarios: what is drawn lies where the numbers say.
#include "sim/charts/chart_kinds.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/charts/axes.h"

namespace lumbarun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const Words& find_words(const Drawing& drawing, const std::string& text) {
  const auto found = std::find_if(drawing.words.begin(), drawing.words.end(),
                                  [&](const Words& words) { return words.text == text; });
  EXPECT_NE(found, drawing.words.end()) << text;
  return found == drawing.words.end() ? drawing.words.front() : *found;
}

double calc_width(const Area& area) {
  const auto [low, high] =
      std::minmax_element(area.points.begin(), area.points.end(),
                          [](const PlanePoint& a, const PlanePoint& b) { return a.x < b.x; });
  return high->x - low->x;
}

TEST(DataRange, CoversDefinedValuesOnly) {
  const AxisRange range = calc_data_range({2.5, kNone, 4.0, 3.1});
  EXPECT_LT(range.low, 2.5);
  EXPECT_GT(range.low, 2.3);
  EXPECT_GT(range.high, 4.0);
  const auto ticks = calc_ticks(range);
  EXPECT_GE(ticks.size(), 3u);
  EXPECT_LE(ticks.size(), 6u);
  for (double tick : ticks) EXPECT_NEAR(tick / range.step, std::round(tick / range.step), 1e-9);
  const AxisRange constant = calc_data_range({7.0, 7.0});
  EXPECT_LT(constant.low, 7.0);
  EXPECT_GT(constant.high, 7.0);
}

TEST(WrapText, KeepsEveryLetterWithinTheWidth) {
  const std::string text = "condition.hip_flexor_tightness_deg [deg]";
  const auto lines = wrap_text(text, 8, 60);
  std::string joined;
  for (const std::string& line : lines) joined += line;
  EXPECT_EQ(joined, text);
  EXPECT_GT(lines.size(), 2u);
  EXPECT_LE(calc_text_width(shorten_text(text, 8, 50), 8), 50);
}

TEST(BarChart, BarsAreAsLongAsTheirValues) {
  const Drawing drawing =
      build_bar_chart({"t", "x", ""}, {"a", "b", "c"},
                      {{"s", {{0.8, 0.7, 0.9}, {-0.4, kNone, kNone}, {kNone, kNone, kNone}}}});
  ASSERT_EQ(drawing.areas.size(), 2u) << "no bar for an undefined value";
  EXPECT_NEAR(calc_width(drawing.areas[0]), 2 * calc_width(drawing.areas[1]), 1e-9);
}

TEST(Tornado, WidestOnTopAndEndsCarryTheirInputs) {
  const Drawing drawing = build_tornado_chart({"t", "x", ""}, 100,
                                              {{"narrow", {99, 98, 100}, {102, 101, 103}, "n low", "n high"},
                                               {"turned", {140, 138, 142}, {80, 78, 82}, "t low", "t high"}});
  EXPECT_LT(find_words(drawing, "turned").y, find_words(drawing, "narrow").y);
  // A high input that lowers the result stands at the left.
  EXPECT_LT(find_words(drawing, "t high").x, find_words(drawing, "t low").x);
  EXPECT_LT(find_words(drawing, "n low").x, find_words(drawing, "n high").x);
  const auto bars = std::count_if(drawing.areas.begin(), drawing.areas.end(), [](const Area& area) {
    return area.points[0].y > 50;  // below the key
  });
  EXPECT_EQ(bars, 4);
}

TEST(Surface, CellsAreColouredByTheirMeansAndSayThem) {
  const Drawing drawing = build_surface_chart({"t", "x", "y"}, {0, 1, 3}, {0, 10, 20}, {1, 2, kNone, 4}, "N");
  EXPECT_EQ(drawing.areas[2].color, kUndefined);
  EXPECT_NE(drawing.areas[0].color, drawing.areas[3].color);
  EXPECT_NEAR(calc_width(drawing.areas[1]), 2 * calc_width(drawing.areas[0]), 1e-9);
  EXPECT_GT(drawing.areas[0].points[0].y, drawing.areas[3].points[0].y) << "the first row is below";
  find_words(drawing, "–");
  find_words(drawing, "4");
}

TEST(ParallelChart, OneLinePerWholeScenarioColouredByTheLastAxis) {
  const Drawing drawing = build_parallel_chart(
      "t",
      {{"a", {1, 2, kNone, 4}, {}}, {"b", {0, 1, 1, 0}, {"soft", "hard"}}, {"c [N]", {30, 10, 20, 40}, {}}});
  std::vector<const Stroke*> lines;
  for (const Stroke& stroke : drawing.strokes) {
    if (stroke.points.size() == 3) lines.push_back(&stroke);
  }
  ASSERT_EQ(lines.size(), 3u);
  // Drawn from the lowest to the highest: c = 10, 30, 40.
  EXPECT_GT(lines[0]->points[2].y, lines[1]->points[2].y);
  EXPECT_GT(lines[1]->points[2].y, lines[2]->points[2].y);
  EXPECT_NE(lines[0]->color, lines[2]->color);
  find_words(drawing, "3 of 4 scenarios; colour: the last axis");
  find_words(drawing, "hard");
}

TEST(Palette, ViridisGetsLighterAllTheWay) {
  double before = -1;
  for (int i = 0; i <= 20; ++i) {
    const Color color = calc_load_color(i / 20.0);
    const double luma = 0.2126 * color[0] + 0.7152 * color[1] + 0.0722 * color[2];
    EXPECT_GT(luma, before);
    before = luma;
  }
  EXPECT_EQ(calc_load_color(kNone), kUndefined);
  EXPECT_EQ(calc_readable_color(calc_load_color(0)), (Color{1, 1, 1}));
  EXPECT_EQ(calc_readable_color(calc_load_color(1)), kInk);
}

}  // namespace
}  // namespace lumbarun
