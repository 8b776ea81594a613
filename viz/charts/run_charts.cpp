#include "viz/charts/run_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>

#include "sim/charts/axes.h"
#include "sim/core/contracts.h"
#include "viz/charts/chart_notes.h"
#include "viz/charts/instant_charts.h"
#include "viz/run_frame.h"
#include "viz/scene/colors.h"
#include "viz/scene/quantity.h"

namespace lumbarun::viz {
namespace {

constexpr double kWidth = 380;
constexpr double kHeight = 220;
constexpr double kLongNames = 40;  // more width, for names of muscles in the legend
constexpr PlotFrame kFrame = {44, 40, 226, 134};

// At most this many points per curve: more cannot be seen.
constexpr std::size_t kMostPoints = 400;

struct Clock {
  std::vector<std::size_t> samples;
  std::vector<double> percent;
};

Clock build_clock(const RunRecord& record) {
  LUMBARUN_THROW_UNLESS(record.time.size() > 1 && record.time.back() > 0,
                        "the run has no stride to chart (status: {})", record.header.status);
  Clock clock;
  const std::size_t step = 1 + (record.time.size() - 1) / kMostPoints;
  for (std::size_t i = 0; i < record.time.size(); i += step) clock.samples.push_back(i);
  if (clock.samples.back() != record.time.size() - 1) clock.samples.push_back(record.time.size() - 1);
  for (std::size_t i : clock.samples) clock.percent.push_back(100 * record.time[i] / record.time.back());
  return clock;
}

Curve build_curve(const std::string& name, const Color& color, bool is_dashed, const Clock& clock,
                  const std::function<double(std::size_t)>& get) {
  Curve curve{name, color, is_dashed, {}};
  for (std::size_t i : clock.samples) curve.values.push_back(get(i));
  return curve;
}

std::vector<Curve> build_force_curves(const RunRecord& record, const Clock& clock) {
  const double weight = calc_body_weight(record);
  const Eigen::Vector3d normal = calc_ground_plane(record).normal;
  const Eigen::Vector3d forward = normal.cross(Eigen::Vector3d::UnitZ()).normalized();
  std::vector<Curve> curves;
  for (const auto& [side, side_name] : {std::pair{Side::kRight, "right"}, {Side::kLeft, "left"}}) {
    LUMBARUN_THROW_UNLESS(find_foot(record, side), "/foot has no {} foot", side_name);
    for (bool is_normal : {true, false}) {
      curves.push_back(
          build_curve(fmt::format("{} foot, {}", side_name, is_normal ? "normal" : "forward"),
                      side == Side::kRight ? kCurves[0] : kCurves[5], !is_normal, clock, [&](std::size_t i) {
                        const auto force = find_ground_force(record, i, side);
                        return force ? force->dot(is_normal ? normal : forward) / weight : std::nan("");
                      }));
    }
  }
  return curves;
}

std::vector<Curve> build_level_curves(const RunRecord& record, const Clock& clock,
                                      const std::vector<double>& values) {
  const double weight = calc_body_weight(record);
  const std::size_t count = record.names.levels.size();
  std::vector<Curve> curves;
  for (std::size_t level = 0; level < count; ++level) {
    curves.push_back(build_curve(get_level_text(record.names.levels[level]), kCurves[level % kCurves.size()],
                                 false, clock,
                                 [&](std::size_t i) { return values[i * count + level] / weight; }));
  }
  return curves;
}

// Sums of the strongest groups, both sides.
std::vector<Curve> build_group_curves(const RunRecord& record, const Clock& clock) {
  const std::size_t count = record.names.muscles.size();
  std::map<std::string, Curve> groups;
  for (std::size_t m = 0; m < count; ++m) {
    const std::string name = build_plain_name(record.names.muscle_groups[m]);
    Curve& curve = groups[name];
    curve.name = name;
    curve.values.resize(clock.samples.size());
    for (std::size_t i = 0; i < clock.samples.size(); ++i) {
      curve.values[i] += record.muscles.force[clock.samples[i] * count + m];
    }
  }
  std::vector<Curve> curves;
  for (auto& [name, curve] : groups) curves.push_back(std::move(curve));
  const auto get_peak = [](const Curve& curve) {
    double peak = 0;
    for (double value : curve.values) peak = std::isfinite(value) ? std::max(peak, value) : peak;
    return peak;
  };
  std::stable_sort(curves.begin(), curves.end(),
                   [&](const Curve& a, const Curve& b) { return get_peak(a) > get_peak(b); });
  if (curves.size() > 8) curves.resize(8);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    curves[i].color = kCurves[i % kCurves.size()];
    curves[i].is_dashed = i >= kCurves.size();
  }
  return curves;
}

Drawing build_line_chart(const RunRecord& record, const std::string& title, const Clock& clock,
                         const std::vector<Curve>& curves) {
  Drawing drawing{kWidth, kHeight, {}, {}, {}, title};
  const AxisRange range = calc_axis_range(curves);
  draw_axes(drawing, kFrame, title, range);
  draw_curves(drawing, kFrame, range, clock.percent, curves);
  add_notes(drawing, record);
  return drawing;
}

// Level by level, the colour is the compression.
Drawing build_compression_map(const RunRecord& record) {
  Drawing drawing{kWidth, kHeight, {}, {}, {}, "Compression by level and share of the stride"};
  const Quantity quantity = calc_disc_quantity(record, DiscQuantity::kCompression);
  const ValueRange range = calc_range({&quantity});
  const ColorMap colors = build_load_colors(range.low, range.high);
  const double row = kFrame.height / static_cast<double>(quantity.columns);
  constexpr int kColumns = 160;
  for (std::size_t level = 0; level < quantity.columns; ++level) {
    const double y = kFrame.top + row * static_cast<double>(level);
    for (int c = 0; c < kColumns; ++c) {
      const std::size_t i = find_sample_at_time(record, record.time.back() * (c + 0.5) / kColumns);
      const double width = kFrame.width / kColumns;
      // A little overlap: no seams.
      drawing.add_rectangle(kFrame.left + c * width, y, c + 1 < kColumns ? 1.1 * width : width, row,
                            get_color(colors, quantity.get(i, level)));
    }
    drawing.words.push_back({get_level_text(record.names.levels[level]), kFrame.left - 5, y + 0.5 * row + 3,
                             9, WordAlign::kRight});
  }
  for (std::size_t level = 1; level < quantity.columns; ++level) {
    const double y = kFrame.top + row * static_cast<double>(level);
    drawing.add_line(kFrame.left, y, kFrame.left + kFrame.width, y, {1, 1, 1}, 1);
  }
  draw_title(drawing, kFrame, quantity.get_label());
  draw_stride_axis(drawing, kFrame);
  draw_color_scale(drawing, kFrame, {range.low, range.high, 0.25 * (range.high - range.low)}, quantity.unit);
  add_notes(drawing, record);
  return drawing;
}

Drawing build_stack_chart(const RunRecord& record, const Clock& clock, const std::string& title,
                          const std::vector<Curve>& curves) {
  std::vector<Curve> sums(2);
  for (std::size_t i = 0; i < clock.samples.size(); ++i) {
    double above = 0;
    double below = 0;
    for (const Curve& curve : curves) {
      const double value = std::isfinite(curve.values[i]) ? curve.values[i] : 0;
      (value > 0 ? above : below) += value;
    }
    sums[0].values.push_back(above);
    sums[1].values.push_back(below);
  }
  Drawing drawing{kWidth + kLongNames, kHeight, {}, {}, {}, title};
  const AxisRange range = calc_axis_range(sums);
  draw_axes(drawing, kFrame, title + " of " + get_level_text(record.names.levels.back()) + " [N]", range);
  draw_stack(drawing, kFrame, range, clock.percent, curves);
  add_notes(drawing, record);
  return drawing;
}

// What passes the compression of the lowest disc on: disc, ligaments, facets, reserves.
std::optional<Drawing> build_parts_chart(const RunRecord& record, const Clock& clock) {
  const auto& parts = record.names.disc_shares;
  const std::size_t levels = record.names.levels.size();
  const auto& share = record.discs.force_share;
  if (parts.empty() || share.size() != record.time.size() * levels * parts.size() * 3) return std::nullopt;
  std::vector<Curve> curves;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    curves.push_back(build_curve(
        build_plain_name(parts[part]), kCurves[part % kCurves.size()], false, clock,
        [&](std::size_t i) { return -share[((i * levels + levels - 1) * parts.size() + part) * 3 + 1]; }));
  }
  return build_stack_chart(record, clock, "Parts of the compression", curves);
}

double calc_largest_size(const Curve& curve) {
  double size = 0;
  for (const double value : curve.values) {
    if (std::isfinite(value)) size = std::max(size, std::abs(value));
  }
  return size;
}

// The largest as they are, the rest as one: they still sum to the load.
std::vector<Curve> join_small(std::vector<Curve> curves, const Clock& clock) {
  const std::size_t kept = kCurves.size() - 1;
  std::stable_sort(curves.begin(), curves.end(), [](const Curve& a, const Curve& b) {
    return calc_largest_size(a) > calc_largest_size(b);
  });
  if (curves.size() > kept + 1) {
    Curve rest = build_curve("other", {}, false, clock, [](std::size_t) { return 0.0; });
    for (std::size_t k = kept; k < curves.size(); ++k) {
      for (std::size_t i = 0; i < rest.values.size(); ++i) rest.values[i] += curves[k].values[i];
    }
    curves.resize(kept);
    curves.push_back(rest);
  }
  for (std::size_t k = 0; k < curves.size(); ++k) curves[k].color = kCurves[k % kCurves.size()];
  return curves;
}

// What loads the lowest disc: gravity, inertia, each group of muscles.
std::optional<Drawing> build_contribution_chart(const RunRecord& record, const Clock& clock) {
  const auto& sources = record.names.contribution_sources;
  const std::size_t levels = record.names.levels.size();
  const auto& compression = record.contributions.compression;
  if (sources.empty() || compression.size() != record.time.size() * levels * sources.size())
    return std::nullopt;
  std::vector<Curve> curves;
  for (std::size_t k = 0; k < sources.size(); ++k) {
    curves.push_back(build_curve(build_plain_name(sources[k]), {}, false, clock, [&](std::size_t i) {
      return compression[(i * levels + levels - 1) * sources.size() + k];
    }));
  }
  return build_stack_chart(record, clock, "Contributions to the compression",
                           join_small(std::move(curves), clock));
}

}  // namespace

std::vector<NamedDrawing> build_run_charts(const RunRecord& record) {
  if (is_one_instant(record)) return build_instant_charts(record);
  const Clock clock = build_clock(record);
  const std::string unit = fmt::format(" [BW], 1 BW = {:.0f} N", calc_body_weight(record));
  std::vector<NamedDrawing> charts;
  const std::size_t loads = record.time.size() * record.names.levels.size();
  if (!record.ground.force.empty()) {
    charts.push_back({"ground_force", build_line_chart(record, "Ground force" + unit, clock,
                                                       build_force_curves(record, clock))});
  }
  if (loads > 0 && record.discs.compression.size() == loads) {
    charts.push_back(
        {"disc_compression", build_line_chart(record, "Disc compression" + unit, clock,
                                              build_level_curves(record, clock, record.discs.compression))});
    charts.push_back({"compression_map", build_compression_map(record)});
  }
  if (loads > 0 && record.discs.anterior_shear.size() == loads) {
    charts.push_back(
        {"disc_shear", build_line_chart(record, "Anterior disc shear" + unit, clock,
                                        build_level_curves(record, clock, record.discs.anterior_shear))});
  }
  const std::size_t muscles = record.names.muscles.size();
  if (muscles > 0 && record.muscles.force.size() == record.time.size() * muscles &&
      record.names.muscle_groups.size() == muscles) {
    charts.push_back({"muscle_groups", build_line_chart(record, "Muscle force by group [N], both sides",
                                                        clock, build_group_curves(record, clock))});
  }
  if (const auto parts = build_parts_chart(record, clock)) charts.push_back({"compression_parts", *parts});
  if (const auto chart = build_contribution_chart(record, clock))
    charts.push_back({"compression_contributions", *chart});
  return charts;
}

Drawing build_load_chart(const RunRecord& record, const PictureSize& size) {
  if (is_one_instant(record)) return build_disc_bars(record);
  const Clock clock = build_clock(record);
  LUMBARUN_THROW_UNLESS(!record.discs.compression.empty(), "group /discs has no compression");
  const double width = 480;
  const double height = width * size.height / size.width;
  Drawing drawing{width, height, {}, {}, {}, "Ground force and disc compression"};
  const double plot = 0.5 * (height - 126);
  const PlotFrame upper{40, 36, 320, plot};
  const PlotFrame lower{40, 36 + plot + 56, 320, plot};
  const std::vector<Curve> forces = build_force_curves(record, clock);
  const std::vector<Curve> levels = build_level_curves(record, clock, record.discs.compression);
  draw_axes(drawing, upper, "Ground force [BW]", calc_axis_range(forces));
  draw_curves(drawing, upper, calc_axis_range(forces), clock.percent, forces);
  draw_axes(drawing, lower, "Disc compression [BW]", calc_axis_range(levels));
  draw_curves(drawing, lower, calc_axis_range(levels), clock.percent, levels);
  drawing.words.push_back(
      {fmt::format("1 BW = {:.0f} N", calc_body_weight(record)), 370, lower.top + plot + 26, 9});
  add_notes(drawing, record);
  return drawing;
}

Picture render_load_chart(const RunRecord& record, const PictureSize& size) {
  const Drawing drawing = build_load_chart(record, size);
  return rasterize(drawing, size.width / drawing.width);
}

}  // namespace lumbarun::viz
