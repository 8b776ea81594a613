#include "viz/runner_picture.h"

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkLight.h>
#include <vtkNew.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <cmath>

#include "sim/core/contracts.h"
#include "viz/run_frame.h"
#include "viz/scene/ground.h"
#include "viz/scene/muscles.h"
#include "viz/scene/overlay.h"
#include "viz/skeleton/skeleton.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// Layers of the window, back to front.
enum Layer { kMainLayer, kGhostLayer, kPanelLayer, kInsetLayer, kTextLayer, kLayerCount };

// The panel on the right that shows the discs larger, with their numbers: shares of the picture.
constexpr double kPanelLeft = 0.700;
constexpr double kPanelWidth = 0.285;
constexpr double kPanelLow = 0.030;
constexpr double kPanelHeight = 0.940;
constexpr double kInsetLow = 0.300;
constexpr double kInsetHigh = 0.915;
constexpr double kMetersPerBodyWeight = 0.28;  // length of the force arrow

vtkSmartPointer<vtkActor> build_actor(const Mesh& mesh, const Color& color, double gloss) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(mesh);
  mapper->ScalarVisibilityOff();
  vtkNew<vtkActor> actor;
  actor->SetMapper(mapper);
  vtkProperty* property = actor->GetProperty();
  property->SetColor(color[0], color[1], color[2]);
  property->SetInterpolationToPhong();
  property->SetAmbient(0.16);
  property->SetDiffuse(0.84);
  property->SetSpecular(gloss);
  property->SetSpecularPower(28);
  return actor;
}

vtkSmartPointer<vtkActor> build_muscle_actor(const Mesh& mesh) {
  vtkSmartPointer<vtkActor> actor = build_actor(mesh, {1, 1, 1}, 0.10);
  vtkMapper* mapper = actor->GetMapper();
  mapper->ScalarVisibilityOn();
  mapper->SetLookupTable(build_activation_colors());
  mapper->UseLookupTableScalarRangeOn();
  return actor;
}

void add_lights(vtkRenderer* renderer) {
  renderer->AutomaticLightCreationOff();
  const auto add_light = [&](double x, double y, double z, double intensity, const Color& color) {
    vtkNew<vtkLight> light;
    light->SetLightTypeToCameraLight();
    light->SetPosition(x, y, z);
    light->SetFocalPoint(0, 0, 0);
    light->SetIntensity(intensity);
    light->SetColor(color[0], color[1], color[2]);
    renderer->AddLight(light);
  };
  add_light(-0.6, 1.1, 1.0, 0.84, {1.00, 0.98, 0.94});
  add_light(0.9, 0.25, 0.8, 0.38, {0.90, 0.95, 1.00});
  add_light(0.1, -0.5, 0.7, 0.16, {1.00, 0.97, 0.92});
}

// Everything of one frame that both views draw.
struct Subject {
  Mesh spine;
  Mesh trunk;
  Mesh limbs;
  Mesh socks;
  Mesh muscles;
  std::array<Shoe, 2> shoes;
  std::vector<PosedDisc> discs;
  std::vector<double> compression;  // per disc, N; NaN: undefined
};

std::vector<double> read_compressions(const RunFrame& frame, const std::vector<PosedDisc>& discs) {
  const RunRecord& record = frame.get_record();
  LUMBARUN_THROW_UNLESS(!record.discs.compression.empty(), "group /discs has no compression");
  const auto& levels = record.names.levels;
  std::vector<double> values;
  for (const PosedDisc& disc : discs) {
    const auto found = std::find(levels.begin(), levels.end(), disc.level);
    LUMBARUN_THROW_UNLESS(found != levels.end(), "/level has no {}", disc.level);
    values.push_back(record.discs.compression[frame.get_sample() * levels.size() +
                                              static_cast<std::size_t>(found - levels.begin())]);
  }
  return values;
}

Subject build_subject(const RunFrame& frame, CameraName camera) {
  const Skeleton skeleton(frame.get_record());
  Subject subject;
  subject.spine = skeleton.pose_spine(frame);
  subject.trunk = skeleton.pose_trunk(frame);
  subject.limbs = skeleton.pose_limbs(frame);
  subject.socks = skeleton.pose_socks(frame);
  subject.shoes = {skeleton.pose_shoe(frame, Side::kRight), skeleton.pose_shoe(frame, Side::kLeft)};
  subject.discs = skeleton.pose_discs(frame);
  subject.compression = read_compressions(frame, subject.discs);
  MuscleOptions muscles;
  if (camera == CameraName::kLumbar) {
    muscles.thickness = 0.22;  // thin, to see the spine
    muscles.center = frame.calc_pose("L3").p;
    muscles.reach = 0.36;
  }
  subject.muscles = build_muscles(frame, muscles);
  return subject;
}

void add_spine(vtkRenderer* renderer, const Subject& subject, vtkColorTransferFunction* colors) {
  renderer->AddActor(build_actor(subject.spine, kBone, 0.12));
  for (std::size_t i = 0; i < subject.discs.size(); ++i) {
    Color color = {0.62, 0.62, 0.62};  // undefined
    if (std::isfinite(subject.compression[i])) colors->GetColor(subject.compression[i], color.data());
    vtkSmartPointer<vtkActor> actor = build_actor(subject.discs[i].mesh, color, 0.05);
    // Mostly its own colour, so that it can be read off the scale.
    actor->GetProperty()->SetAmbient(0.45);
    actor->GetProperty()->SetDiffuse(0.60);
    renderer->AddActor(actor);
  }
}

void add_force_arrows(vtkRenderer* renderer, const RunFrame& frame, double opacity) {
  const double weight = calc_body_weight(frame.get_record());
  for (Side side : {Side::kRight, Side::kLeft}) {
    const auto force = frame.find_ground_force(side);
    const auto center = frame.find_center_of_pressure(side);
    if (!force || !center || force->norm() < 0.05 * weight) continue;
    const Mesh arrow = build_arrow(*center, kMetersPerBodyWeight / weight * *force, 0.011);
    const vtkSmartPointer<vtkActor> actor = build_actor(arrow, kForce, 0.20);
    actor->GetProperty()->SetOpacity(opacity);
    renderer->AddActor(actor);
  }
}

Eigen::AlignedBox3d calc_box(const std::vector<Mesh>& meshes) {
  Eigen::AlignedBox3d box;
  for (const Mesh& mesh : meshes) {
    double b[6];
    mesh->GetBounds(b);
    box.extend(Vector3d(b[0], b[2], b[4]));
    box.extend(Vector3d(b[1], b[3], b[5]));
  }
  return box;
}

Eigen::AlignedBox3d grow(Eigen::AlignedBox3d box, double by) {
  const Vector3d margin = Vector3d::Constant(by);
  return {box.min() - margin, box.max() + margin};
}

vtkSmartPointer<vtkRenderer> build_main_view(const RunFrame& frame, const Subject& subject,
                                             vtkColorTransferFunction* colors,
                                             const RunnerPictureOptions& options) {
  vtkNew<vtkRenderer> renderer;
  renderer->SetLayer(kMainLayer);
  renderer->GradientBackgroundOn();
  renderer->SetBackground(kSkyLow[0], kSkyLow[1], kSkyLow[2]);
  renderer->SetBackground2(kSkyTop[0], kSkyTop[1], kSkyTop[2]);
  add_lights(renderer);
  const GroundPlane plane = calc_ground_plane(frame.get_record());
  const Eigen::AlignedBox3d whole =
      calc_box({subject.trunk, subject.limbs, subject.shoes[0].outsole, subject.shoes[1].outsole});
  for (const auto& actor : build_ground(plane, whole.center())) renderer->AddActor(actor);
  renderer->AddActor(build_shadow(plane, {subject.trunk, subject.limbs, subject.spine, subject.muscles,
                                          subject.socks, subject.shoes[0].upper, subject.shoes[0].midsole,
                                          subject.shoes[1].upper, subject.shoes[1].midsole}));
  add_spine(renderer, subject, colors);
  renderer->AddActor(build_actor(subject.trunk, kBone, 0.12));
  // Arms and thighs would stand between the camera and the spine.
  if (options.camera != CameraName::kLumbar) renderer->AddActor(build_actor(subject.limbs, kBone, 0.12));
  renderer->AddActor(build_actor(subject.socks, kSock, 0.02));
  renderer->AddActor(build_muscle_actor(subject.muscles));
  for (const Shoe& shoe : subject.shoes) {
    renderer->AddActor(build_actor(shoe.upper, kShoeUpper, 0.10));
    renderer->AddActor(build_actor(shoe.midsole, kMidsole, 0.06));
    renderer->AddActor(build_actor(shoe.outsole, kOutsole, 0.06));
  }
  add_force_arrows(renderer, frame, 1.0);
  const double aspect = kPanelLeft * options.size.width / options.size.height;
  Eigen::AlignedBox3d box = grow(whole, 0.06);
  if (options.camera == CameraName::kLumbar) {
    box = grow(calc_box({subject.spine}), 0.03);
    box.translate(Vector3d(0, 0.045, 0));  // below the caption
  }
  aim_camera(renderer, options.camera, box, aspect);
  // The runner stands in the middle of what the panel leaves free.
  renderer->GetActiveCamera()->SetWindowCenter(1.0 - kPanelLeft, 0.0);
  renderer->UseSSAOOn();
  renderer->SetSSAORadius(0.06);
  renderer->SetSSAOBias(0.004);
  renderer->SetSSAOKernelSize(48);
  renderer->SSAOBlurOn();
  return renderer;
}

// The force arrows shine through the leg before them.
vtkSmartPointer<vtkRenderer> build_ghost(const RunFrame& frame, vtkCamera* camera) {
  vtkNew<vtkRenderer> renderer;
  renderer->SetLayer(kGhostLayer);
  add_lights(renderer);
  add_force_arrows(renderer, frame, 0.40);
  renderer->SetActiveCamera(camera);
  return renderer;
}

vtkSmartPointer<vtkRenderer> build_inset(const Subject& subject, vtkColorTransferFunction* colors,
                                         const PictureSize& size) {
  vtkNew<vtkRenderer> renderer;
  renderer->SetLayer(kInsetLayer);
  renderer->SetViewport(kPanelLeft, kInsetLow, kPanelLeft + kPanelWidth, kInsetHigh);
  add_lights(renderer);
  add_spine(renderer, subject, colors);
  const double aspect = kPanelWidth * size.width / ((kInsetHigh - kInsetLow) * size.height);
  Eigen::AlignedBox3d box = calc_box({subject.spine});
  // The discs' numbers stand before the spine.
  box.extend(box.max() + Vector3d(0.075, 0.0, 0.0));
  aim_camera(renderer, CameraName::kSagittal, box, aspect);
  return renderer;
}

std::string get_level_text(std::string level) {
  std::replace(level.begin(), level.end(), '_', '/');
  return level;
}

// Where a point of the world is in the picture, pixels from its lower left corner.
PictureMark build_mark(const std::string& name, vtkRenderer* renderer, const Vector3d& p) {
  renderer->SetWorldPoint(p.x(), p.y(), p.z(), 1.0);
  renderer->WorldToDisplay();
  const double* display = renderer->GetDisplayPoint();
  return {name, display[0] / kOversampling, display[1] / kOversampling};
}

// Names and numbers beside the discs of the inset.
void add_disc_labels(Overlay& overlay, vtkRenderer* inset, const Subject& subject, double weight) {
  const int* window = inset->GetRenderWindow()->GetSize();
  for (std::size_t i = 0; i < subject.discs.size(); ++i) {
    const PosedDisc& disc = subject.discs[i];
    const Vector3d edge = disc.center + Vector3d(0.024, 0, 0);
    const PictureMark mark = build_mark(disc.level, inset, edge);
    const double x = kOversampling * mark.x / window[0];
    const double y = kOversampling * mark.y / window[1];
    const double column = kPanelLeft + kPanelWidth - 0.094;
    const double value = subject.compression[i];
    const std::string number = std::isfinite(value)
                                   ? fmt::format("{:.0f} N  {:.1f} BW", value, value / weight)
                                   : std::string("undefined");
    overlay.add_line(x, y, column - 0.004, y, {0.55, 0.58, 0.62}, 0.0012);
    overlay.add_text(get_level_text(disc.level), column, y + 0.003, {0.0185, Align::kLeft, true, kInk});
    overlay.add_text(number, column, y - 0.0195, {0.0175, Align::kLeft, false, kInk});
  }
}

double calc_compression_limit(const RunRecord& record) {
  double peak = 0;
  for (double value : record.discs.compression) peak = std::isfinite(value) ? std::max(peak, value) : peak;
  constexpr double kStep = 500.0;  // N
  return std::max(kStep, kStep * std::ceil(peak / kStep));
}

ColorBar build_compression_bar(vtkSmartPointer<vtkColorTransferFunction> colors, double limit) {
  ColorBar bar{"Disc compression [N]", std::move(colors), 0, limit, {}, {}};
  for (int i = 0; i <= 4; ++i) {
    bar.ticks.push_back(limit * i / 4);
    bar.tick_labels.push_back(fmt::format("{:.0f}", bar.ticks.back()));
  }
  return bar;
}

ColorBar build_activation_bar() {
  return {"Muscle activation [0 to 1]", build_activation_colors(),        0, 1,
          {0, 0.25, 0.5, 0.75, 1},      {"0", "0.25", "0.5", "0.75", "1"}};
}

void add_caption(Overlay& overlay, const RunFrame& frame) {
  const RunHeader& header = frame.get_record().header;
  overlay.add_text(header.title, 0.022, 0.935, {0.030, Align::kLeft, true, kInk});
  std::string line = header.speed_m_s > 0 ? fmt::format("{:.1f} m/s   ", header.speed_m_s) : std::string();
  line += fmt::format("t = {:.3f} s   {:.0f} % of the stride", frame.get_time(), 100 * frame.calc_phase());
  overlay.add_text(line, 0.022, 0.897, {0.021, Align::kLeft, false, kInk});
  const double weight = calc_body_weight(frame.get_record());
  double row = 0.864;
  for (const auto& [side, word] : {std::pair{Side::kRight, "right"}, {Side::kLeft, "left"}}) {
    const auto force = frame.find_ground_force(side);
    if (!force || force->norm() < 0.05 * weight) continue;
    overlay.add_text(fmt::format("Ground force, {} foot: {:.0f} N, {:.2f} BW", word, force->norm(),
                                 force->norm() / weight),
                     0.022, row, {0.021, Align::kLeft, false, kForce});
    row -= 0.033;
  }
  const std::string note = get_status_note(frame.get_record(), 78);
  if (!note.empty()) overlay.add_text(note, 0.022, 0.025, {0.019, Align::kLeft, false, kWarning});
}

}  // namespace

Picture render_runner(const RunRecord& record, std::size_t sample, const RunnerPictureOptions& options) {
  const RunFrame frame(record, sample);
  const double weight = calc_body_weight(record);
  const Subject subject = build_subject(frame, options.camera);
  const double limit =
      options.compression_limit_N > 0 ? options.compression_limit_N : calc_compression_limit(record);
  const vtkSmartPointer<vtkColorTransferFunction> colors = build_load_colors(0, limit);

  const auto window = build_window(options.size);
  window->SetNumberOfLayers(kLayerCount);
  const auto main_view = build_main_view(frame, subject, colors, options);
  window->AddRenderer(main_view);
  if (options.camera != CameraName::kLumbar) {
    window->AddRenderer(build_ghost(frame, main_view->GetActiveCamera()));
  }
  Overlay back(window, kPanelLayer);
  back.add_panel(kPanelLeft, kPanelLow, kPanelWidth, kPanelHeight, {1, 1, 1}, 0.80);
  if (options.camera == CameraName::kLumbar) {
    // Bones fill the view: words need paper.
    back.add_panel(0.0, 0.842, kPanelLeft - 0.015, 0.158, {1, 1, 1}, 0.85);
    back.add_panel(0.0, 0.0, kPanelLeft - 0.015, 0.062, {1, 1, 1}, 0.85);
  }
  const auto inset = build_inset(subject, colors, options.size);
  window->AddRenderer(inset);
  Overlay front(window, kTextLayer);
  front.add_text("Lumbar discs", kPanelLeft + 0.014, 0.932, {0.024, Align::kLeft, true, kInk});
  add_disc_labels(front, inset, subject, weight);
  front.add_bar(build_compression_bar(colors, limit), kPanelLeft + 0.025, 0.208, kPanelWidth - 0.05, 0.022,
                0.019);
  front.add_bar(build_activation_bar(), kPanelLeft + 0.025, 0.085, kPanelWidth - 0.05, 0.022, 0.019);
  add_caption(front, frame);
  Picture picture{capture(window), front.get_texts(), {}};
  for (const PosedDisc& disc : subject.discs) {
    picture.marks.push_back(build_mark(disc.level + " main", main_view, disc.center));
    picture.marks.push_back(build_mark(disc.level + " panel", inset, disc.center));
  }
  return picture;
}

}  // namespace lumbarun::viz
