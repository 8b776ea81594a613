#include "viz/scene/run_scene.h"

#include <fmt/format.h>
#include <vtkCellArray.h>
#include <vtkLight.h>
#include <vtkMatrix4x4.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "sim/core/contracts.h"
#include "viz/scene/arrow.h"
#include "viz/scene/mean_posture.h"
#include "viz/scene/solid_actor.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kMetersPerBodyWeight = 0.28;  // length of the ground force's arrow
constexpr double kDiscArrowLength = 0.045;     // at the end of the colour scale, m

void set_pose(vtkActor* actor, const Pose& pose, const Vector3d& offset) {
  vtkNew<vtkMatrix4x4> matrix;
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) matrix->SetElement(i, j, pose.R(i, j));
    matrix->SetElement(i, 3, pose.p[i] + offset[i]);
  }
  actor->SetUserMatrix(matrix);
}

// The bone with its colour in every point.
Mesh paint(const Mesh& mesh, const Color& color) {
  Mesh painted = Mesh::New();
  painted->ShallowCopy(mesh);
  vtkDataArray* shade = mesh->GetPointData()->GetArray(kShadeArray);
  vtkNew<vtkUnsignedCharArray> rgb;
  rgb->SetName("rgb");
  rgb->SetNumberOfComponents(3);
  rgb->SetNumberOfTuples(mesh->GetNumberOfPoints());
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) {
    const Color shaded = calc_shaded(color, shade->GetComponent(i, 0));
    for (int c = 0; c < 3; ++c) {
      rgb->SetTypedComponent(
          i, c, static_cast<unsigned char>(std::lround(255 * shaded[static_cast<std::size_t>(c)])));
    }
  }
  painted->GetPointData()->SetScalars(rgb);
  return painted;
}

std::vector<Vector3d> pick_casters(const Mesh& mesh) {
  std::vector<Vector3d> points;
  const vtkIdType step = std::max<vtkIdType>(1, mesh->GetNumberOfPoints() / 240);
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); i += step) points.emplace_back(mesh->GetPoint(i));
  return points;
}

bool is_shown(const Bone& bone, unsigned layers) {
  const unsigned layer = bone.group == BoneGroup::kSpine   ? kSpineLayer
                         : bone.group == BoneGroup::kTrunk ? kTrunkLayer
                                                           : kLimbsLayer;
  return (layers & layer) != 0;
}

vtkSmartPointer<vtkActor> build_painted_actor(const Mesh& mesh, double gloss) {
  vtkSmartPointer<vtkActor> actor = build_surface_actor(mesh, {1, 1, 1}, gloss);
  actor->GetMapper()->ScalarVisibilityOn();
  return actor;
}

// Where the center of pressure was, as a line a little above the ground: the stances of both feet that have begun by
// `sample`, whole.
Mesh build_trace(const RunRecord& record, const GroundPlane& plane, std::size_t sample) {
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> lines;
  for (Side side : {Side::kRight, Side::kLeft}) {
    vtkIdType before = -1;
    for (std::size_t i = 0; i < record.time.size(); ++i) {
      const auto center = find_center_of_pressure(record, i, side);
      if (!center && i >= sample) break;
      if (!center) {
        before = -1;
        continue;
      }
      if (before < 0 && i > sample) break;
      const Vector3d p = *center + (0.004 - plane.calc_height(*center)) * plane.normal;
      const vtkIdType id = points->InsertNextPoint(p.data());
      const vtkIdType ends[2] = {before, id};
      if (before >= 0) lines->InsertNextCell(2, ends);
      before = id;
    }
  }
  Mesh mesh = Mesh::New();
  mesh->SetPoints(points);
  mesh->SetLines(lines);
  return mesh;
}

// Lights that go with the camera. Positions are in its frame: right, up, towards it.
struct Lamp {
  std::array<double, 3> position;
  double intensity;
  Color color;
};
const std::array<Lamp, 3> kLamps = {{{{-0.6, 1.1, 1.0}, 0.84, {1.00, 0.98, 0.94}},
                                     {{0.9, 0.25, 0.8}, 0.38, {0.90, 0.95, 1.00}},
                                     {{0.1, -0.5, 0.7}, 0.16, {1.00, 0.97, 0.92}}}};

// What VTK computes for these lights, Lambert's and Phong's law, with the lights as constants and the specular power
// 28 by squaring: without a graphics card the general code costs a third of the time. It stands after VTK's own, whose
// result is then unused and which the compiler drops.
std::string build_light_code() {
  std::string code =
      "  {\n  vec3 diffuse = vec3(0.0);\n  vec3 specular = vec3(0.0);\n  vec3 eye = "
      "normalize(-vertexVC.xyz);\n"
      "  float facing = dot(normalVCVSOutput, eye);\n  float df, sf, sf4, sf8;\n";
  for (const Lamp& lamp : kLamps) {
    const Vector3d way = Vector3d(lamp.position.data()).normalized();
    const std::string towards = fmt::format("vec3({:.6f}, {:.6f}, {:.6f})", way.x(), way.y(), way.z());
    const std::string color = fmt::format("vec3({:.6f}, {:.6f}, {:.6f})", lamp.intensity * lamp.color[0],
                                          lamp.intensity * lamp.color[1], lamp.intensity * lamp.color[2]);
    code += fmt::format(
        "  df = max(0.0, dot(normalVCVSOutput, {0}));\n  diffuse += df * {1};\n"
        "  sf = max(0.0, 2.0 * df * facing - dot({0}, eye)) * sign(df);\n  sf4 = sf * sf * sf * sf;\n"
        "  sf8 = sf4 * sf4;\n  specular += sf8 * sf8 * sf8 * sf4 * {1};\n",
        towards, color);
  }
  return code +
         "  gl_FragData[0] = vec4(ambientColor + diffuse * diffuseColor + specular * specularColor, "
         "opacity);\n"
         "  }\n  //VTK::Light::Impl\n";
}

}  // namespace

vtkSmartPointer<vtkActor> build_surface_actor(const Mesh& mesh, const Color& color, double gloss) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(mesh);
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<SolidActor>::New();
  actor->SetMapper(mapper);
  vtkProperty* property = actor->GetProperty();
  property->SetColor(color[0], color[1], color[2]);
  property->SetInterpolationToPhong();
  property->SetAmbient(0.16);
  property->SetDiffuse(0.84);
  property->SetSpecular(gloss);
  // Every surface of ours is closed: what faces away is never seen.
  property->BackfaceCullingOn();
  static const std::string code = build_light_code();
  actor->GetShaderProperty()->AddFragmentShaderReplacement("//VTK::Light::Impl", false, code, false);
  // Nothing of ours has holes; without them the depth test can come first.
  actor->GetShaderProperty()->AddFragmentShaderReplacement("discard;", false, "", false);
  return actor;
}

void add_lights(vtkRenderer* renderer) {
  renderer->AutomaticLightCreationOff();
  for (const Lamp& lamp : kLamps) {
    vtkNew<vtkLight> light;
    light->SetLightTypeToCameraLight();
    light->SetPosition(lamp.position[0], lamp.position[1], lamp.position[2]);
    light->SetFocalPoint(0, 0, 0);
    light->SetIntensity(lamp.intensity);
    light->SetColor(lamp.color[0], lamp.color[1], lamp.color[2]);
    renderer->AddLight(light);
  }
}

RunScene::RunScene(const RunRecord& record, const Skeleton& skeleton, const SceneOptions& options,
                   vtkRenderer* renderer)
    : record_(record),
      skeleton_(skeleton),
      options_(options),
      plane_(calc_ground_plane(record)),
      disc_surface_(std::vector<int>(kDiscLevels.size(), kDiscRings), kDiscSides) {
  for (const char* level : kDiscLevels) find_level(record, level);
  if ((options.layers & kGroundLayer) != 0) {
    ground_ = std::make_unique<Ground>(renderer, plane_,
                                       get_ground_look(find_scenario_text(record, "surface", "preset")));
  }
  add_bones(renderer);
  add_soft_parts(renderer);
  add_forces(renderer);
}

void RunScene::add_bones(vtkRenderer* renderer) {
  for (const Bone& bone : skeleton_.get_bones()) {
    if (!is_shown(bone, options_.layers)) continue;
    const Color color = options_.tint.value_or(bone.group == BoneGroup::kSocks ? kSock : kBone);
    auto actor = build_painted_actor(paint(bone.mesh, color), 0.12);
    actor->GetProperty()->SetOpacity(options_.opacity);
    actor->PickableOff();
    renderer->AddActor(actor);
    bones_.push_back({&bone, actor, pick_casters(bone.mesh)});
  }
  if ((options_.layers & kGhostLayer) == 0) return;
  for (const Bone& bone : skeleton_.get_bones()) {
    if (bone.group != BoneGroup::kSpine || bone.body == "pelvis") continue;
    auto actor = build_surface_actor(bone.mesh, {0.45, 0.60, 0.80}, 0.0);
    actor->GetProperty()->SetOpacity(0.28);
    actor->PickableOff();
    renderer->AddActor(actor);
    ghosts_.push_back({&bone, actor, {}});
    ghost_poses_.push_back(calc_mean_pose(record_, bone.body, "pelvis"));
  }
}

void RunScene::add_soft_parts(vtkRenderer* renderer) {
  disc_actor_ = build_painted_actor(disc_surface_.get_mesh(), 0.05);
  // Mostly its own colour, so that it can be read off the scale.
  disc_actor_->GetProperty()->SetAmbient(0.45);
  disc_actor_->GetProperty()->SetDiffuse(0.60);
  disc_actor_->GetProperty()->SetOpacity(options_.opacity);
  renderer->AddActor(disc_actor_);
  if ((options_.layers & kMusclesLayer) != 0 && options_.muscle.columns > 0) {
    muscles_ = std::make_unique<MuscleSurface>(record_, options_.muscles);
    muscle_actor_ = build_painted_actor(muscles_->get_mesh(), 0.10);
    muscle_actor_->GetProperty()->SetOpacity(options_.opacity * options_.muscle_opacity);
    renderer->AddActor(muscle_actor_);
  }
  if ((options_.layers & kShoesLayer) == 0) return;
  for (int foot = 0; foot < 2; ++foot) {
    for (const Color& color : {kShoeUpper, kMidsole, kOutsole}) {
      auto actor = build_surface_actor(Mesh::New(), color, 0.12);
      actor->GetProperty()->SetOpacity(options_.opacity);
      actor->PickableOff();
      renderer->AddActor(actor);
      shoe_actors_.push_back(actor);
    }
  }
}

void RunScene::add_forces(vtkRenderer* renderer) {
  if ((options_.layers & kForceLayer) != 0) {
    trace_actor_ = build_surface_actor(Mesh::New(), kForce, 0);
    trace_actor_->GetShaderProperty()->ClearAllFragmentShaderReplacements();
    trace_actor_->GetProperty()->LightingOff();
    trace_actor_->GetProperty()->SetLineWidth(4);
    trace_actor_->PickableOff();
    renderer->AddActor(trace_actor_);
  }
  if ((options_.layers & kDiscForceLayer) != 0) {
    disc_arrow_actor_ = build_surface_actor(Mesh::New(), kForce, 0.2);
    disc_arrow_actor_->PickableOff();
    renderer->AddActor(disc_arrow_actor_);
  }
}

void RunScene::update(std::size_t sample, const Vector3d& offset, double shift) {
  is_defined_ = has_poses(record_, sample);
  discs_.clear();
  update_visibility();
  if (!is_defined_) return;
  const RunFrame frame(record_, sample);
  casters_.clear();
  update_bones(frame, offset);
  update_discs(frame);
  if (muscles_ && (options_.layers & kMusclesLayer) != 0) {
    muscles_->update(frame, options_.muscle, options_.muscle_colors);
    casters_.insert(casters_.end(), muscles_->get_points().begin(), muscles_->get_points().end());
  }
  update_shoes(frame);
  update_forces(frame);
  update_ground(frame, shift);
  for (vtkActor* actor :
       {disc_actor_.Get(), muscle_actor_.Get(), trace_actor_.Get(), disc_arrow_actor_.Get()}) {
    if (actor != nullptr) actor->SetPosition(offset.x(), offset.y(), offset.z());
  }
  for (const auto& actor : shoe_actors_) actor->SetPosition(offset.x(), offset.y(), offset.z());
  for (DiscPose& disc : discs_) disc.center += offset;
}

void RunScene::update_bones(const RunFrame& frame, const Vector3d& offset) {
  for (const RigidActor& part : bones_) {
    const Pose pose = skeleton_.calc_pose(*part.bone, frame);
    set_pose(part.actor, pose, offset);
    if (ground_) {
      for (const Vector3d& p : part.casters) casters_.push_back(pose.to_world(p));
    }
  }
  const Pose pelvis = frame.calc_pose("pelvis");
  for (std::size_t i = 0; i < ghosts_.size(); ++i) {
    set_pose(ghosts_[i].actor, {pelvis.R * ghost_poses_[i].R, pelvis.to_world(ghost_poses_[i].p)}, offset);
  }
}

void RunScene::update_discs(const RunFrame& frame) {
  discs_ = skeleton_.calc_disc_poses(frame);
  for (std::size_t i = 0; i < discs_.size(); ++i) {
    const double value = options_.disc.get(frame.get_sample(), find_level(record_, discs_[i].level));
    const double share = std::isfinite(value) ? std::clamp(value / options_.disc_range, 0.0, 1.0) : 0.0;
    disc_surface_.set_tube(i, build_disc_rings(discs_[i], 0.03 + options_.disc_bulge * share),
                           get_color(options_.disc_colors, value));
  }
  disc_surface_.finish();
}

void RunScene::update_shoes(const RunFrame& frame) {
  if (shoe_actors_.empty()) return;
  std::size_t next = 0;
  for (Side side : {Side::kRight, Side::kLeft}) {
    const Shoe shoe = calc_shoe(skeleton_.get_shoe(side), calc_shoe_pose(frame, side, plane_));
    for (const Mesh& mesh : {shoe.upper, shoe.midsole, shoe.outsole}) {
      static_cast<vtkPolyDataMapper*>(shoe_actors_[next++]->GetMapper())->SetInputData(mesh);
      const std::vector<Vector3d> points = pick_casters(mesh);
      casters_.insert(casters_.end(), points.begin(), points.end());
    }
  }
}

void RunScene::update_forces(const RunFrame& frame) {
  if (trace_actor_) {
    static_cast<vtkPolyDataMapper*>(trace_actor_->GetMapper())
        ->SetInputData(build_trace(record_, plane_, frame.get_sample()));
  }
  if (!disc_arrow_actor_ || (options_.layers & kDiscForceLayer) == 0) return;
  std::vector<Mesh> arrows;
  const DiscRecord& loads = record_.discs;
  const std::size_t levels = record_.names.levels.size();
  for (const DiscPose& disc : discs_) {
    const std::size_t at = frame.get_sample() * levels + find_level(record_, disc.level);
    if (loads.compression.size() <= at || loads.anterior_shear.size() <= at ||
        loads.lateral_shear.size() <= at)
      continue;
    // On the inferior vertebra, in the disc's frame.
    const Vector3d force(loads.anterior_shear[at], -loads.compression[at], loads.lateral_shear[at]);
    if (!force.allFinite() || force.norm() < 0.01 * options_.disc_range) continue;
    const Vector3d arrow = std::min(1.3, force.norm() / options_.disc_range) * kDiscArrowLength *
                           (disc.R_lower * force.normalized());
    const Vector3d head =
        disc.center + disc.R_lower * Vector3d(disc.half_depth + 0.014, -0.2 * disc.height, 0);
    arrows.push_back(build_arrow(head - 0.5 * arrow, arrow, 0.0024));
  }
  if (!arrows.empty())
    static_cast<vtkPolyDataMapper*>(disc_arrow_actor_->GetMapper())->SetInputData(join(arrows));
  disc_arrow_actor_->SetVisibility(!arrows.empty() && (options_.layers & kDiscForceLayer) != 0);
}

void RunScene::update_ground(const RunFrame& frame, double shift) {
  if (!ground_ || (options_.layers & kGroundLayer) == 0) return;
  ground_->update(frame.calc_pose("pelvis").p, shift, casters_);
}

void RunScene::set_layers(unsigned layers) {
  options_.layers = layers;
  update_visibility();
}

void RunScene::update_visibility() {
  const auto is_on = [&](unsigned layer) { return is_defined_ && (options_.layers & layer) != 0; };
  for (const RigidActor& part : bones_)
    part.actor->SetVisibility(is_defined_ && is_shown(*part.bone, options_.layers));
  for (const RigidActor& part : ghosts_) part.actor->SetVisibility(is_on(kGhostLayer));
  for (const auto& actor : shoe_actors_) actor->SetVisibility(is_on(kShoesLayer));
  disc_actor_->SetVisibility(is_on(kSpineLayer));
  if (muscle_actor_) muscle_actor_->SetVisibility(is_on(kMusclesLayer));
  if (trace_actor_) trace_actor_->SetVisibility(is_on(kForceLayer));
  if (disc_arrow_actor_) disc_arrow_actor_->SetVisibility(is_on(kDiscForceLayer));
  if (ground_) ground_->set_visible(is_on(kGroundLayer));
}

std::optional<Picked> RunScene::find_picked(vtkProp* prop, vtkIdType cell) const {
  if (prop == disc_actor_) return Picked{Picked::Kind::kDisc, disc_surface_.get_tube_of_cell(cell)};
  if (muscle_actor_ && prop == muscle_actor_)
    return Picked{Picked::Kind::kMuscle, muscles_->get_muscle_of_cell(cell)};
  return std::nullopt;
}

ForceArrows::ForceArrows(const RunRecord& record, vtkRenderer* renderer, double opacity) : record_(record) {
  for (int foot = 0; foot < 2; ++foot) {
    auto actor = build_surface_actor(Mesh::New(), kForce, 0.20);
    // Blended without a pass of its own: one face of an arrow behind each pixel is enough.
    actor->GetProperty()->SetOpacity(opacity);
    actor->ForceOpaqueOn();
    actor->PickableOff();
    renderer->AddActor(actor);
    actors_.push_back(actor);
  }
}

void ForceArrows::set_visible(bool is_visible) { is_visible_ = is_visible; }

void ForceArrows::update(std::size_t sample, const Vector3d& offset) {
  const double weight = calc_body_weight(record_);
  for (Side side : {Side::kRight, Side::kLeft}) {
    vtkActor* actor = actors_[side == Side::kRight ? 0 : 1];
    actor->VisibilityOff();
    const auto force = find_ground_force(record_, sample, side);
    const auto center = find_center_of_pressure(record_, sample, side);
    if (!is_visible_ || !force || !center || force->norm() < 0.05 * weight) continue;
    const Mesh arrow = build_arrow(*center + offset, kMetersPerBodyWeight / weight * *force, 0.011);
    static_cast<vtkPolyDataMapper*>(actor->GetMapper())->SetInputData(arrow);
    actor->VisibilityOn();
  }
}

}  // namespace lumbarun::viz
