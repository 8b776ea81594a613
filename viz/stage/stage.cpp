#include "viz/stage/stage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/stage/column.h"

namespace lumbarun::viz {
namespace {

constexpr std::size_t kMostRuns = 4;

// The panel on the right that shows the discs larger, with their numbers: shares of the picture.
ColumnLayout build_single_layout() {
  ColumnLayout layout;
  layout.main = {0, 0, 1, 1};
  layout.shown_right = 0.700;
  layout.panel = {0.700, 0.030, 0.985, 0.970};
  layout.inset = {0.704, 0.260, 0.985, 0.925};
  layout.label_column = 0.889;
  layout.letters = 0.021;
  layout.is_narrow = false;
  return layout;
}

// Columns side by side above a strip with the scales.
ColumnLayout build_column_layout(std::size_t column, std::size_t count) {
  constexpr double kStrip = 0.115;
  const double width = 1.0 / static_cast<double>(count);
  const double left = width * static_cast<double>(column);
  ColumnLayout layout;
  layout.main = {left, kStrip, left + width, 1};
  layout.shown_right = left + 0.64 * width;
  layout.panel = {left + 0.65 * width, 0.30, left + width - 0.006, 0.915};
  layout.inset = {left + 0.652 * width, 0.31, left + width - 0.008, 0.905};
  layout.label_column = left + 0.865 * width;
  layout.letters = count == 2 ? 0.019 : 0.016;
  layout.is_narrow = true;
  return layout;
}

std::string format_tick(double value, double high) {
  if (high >= 100) return fmt::format("{:.0f}", value);
  return fmt::format("{:.3g}", value);
}

ColorBar build_bar(const std::string& title, const ColorMap& colors, const ValueRange& range) {
  ColorBar bar{title, colors, range.low, range.high, {}, {}};
  for (int i = 0; i <= 4; ++i) {
    bar.ticks.push_back(range.low + (range.high - range.low) * i / 4);
    bar.tick_labels.push_back(
        format_tick(bar.ticks.back(), std::max(std::abs(range.low), std::abs(range.high))));
  }
  return bar;
}

// B − A at the same share of the stride, for every sample of A.
Quantity calc_difference(const RunRecord& a, const Quantity& qa, const RunRecord& b, const Quantity& qb) {
  Quantity result = qa;
  result.title =
      "Difference of " + std::string(1, static_cast<char>(std::tolower(qa.title[0]))) + qa.title.substr(1);
  for (std::size_t i = 0; i < a.time.size(); ++i) {
    const double share = a.time.back() > 0 ? std::min(1.0, a.time[i] / a.time.back()) : 0;
    const std::size_t j = find_sample_at_time(b, share * b.time.back());
    for (std::size_t level = 0; level < qa.columns; ++level) {
      const double other = qb.get(j, find_level(b, a.names.levels[level]));
      result.values[i * qa.columns + level] = other - qa.get(i, level);
    }
  }
  return result;
}

struct Scales {
  SceneOptions scene;
  std::vector<ColorBar> bars;
};

Scales build_scales(const ColumnRuns& runs, const StageOptions& options, bool is_difference) {
  Scales scales;
  std::vector<const Quantity*> discs;
  std::vector<const Quantity*> muscles;
  for (const Quantity& quantity : runs.discs) discs.push_back(&quantity);
  for (const Quantity& quantity : runs.muscles) muscles.push_back(&quantity);
  SceneOptions& scene = scales.scene;
  ValueRange range = is_difference ? calc_even_range(runs.discs.front()) : calc_range(discs);
  if (options.disc_range) range = *options.disc_range;
  scene.disc_colors = is_difference ? build_difference_colors(range.low, range.high)
                                    : build_load_colors(range.low, range.high);
  scene.disc_range = std::max(std::abs(range.high), 1e-9);
  if (is_difference) scene.disc_bulge = 0;
  scales.bars.push_back(build_bar(runs.discs.front().get_label(), scene.disc_colors, range));
  if (options.has_muscles) {
    const ValueRange muscle =
        options.muscle == MuscleQuantity::kActivation ? ValueRange{0, 1} : calc_range(muscles);
    scene.muscle_colors = build_muscle_colors(muscle.low, muscle.high);
    scales.bars.push_back(build_bar(runs.muscles.front().get_label(), scene.muscle_colors, muscle));
  } else {
    scene.look.layers &= ~static_cast<unsigned>(kMusclesLayer);
  }
  if (options.detail == Detail::kPlain) {
    scene.is_plain = true;
    scene.discs = {5, 24};
    scene.muscles.sides = 5;
    scene.muscles.piece = 0.045;
  }
  if (!options.is_on_screen) {
    const unsigned wanted = scene.look.layers;
    scene.look = get_look(options.camera);
    scene.look.layers &= wanted | kDiscForceLayer;
  }
  if (options.has_ghost) scene.look.layers |= kGhostLayer;
  if (options.has_disc_arrows) {
    scene.look.layers |= kDiscForceLayer;
    scene.look.arrow_level.clear();
  }
  return scales;
}

}  // namespace

CompareMode parse_compare_mode(const std::string& name) {
  if (name == "side") return CompareMode::kSideBySide;
  if (name == "overlay") return CompareMode::kOverlay;
  if (name == "difference") return CompareMode::kDifference;
  throw BadInput(fmt::format("unknown comparison '{}': choose side, overlay or difference", name));
}

Stage::Stage(const std::vector<const RunRecord*>& records, const MeshCache& cache,
             const StageOptions& options)
    : options_(options), window_(build_window(options.size, options.oversampling, !options.is_on_screen)) {
  LUMBARUN_THROW_UNLESS(!records.empty() && records.size() <= kMostRuns, "give one to {} runs, not {}",
                        kMostRuns, records.size());
  ColumnRuns runs;
  runs.records = records;
  for (const RunRecord* record : records) {
    skeletons_.push_back(std::make_unique<Skeleton>(*record, cache, options.detail));
    runs.skeletons.push_back(skeletons_.back().get());
    runs.discs.push_back(calc_disc_quantity(*record, options.disc));
    runs.muscles.push_back(options.has_muscles ? calc_muscle_quantity(*record, options.muscle) : Quantity{});
  }
  const bool is_difference = options.mode == CompareMode::kDifference && records.size() > 1;
  if (is_difference) runs.discs[0] = calc_difference(*records[0], runs.discs[0], *records[1], runs.discs[1]);
  const Scales scales = build_scales(runs, options, is_difference);
  window_->SetNumberOfLayers(kWindowLayers);
  const bool is_one_column = records.size() == 1 || options.mode != CompareMode::kSideBySide;
  for (std::size_t i = 0; i < (is_one_column ? 1 : records.size()); ++i) {
    ColumnRuns own = runs;
    if (!is_one_column) own = {{records[i]}, {runs.skeletons[i]}, {runs.discs[i]}, {runs.muscles[i]}};
    const ColumnLayout layout =
        is_one_column ? build_single_layout() : build_column_layout(i, records.size());
    columns_.push_back(std::make_unique<Column>(window_, own, layout, options, scales.scene));
  }
  back_ = std::make_unique<Overlay>(window_, kPanelWindowLayer);
  front_ = std::make_unique<Overlay>(window_, kTextWindowLayer);
  for (const auto& column : columns_) {
    column->add_panels(*back_);
    column->add_captions(*front_);
  }
  if (is_one_column) {
    front_->add_text("Lumbar discs", 0.714, 0.932, {0.024, Align::kLeft, true, kInk});
    for (std::size_t i = 0; i < scales.bars.size(); ++i) {
      front_->add_bar(scales.bars[i], 0.725, 0.208 - 0.123 * static_cast<double>(i), 0.235, 0.022, 0.019);
    }
  } else {
    back_->add_panel(0, 0, 1, 0.115, {1, 1, 1}, 1.0);
    for (std::size_t i = 0; i < scales.bars.size(); ++i) {
      front_->add_bar(scales.bars[i], 0.08 + 0.48 * static_cast<double>(i), 0.045, 0.36, 0.022, 0.019);
    }
  }
}

Stage::~Stage() = default;

void Stage::update(const std::vector<Moment>& moments, bool has_new_words) {
  if (columns_.size() == 1) {
    columns_.front()->update(*front_, moments, has_new_words);
    return;
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i]->update(*front_, {moments[i]}, has_new_words);
}

Picture Stage::take_picture() {
  Picture picture{nullptr, front_->get_texts(), {}};
  picture.image = columns_.front()->has_occlusion()
                      ? capture(window_, options_.oversampling, {kSkyLow, kSkyTop})
                      : capture(window_, options_.oversampling);
  for (const auto& column : columns_) {
    const auto marks = column->get_marks(options_.oversampling);
    picture.marks.insert(picture.marks.end(), marks.begin(), marks.end());
  }
  return picture;
}

RunScene& Stage::get_scene() const { return columns_.front()->get_scene(); }
vtkRenderer* Stage::get_main_renderer() const { return columns_.front()->get_main_renderer(); }
std::optional<Picked> Stage::find_picked(int x, int y) const { return columns_.front()->find_picked(x, y); }
void Stage::set_draft(bool is_draft) {
  for (const auto& column : columns_) column->set_draft(is_draft);
}
void Stage::set_layers(unsigned layers) {
  for (const auto& column : columns_) column->set_layers(layers);
}
void Stage::set_camera(const CameraChoice& camera) {
  for (const auto& column : columns_) column->set_camera(camera, *back_);
}
void Stage::set_side_room(double right) {
  if (columns_.size() == 1) columns_.front()->set_side_room(right);
}
void Stage::fit() {
  for (Overlay* overlay : {back_.get(), front_.get()}) overlay->fit(window_->GetSize()[1]);
}
void Stage::free_camera() {
  for (const auto& column : columns_) column->free_camera();
}

}  // namespace lumbarun::viz
