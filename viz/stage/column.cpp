#include "viz/stage/column.h"

#include <fmt/format.h>
#include <vtkCamera.h>
#include <vtkCellPicker.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "viz/scene/mean_posture.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// Half of the inset's view of the lumbar spine, about L3, m: depth fore and aft, height.
constexpr double kInsetBack = 0.100;
constexpr double kInsetFront = 0.060;
constexpr double kInsetHalfHeight = 0.118;

const std::array<Color, 3> kThroughColors = {{{0.25, 0.50, 0.80}, {0.85, 0.45, 0.10}, {0.10, 0.60, 0.45}}};

double calc_scale(const RunFrame& frame) {
  return (frame.calc_pose("L5").p - frame.calc_pose("L1").p).norm() / 0.120;
}

double calc_stride_length(const RunRecord& record) {
  const std::size_t first = find_first_sample(record);
  std::size_t last = record.time.size() - 1;
  while (last > first && !has_poses(record, last)) --last;
  return (RunFrame(record, last).calc_pose("pelvis").p - RunFrame(record, first).calc_pose("pelvis").p).x();
}

void set_viewport(vtkRenderer* renderer, const Region& region) {
  renderer->SetViewport(region.left, region.low, region.right, region.high);
}

}  // namespace

PictureMark build_mark(const std::string& name, vtkRenderer* renderer, const Vector3d& p, int oversampling) {
  renderer->SetWorldPoint(p.x(), p.y(), p.z(), 1.0);
  renderer->WorldToDisplay();
  const double* display = renderer->GetDisplayPoint();
  return {name, display[0] / oversampling, display[1] / oversampling};
}

Column::Column(vtkRenderWindow* window, const ColumnRuns& runs, const ColumnLayout& layout,
               const StageOptions& options, const SceneOptions& scene)
    : runs_(runs), layout_(layout), options_(options) {
  const int* size = window->GetSize();
  aspect_ = (layout.shown_right - layout.main.left) * size[0] / (layout.main.get_height() * size[1]);
  build_renderers(window);
  build_scenes(scene);
  framing_ = std::make_unique<Framing>(*runs_.records.front(), options.camera);
}

void Column::build_renderers(vtkRenderWindow* window) {
  const auto add = [&](int layer, const Region& region) {
    auto renderer = vtkSmartPointer<vtkRenderer>::New();
    renderer->SetLayer(layer);
    set_viewport(renderer, region);
    add_lights(renderer);
    window->AddRenderer(renderer);
    return renderer;
  };
  main_ = add(kMainWindowLayer, layout_.main);
  main_->GradientBackgroundOn();
  main_->SetBackground(kSkyLow[0], kSkyLow[1], kSkyLow[2]);
  main_->SetBackground2(kSkyTop[0], kSkyTop[1], kSkyTop[2]);
  if (options_.oversampling == 1) main_->SetUseFXAA(options_.has_smooth_edges);
  // VTK 9.1 puts the occlusion of a part of the window in the wrong place.
  const bool is_whole = layout_.main.get_width() == 1 && layout_.main.get_height() == 1;
  if (options_.has_occlusion && is_whole) {
    main_->UseSSAOOn();
    main_->SetSSAORadius(is_close_up(options_.camera) ? 0.02 : 0.06);
    main_->SetSSAOBias(is_close_up(options_.camera) ? 0.0015 : 0.004);
    main_->SetSSAOKernelSize(32);
    main_->SSAOBlurOn();
  }
  arrow_view_ = add(kArrowWindowLayer, layout_.main);
  arrow_view_->SetActiveCamera(main_->GetActiveCamera());
  arrow_view_->InteractiveOff();
  inset_view_ = add(kInsetWindowLayer, layout_.inset);
  inset_view_->InteractiveOff();
}

void Column::build_scenes(const SceneOptions& base) {
  for (std::size_t i = 0; i < runs_.records.size(); ++i) {
    SceneOptions options = base;
    options.disc = runs_.discs[i];
    options.muscle = runs_.muscles[i];
    if (i > 0) {
      options.layers &= ~static_cast<unsigned>(kGroundLayer | kMusclesLayer | kForceLayer);
      options.opacity = 0.35;
      options.tint = kThroughColors[(i - 1) % kThroughColors.size()];
    }
    scenes_.push_back(std::make_unique<RunScene>(*runs_.records[i], *runs_.skeletons[i], options, main_));
    arrows_.push_back(std::make_unique<ForceArrows>(*runs_.records[i], arrow_view_, i == 0 ? 0.62 : 0.33));
    arrows_.back()->set_visible(!is_close_up(options_.camera));
  }
  SceneOptions options = base;
  options.layers = kSpineLayer;
  options.disc = runs_.discs.front();
  inset_ = std::make_unique<RunScene>(*runs_.records.front(), *runs_.skeletons.front(), options, inset_view_);
}

void Column::add_panels(Overlay& back) const {
  const Region& panel = layout_.panel;
  back.add_panel(panel.left, panel.low, panel.get_width(), panel.get_height(), {1, 1, 1}, 0.80);
  if (!options_.has_captions) return;
  if (is_close_up(options_.camera)) {
    // Bones fill the view: words need paper.
    const double height = layout_.is_narrow ? 0.135 : 0.158;
    back.add_panel(layout_.main.left, layout_.main.high - height,
                   layout_.shown_right - layout_.main.left - 0.012, height, {1, 1, 1}, 0.85);
  }
}

void Column::add_captions(Overlay& front) {
  const RunRecord& record = *runs_.records.front();
  const double left = layout_.main.left + 0.022;
  const double letters = layout_.letters;
  const double top = layout_.main.high;
  const bool has_captions = options_.has_captions;
  std::string title = record.header.title;
  const auto room = static_cast<std::size_t>(layout_.main.get_width() * 110);
  if (title.size() > room && layout_.is_narrow) title = title.substr(0, room - 3) + "...";
  if (has_captions)
    front.add_text(title, left, top - 2.16 * letters, {1.42 * letters, Align::kLeft, true, kInk});
  time_text_ = front.add_text(" ", left, top - 3.97 * letters, {letters, Align::kLeft, false, kInk});
  force_texts_[0] = front.add_text(" ", left, top - 5.55 * letters, {letters, Align::kLeft, false, kForce});
  force_texts_[1] = front.add_text(" ", left, top - 7.12 * letters, {letters, Align::kLeft, false, kForce});
  const std::string note = get_status_note(record, layout_.is_narrow ? 40 : 78);
  if (!note.empty())
    front.add_text(note, left, layout_.main.low + 0.025, {0.9 * letters, Align::kLeft, false, kWarning});
  for (std::size_t i = 1; i < runs_.records.size(); ++i) {
    const bool is_difference = options_.mode == CompareMode::kDifference && i == 1;
    front.add_text("translucent: " + runs_.records[i]->header.title +
                       (is_difference ? "; discs: translucent minus solid runner" : ""),
                   left, 0.03 + 0.035 * static_cast<double>(i - 1),
                   {letters, Align::kLeft, true, kThroughColors[(i - 1) % 3]});
  }
  for (const char* level : kDiscLevels) {
    label_lines_.push_back(front.add_line(0, 0, 0, 0, {0.55, 0.58, 0.62}, 0.0012));
    name_texts_.push_back(
        front.add_text(get_level_text(level), 0, 0, {0.88 * letters, Align::kLeft, true, kInk}));
    number_texts_.push_back(front.add_text(" ", 0, 0, {0.84 * letters, Align::kLeft, false, kInk}));
  }
}

void Column::aim(const RunFrame& frame, const Vector3d& pelvis) {
  if (!is_free_) {
    aim_camera(main_, options_.camera.name, framing_->calc_box(frame), aspect_);
    // The runner stands in the middle of what the panel leaves free.
    const double free = (layout_.shown_right - layout_.main.left) / layout_.main.get_width();
    main_->GetActiveCamera()->SetWindowCenter(1.0 - free, 0.0);
  } else if (last_pelvis_) {
    vtkCamera* camera = main_->GetActiveCamera();
    const Vector3d step = pelvis - *last_pelvis_;
    const Vector3d focus = Vector3d(camera->GetFocalPoint()) + step;
    const Vector3d position = Vector3d(camera->GetPosition()) + step;
    camera->SetFocalPoint(focus.data());
    camera->SetPosition(position.data());
  }
  last_pelvis_ = pelvis;
  const Vector3d center = frame.calc_pose("L3").p;
  const double scale = calc_scale(frame);
  const int* size = inset_view_->GetRenderWindow()->GetSize();
  const double aspect = layout_.inset.get_width() * size[0] / (layout_.inset.get_height() * size[1]);
  Eigen::AlignedBox3d box(center - scale * Vector3d(kInsetBack, kInsetHalfHeight, 0.0),
                          center + scale * Vector3d(kInsetFront, kInsetHalfHeight, 0.0));
  // Room for the numbers before the spine.
  const double share = (layout_.label_column - layout_.inset.left) / layout_.inset.get_width();
  const double width = box.sizes().x() / std::clamp(share, 0.3, 1.0);
  box.max().x() = box.min().x() + width;
  aim_camera(inset_view_, CameraName::kSagittal, box, aspect);
}

void Column::update(Overlay& front, const std::vector<Moment>& moments, bool has_new_words) {
  const RunRecord& record = *runs_.records.front();
  const std::size_t sample = moments.front().sample;
  const bool is_defined = has_poses(record, sample);
  const Vector3d pelvis = is_defined ? RunFrame(record, sample).calc_pose("pelvis").p : Vector3d::Zero();
  for (std::size_t i = 0; i < scenes_.size(); ++i) {
    const RunRecord& other = *runs_.records[i];
    Vector3d offset = Vector3d::Zero();
    // Runners drawn through each other share their pelvis.
    if (i > 0 && is_defined && has_poses(other, moments[i].sample)) {
      offset = pelvis - RunFrame(other, moments[i].sample).calc_pose("pelvis").p;
      offset.y() = calc_ground_plane(record).point.y() - calc_ground_plane(other).point.y();
    }
    scenes_[i]->update(moments[i].sample, offset, moments[i].strides * calc_stride_length(other));
    arrows_[i]->update(moments[i].sample, offset);
  }
  inset_->update(sample, Vector3d::Zero(), 0);
  if (is_defined) aim(RunFrame(record, sample), pelvis);
  if (has_new_words) update_captions(front, moments);
  update_labels(front, moments, has_new_words);
  main_->ResetCameraClippingRange();
  inset_view_->ResetCameraClippingRange();
}

void Column::update_captions(Overlay& front, const std::vector<Moment>& moments) {
  if (!options_.has_captions) return;
  const RunRecord& record = *runs_.records.front();
  const std::size_t sample = moments.front().sample;
  const double time = record.time[sample];
  std::string line =
      record.header.speed_m_s > 0 ? fmt::format("{:.1f} m/s   ", record.header.speed_m_s) : std::string();
  line += record.time.back() > 0
              ? fmt::format("t = {:.3f} s   {:.0f} % of the stride", time, 100 * time / record.time.back())
              : std::string("one instant");
  if (!has_poses(record, sample)) line += "   undefined";
  front.set_text(time_text_, line);
  const double weight = calc_body_weight(record);
  std::size_t row = 0;
  for (const auto& [side, word] : {std::pair{Side::kRight, "right"}, {Side::kLeft, "left"}}) {
    const auto force = find_ground_force(record, sample, side);
    if (!force || force->norm() < 0.05 * weight) continue;
    front.set_text(force_texts_[row++],
                   fmt::format(fmt::runtime(layout_.is_narrow ? "{} foot: {:.0f} N, {:.2f} BW"
                                                              : "Ground force, {} foot: {:.0f} N, {:.2f} BW"),
                               word, force->norm(), force->norm() / weight));
  }
  for (; row < 2; ++row) front.set_text(force_texts_[row], " ");
}

std::string Column::get_disc_number(std::size_t disc, const std::vector<Moment>& moments) const {
  const RunRecord& record = *runs_.records.front();
  const Quantity& quantity = runs_.discs.front();
  const double value = quantity.get(moments.front().sample, find_level(record, kDiscLevels[disc]));
  if (!std::isfinite(value)) return "undefined";
  const bool is_force = quantity.unit == "N";
  if (options_.mode == CompareMode::kDifference && runs_.records.size() > 1) {
    return fmt::format(fmt::runtime(is_force ? "{:+.0f} {}" : "{:+.2f} {}"), value, quantity.unit);
  }
  std::string text = fmt::format(fmt::runtime(is_force ? "{:.0f} {}" : "{:.2f} {}"), value, quantity.unit);
  for (std::size_t i = 1; i < runs_.records.size(); ++i) {
    const double other =
        runs_.discs[i].get(moments[i].sample, find_level(*runs_.records[i], kDiscLevels[disc]));
    text += fmt::format(fmt::runtime(is_force ? " | {:.0f}" : " | {:.2f}"), other);
  }
  if (is_force && !layout_.is_narrow && runs_.records.size() == 1)
    text += fmt::format("  {:.1f} BW", value / calc_body_weight(record));
  return text;
}

// Names and numbers beside the discs of the inset.
void Column::update_labels(Overlay& front, const std::vector<Moment>& moments, bool has_new_words) {
  const int* window = inset_view_->GetRenderWindow()->GetSize();
  const double letters = layout_.letters;
  const auto& discs = inset_->get_discs();
  double above = 2.0;
  for (std::size_t i = 0; i < number_texts_.size(); ++i) {
    if (has_new_words) front.set_text(number_texts_[i], get_disc_number(i, moments));
    if (i >= discs.size()) continue;
    const PictureMark mark =
        build_mark("", inset_view_, discs[i].center + Vector3d(1.25 * discs[i].half_depth, 0, 0), 1);
    const double x = mark.x / window[0];
    const double y = mark.y / window[1];
    // Rows never touch.
    const double row = std::min(y, above - 2.05 * letters);
    above = row;
    front.move_line(label_lines_[i], x, y, layout_.label_column - 0.004, row);
    front.move_text(name_texts_[i], layout_.label_column, row + 0.15 * letters);
    front.move_text(number_texts_[i], layout_.label_column, row - 0.92 * letters);
  }
}

std::optional<Picked> Column::find_picked(int x, int y) const {
  vtkNew<vtkCellPicker> picker;
  picker->SetTolerance(0.0005);
  // The panel lies before the runner.
  for (const auto& [renderer, scene] :
       {std::pair{inset_view_.Get(), inset_.get()}, {main_.Get(), scenes_.front().get()}}) {
    if (!renderer->IsInViewport(x, y) || picker->Pick(x, y, 0, renderer) == 0) continue;
    if (const auto picked = scene->find_picked(picker->GetActor(), picker->GetCellId())) return picked;
  }
  return std::nullopt;
}

std::vector<PictureMark> Column::get_marks(int oversampling) const {
  std::vector<PictureMark> marks;
  for (const DiscPose& disc : scenes_.front()->get_discs()) {
    marks.push_back(build_mark(disc.level + " main", main_, disc.center, oversampling));
    marks.push_back(build_mark(disc.level + " panel", inset_view_, disc.center, oversampling));
  }
  return marks;
}

void Column::set_layers(unsigned layers) {
  for (const auto& scene : scenes_) scene->set_layers(layers);
  for (const auto& arrows : arrows_) arrows->set_visible((layers & kForceLayer) != 0);
}

void Column::set_smooth_edges(bool is_smooth) { main_->SetUseFXAA(is_smooth); }

void Column::set_camera(const CameraChoice& camera) {
  options_.camera = camera;
  framing_ = std::make_unique<Framing>(*runs_.records.front(), camera);
  is_free_ = false;
}

}  // namespace lumbarun::viz
