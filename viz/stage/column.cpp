#include "viz/stage/column.h"

#include <fmt/format.h>
#include <vtkCamera.h>
#include <vtkCellPicker.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "viz/scene/lighting.h"
#include "viz/skeleton/held_things.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kTitle = 1.42;           // its letters' height, in that of the others
constexpr double kCloseUpHeader = 7.5;    // height of the words above a close-up, letters
constexpr double kThroughInset = 0.0015;  // of runners drawn through each other, m
const std::array<Color, 3> kThroughColors = {{{0.25, 0.50, 0.80}, {0.85, 0.45, 0.10}, {0.10, 0.60, 0.45}}};

// What the inset must see in all frames of the run, about L3: T12 to coccyx.
Eigen::AlignedBox3d calc_spine_box(const RunRecord& record, const Skeleton& skeleton) {
  Eigen::AlignedBox3d box;
  const std::size_t step = std::max<std::size_t>(1, record.time.size() / 12);
  for (std::size_t i = 0; i < record.time.size(); i += step) {
    if (!has_poses(record, i)) continue;
    const RunFrame frame(record, i);
    const Vector3d center = frame.calc_pose("L3").p;
    for (const Bone& bone : skeleton.get_bones()) {
      if (bone.group != BoneGroup::kSpine) continue;
      const Pose pose = skeleton.calc_pose(bone, frame);
      const vtkIdType stride = std::max<vtkIdType>(1, bone.mesh->GetNumberOfPoints() / 300);
      for (vtkIdType k = 0; k < bone.mesh->GetNumberOfPoints(); k += stride)
        box.extend(pose.to_world(Vector3d(bone.mesh->GetPoint(k))) - center);
    }
  }
  return box;
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

SceneLook get_look(const CameraChoice& camera) {
  SceneLook look;
  if (!is_close_up(camera)) return look;
  look.layers &= ~static_cast<unsigned>(kGroundLayer | kForceLayer | kShoesLayer | kLimbsLayer);
  look.muscle_opacity = 0.42;
  look.muscle_reach = 0.24;
  if (camera.name != CameraName::kDisc) return look;
  look.layers &= ~static_cast<unsigned>(kMusclesLayer | kTrunkLayer);
  look.layers |= kDiscForceLayer;
  look.arrow_level = camera.level;
  return look;
}

PictureMark build_mark(const std::string& name, vtkRenderer* renderer, const Vector3d& p, int oversampling) {
  renderer->SetWorldPoint(p.x(), p.y(), p.z(), 1.0);
  renderer->WorldToDisplay();
  const double* display = renderer->GetDisplayPoint();
  return {name, display[0] / oversampling, display[1] / oversampling};
}

Column::Column(vtkRenderWindow* window, const ColumnRuns& runs, const ColumnLayout& layout,
               const StageOptions& options, const SceneOptions& scene)
    : runs_(runs), layout_(layout), options_(options) {
  build_renderers(window);
  build_scenes(scene);
  framing_ = std::make_unique<Framing>(*runs_.records.front(), options.camera);
  free_ = calc_free_view();
  spine_box_ = calc_spine_box(*runs_.records.front(), *runs_.skeletons.front());
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
    main_->GradientBackgroundOff();
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
      options.look.layers &= ~static_cast<unsigned>(kGroundLayer | kMusclesLayer | kForceLayer);
      options.opacity = 0.35;
      options.tint = kThroughColors[(i - 1) % kThroughColors.size()];
      options.inset = kThroughInset;
      // The solid runner's discs carry the difference; the other's own loads are on no scale.
      options.has_discs = options_.mode != CompareMode::kDifference;
    }
    scenes_.push_back(std::make_unique<RunScene>(*runs_.records[i], *runs_.skeletons[i], options, main_));
    arrows_.push_back(std::make_unique<GroundForce>(*runs_.records[i], arrow_view_, i == 0 ? 0.62 : 0.33));
    arrows_.back()->set_visible(!is_close_up(options_.camera));
  }
  SceneOptions options = base;
  options.look.layers = kSpineLayer;
  options.disc = runs_.discs.front();
  inset_ = std::make_unique<RunScene>(*runs_.records.front(), *runs_.skeletons.front(), options, inset_view_);
}

void Column::add_panels(Overlay& back) {
  const Region& panel = layout_.panel;
  back.add_panel(panel.left, panel.low, panel.get_width(), panel.get_height(), {1, 1, 1}, 0.80);
  const double height = kCloseUpHeader * layout_.letters;
  paper_ = back.add_panel(layout_.main.left, layout_.main.high - height,
                          layout_.shown_right - layout_.main.left - 0.012, height, {1, 1, 1}, 1.0);
  show_paper(back);
}

// Bones fill a close-up: words need paper.
void Column::show_paper(Overlay& back) const {
  back.show_panel(paper_, options_.has_captions && is_close_up(options_.camera));
}

// Height of the words above the subject, share of the picture. The runner's head may stand beside all but the title,
// in a narrow column beside none.
double Column::calc_header() const {
  if (!options_.has_captions) return 0;
  if (is_close_up(options_.camera)) return kCloseUpHeader * layout_.letters;
  return (layout_.is_narrow ? 6.0 : 3.0) * layout_.letters;
}

// Words below the subject, from the lowest line up.
std::vector<Column::Footnote> Column::build_footnotes() const {
  std::vector<Footnote> notes;
  const std::string status = get_status_note(*runs_.records.front(), layout_.is_narrow ? 40 : 78);
  if (!status.empty()) notes.push_back({status, kWarning, false});
  for (std::size_t i = 1; i < runs_.records.size(); ++i) {
    const bool is_difference = options_.mode == CompareMode::kDifference && i == 1;
    notes.push_back({"translucent: " + runs_.records[i]->header.title +
                         (is_difference ? "; discs: translucent minus solid runner" : ""),
                     kThroughColors[(i - 1) % kThroughColors.size()], true});
  }
  return notes;
}

FreeView Column::calc_free_view() const {
  const double height = layout_.main.get_height();
  const auto notes = static_cast<double>(build_footnotes().size());
  const double footer = options_.foot_room + (notes > 0 ? 0.5 + 1.7 * notes : 0) * layout_.letters;
  return {side_room_, footer / height, (layout_.shown_right - layout_.main.left) / layout_.main.get_width(),
          1 - calc_header() / height};
}

// As much of it as fits beside the panel, in a narrow column above it.
std::string Column::get_title() const {
  const std::string& title = runs_.records.front()->header.title;
  const double right = layout_.is_narrow ? layout_.main.right : layout_.shown_right;
  const int* size = main_->GetRenderWindow()->GetSize();
  constexpr double kLetterWidth = 0.62;  // of the letters' height, bold
  const double room =
      (right - layout_.main.left - 0.03) * size[0] / size[1] / (kLetterWidth * kTitle * layout_.letters);
  const auto count = static_cast<std::size_t>(room);
  return title.size() > count ? title.substr(0, count - 3) + "..." : title;
}

void Column::add_captions(Overlay& front) {
  const double left = layout_.main.left + 0.022;
  const double letters = layout_.letters;
  const double top = layout_.main.high;
  const bool has_captions = options_.has_captions;
  if (has_captions)
    front.add_text(get_title(), left, top - 2.16 * letters, {kTitle * letters, Align::kLeft, true, kInk});
  time_text_ = front.add_text(" ", left, top - 3.97 * letters, {letters, Align::kLeft, false, kInk});
  for (int row = 0; row < 2; ++row) {
    const double y = top - (5.55 + 1.57 * row) * letters;
    force_texts_.push_back(front.add_text(" ", left, y, {letters, Align::kLeft, false, kForce}));
  }
  double y = layout_.main.low + options_.foot_room + 0.9 * letters;
  for (const Footnote& note : build_footnotes()) {
    front.add_text(note.text, left, y, {0.95 * letters, Align::kLeft, note.is_bold, note.color});
    y += 1.7 * letters;
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
    const int* size = main_->GetRenderWindow()->GetSize();
    const double aspect = layout_.main.get_width() * size[0] / (layout_.main.get_height() * size[1]);
    aim_camera(main_, options_.camera.name, framing_->calc_box(frame), aspect, free_);
  } else if (last_pelvis_) {
    vtkCamera* camera = main_->GetActiveCamera();
    const Vector3d step = pelvis - *last_pelvis_;
    const Vector3d focus = Vector3d(camera->GetFocalPoint()) + step;
    const Vector3d position = Vector3d(camera->GetPosition()) + step;
    camera->SetFocalPoint(focus.data());
    camera->SetPosition(position.data());
  }
  last_pelvis_ = pelvis;
  const int* size = inset_view_->GetRenderWindow()->GetSize();
  const double aspect = layout_.inset.get_width() * size[0] / (layout_.inset.get_height() * size[1]);
  Eigen::AlignedBox3d box = spine_box_.translated(frame.calc_pose("L3").p);
  const Vector3d rim = 0.04 * box.sizes();
  box.min() -= rim;
  box.max() += rim;
  // Room for the numbers before the spine, and for the lines to them.
  const double share = (layout_.label_column - layout_.inset.left) / layout_.inset.get_width() - 0.08;
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
  if (has_new_words) update_labels(front, moments);
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
  if (const double mass = find_held_mass(record); mass > 0)
    line += fmt::format("   {:.3g} kg in the hands", mass);
  if (!has_poses(record, sample)) line += "   undefined";
  front.set_text(time_text_, line);
  const double weight = calc_body_weight(record);
  std::size_t row = 0;
  if (options_.camera.name == CameraName::kDisc) front.set_text(force_texts_[row++], get_disc_words(sample));
  for (const auto& [side, word] : {std::pair{Side::kRight, "right"}, {Side::kLeft, "left"}}) {
    const auto force = find_ground_force(record, sample, side);
    if (!force || force->norm() < 0.05 * weight || row == force_texts_.size()) continue;
    front.set_text(force_texts_[row++],
                   fmt::format(fmt::runtime(layout_.is_narrow ? "{} foot: {:.0f} N, {:.2f} BW"
                                                              : "Ground force, {} foot: {:.0f} N, {:.2f} BW"),
                               word, force->norm(), force->norm() / weight));
  }
  for (; row < force_texts_.size(); ++row) front.set_text(force_texts_[row], " ");
}

// What the arrow of the disc in the camera's middle shows.
std::string Column::get_disc_words(std::size_t sample) const {
  const RunRecord& record = *runs_.records.front();
  const DiscRecord& loads = record.discs;
  const std::string& level = options_.camera.level;
  const std::size_t at = sample * record.names.levels.size() + find_level(record, level);
  if (std::max({loads.compression.size(), loads.anterior_shear.size(), loads.lateral_shear.size()}) <= at)
    return " ";
  const double forward = loads.anterior_shear[at];
  const double side = loads.lateral_shear[at];
  if (!std::isfinite(loads.compression[at] + forward + side)) return get_level_text(level) + ": undefined";
  return fmt::format("{}: {:.0f} N compression, {:.0f} N shear", get_level_text(level), loads.compression[at],
                     std::hypot(forward, side));
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
void Column::update_labels(Overlay& front, const std::vector<Moment>& moments) {
  const int* window = inset_view_->GetRenderWindow()->GetSize();
  const double letters = layout_.letters;
  const auto& discs = inset_->get_discs();
  double above = 2.0;
  for (std::size_t i = 0; i < number_texts_.size(); ++i) {
    front.set_text(number_texts_[i], get_disc_number(i, moments));
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

void Column::set_draft(bool is_draft) {
  main_->SetUseFXAA(!is_draft);
  for (const auto& scene : scenes_) scene->set_draft(is_draft);
}

void Column::set_camera(const CameraChoice& camera, Overlay& back) {
  options_.camera = camera;
  framing_ = std::make_unique<Framing>(*runs_.records.front(), camera);
  free_ = calc_free_view();
  is_free_ = false;
  const SceneLook look = get_look(camera);
  for (const auto& scene : scenes_) scene->set_look(look);
  for (const auto& arrows : arrows_) arrows->set_visible((look.layers & kForceLayer) != 0);
  show_paper(back);
}

}  // namespace lumbarun::viz
