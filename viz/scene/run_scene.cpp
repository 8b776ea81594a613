#include "viz/scene/run_scene.h"

#include <vtkMatrix4x4.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/contracts.h"
#include "viz/scene/arrow.h"
#include "viz/scene/lighting.h"
#include "viz/scene/mean_posture.h"
#include "viz/skeleton/held_things.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kDiscArrowLength = 0.045;  // at the end of the colour scale, m
constexpr double kGhostInset = 0.0008;      // m

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

// Points all over a part made of boxes, about as far apart as the shadow's spots.
std::vector<Vector3d> sample_box(const Mesh& mesh) {
  std::vector<Vector3d> points;
  constexpr int kSteps = 24;
  for (vtkIdType first = 0; first + 3 < mesh->GetNumberOfPoints(); first += 4) {
    const Vector3d p(mesh->GetPoint(first));
    const Vector3d u = Vector3d(mesh->GetPoint(first + 1)) - p;
    const Vector3d v = Vector3d(mesh->GetPoint(first + 3)) - p;
    for (int i = 0; i <= kSteps; ++i) {
      for (int j = 0; j <= kSteps; ++j) points.push_back(p + u * i / kSteps + v * j / kSteps);
    }
  }
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

}  // namespace

RunScene::RunScene(const RunRecord& record, const Skeleton& skeleton, const SceneOptions& options,
                   vtkRenderer* renderer)
    : record_(record),
      skeleton_(skeleton),
      options_(options),
      plane_(calc_ground_plane(record)),
      disc_surface_(std::vector<int>(kDiscLevels.size(), options.discs.rings), options.discs.sides) {
  for (const char* level : kDiscLevels) find_level(record, level);
  if ((options.look.layers & kGroundLayer) != 0) {
    ground_ = std::make_unique<Ground>(renderer, plane_,
                                       get_ground_look(find_scenario_text(record, "surface", "preset")));
  }
  add_bones(renderer);
  add_soft_parts(renderer);
  add_disc_arrows(renderer);
  if (options.is_plain) light_corners();
}

void RunScene::light_corners() {
  std::vector<vtkActor*> actors = {disc_actor_, muscle_actor_, load_actor_, seat_actor_, disc_arrow_actor_};
  for (const RigidActor& part : bones_) actors.push_back(part.actor);
  for (const auto& actor : shoe_actors_) actors.push_back(actor);
  for (vtkActor* actor : actors) {
    if (actor != nullptr) light_at_corners(actor);
  }
}

void RunScene::add_bones(vtkRenderer* renderer) {
  for (const Bone& bone : skeleton_.get_bones()) {
    if (!is_shown(bone, options_.look.layers)) continue;
    const Color color = options_.tint.value_or(bone.group == BoneGroup::kSocks ? kSock : kBone);
    const Mesh mesh = options_.inset > 0 ? shrunk(bone.mesh, options_.inset) : bone.mesh;
    auto actor = build_painted_actor(paint(mesh, color), 0.12);
    actor->GetProperty()->SetOpacity(options_.opacity);
    actor->PickableOff();
    renderer->AddActor(actor);
    bones_.push_back({&bone, actor, pick_casters(bone.mesh)});
  }
  if ((options_.look.layers & kGhostLayer) == 0) return;
  for (const Bone& bone : skeleton_.get_bones()) {
    if (bone.group != BoneGroup::kSpine || bone.body == "pelvis") continue;
    auto actor = build_surface_actor(shrunk(bone.mesh, kGhostInset), {0.45, 0.60, 0.80}, 0.0);
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
  if ((options_.look.layers & kMusclesLayer) != 0 && options_.muscle.columns > 0) {
    muscles_ = std::make_unique<MuscleSurface>(record_, options_.muscles);
    muscle_actor_ = build_painted_actor(muscles_->get_mesh(), 0.10);
    muscles_->set_reach(options_.look.muscle_reach);
    muscle_actor_->GetProperty()->SetOpacity(options_.opacity * options_.look.muscle_opacity);
    renderer->AddActor(muscle_actor_);
  }
  if ((options_.look.layers & kShoesLayer) == 0) return;
  for (auto* actor : {&load_actor_, &seat_actor_}) {
    *actor = build_surface_actor(Mesh::New(), kHeldThing, 0.05);
    (*actor)->GetProperty()->SetOpacity(options_.opacity);
    (*actor)->PickableOff();
    renderer->AddActor(*actor);
  }
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

void RunScene::add_disc_arrows(vtkRenderer* renderer) {
  if ((options_.look.layers & kDiscForceLayer) == 0) return;
  disc_arrow_actor_ = build_surface_actor(Mesh::New(), kForce, 0.2);
  disc_arrow_actor_->PickableOff();
  renderer->AddActor(disc_arrow_actor_);
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
  if (muscles_ && (options_.look.layers & kMusclesLayer) != 0) {
    muscles_->update(frame, options_.muscle, options_.muscle_colors);
    casters_.insert(casters_.end(), muscles_->get_points().begin(), muscles_->get_points().end());
  }
  update_shoes(frame);
  update_held_things(frame);
  update_disc_arrows(frame);
  update_ground(frame, shift);
  for (vtkActor* actor : {disc_actor_.Get(), muscle_actor_.Get(), disc_arrow_actor_.Get(), load_actor_.Get(),
                          seat_actor_.Get()}) {
    if (actor != nullptr) actor->SetPosition(offset.x(), offset.y(), offset.z());
  }
  for (const auto& actor : shoe_actors_) actor->SetPosition(offset.x(), offset.y(), offset.z());
  for (DiscPose& disc : discs_) disc.center += offset;
}

void RunScene::update_bones(const RunFrame& frame, const Vector3d& offset) {
  for (const RigidActor& part : bones_) {
    const Pose pose = skeleton_.calc_pose(*part.bone, frame);
    set_pose(part.actor, pose, offset);
    if (ground_ && part.actor->GetVisibility() != 0) {
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
    const double bulge = 0.03 + options_.disc_bulge * share;
    disc_surface_.set_tube(
        i, build_disc_rings(discs_[i], bulge - options_.inset / discs_[i].half_width, options_.discs),
        get_color(options_.disc_colors, value));
  }
  disc_surface_.finish();
}

void RunScene::update_shoes(const RunFrame& frame) {
  if (shoe_actors_.empty()) return;
  std::size_t next = 0;
  for (Side side : {Side::kRight, Side::kLeft}) {
    const Shoe shoe = calc_shoe(skeleton_.get_shoe(side), calc_shoe_pose(frame, side, plane_));
    for (const Mesh& whole : {shoe.upper, shoe.midsole, shoe.outsole}) {
      const Mesh mesh = options_.inset > 0 ? shrunk(whole, options_.inset) : whole;
      static_cast<vtkPolyDataMapper*>(shoe_actors_[next++]->GetMapper())->SetInputData(mesh);
      const std::vector<Vector3d> points = pick_casters(mesh);
      casters_.insert(casters_.end(), points.begin(), points.end());
    }
  }
}

void RunScene::update_held_things(const RunFrame& frame) {
  if (!load_actor_) return;
  for (const auto& [actor, mesh] : {std::pair{load_actor_.Get(), build_held_load(frame)},
                                    {seat_actor_.Get(), build_seat(frame, plane_)}}) {
    actor->SetVisibility(mesh.has_value() && (options_.look.layers & kShoesLayer) != 0);
    if (!mesh) continue;
    static_cast<vtkPolyDataMapper*>(actor->GetMapper())->SetInputData(*mesh);
    for (const Vector3d& p : sample_box(*mesh)) casters_.push_back(p);
  }
}

void RunScene::update_disc_arrows(const RunFrame& frame) {
  if (!disc_arrow_actor_ || (options_.look.layers & kDiscForceLayer) == 0) return;
  std::vector<Mesh> arrows;
  const DiscRecord& loads = record_.discs;
  const std::size_t levels = record_.names.levels.size();
  for (const DiscPose& disc : discs_) {
    if (!options_.look.arrow_level.empty() && disc.level != options_.look.arrow_level) continue;
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
  disc_arrow_actor_->SetVisibility(!arrows.empty() && (options_.look.layers & kDiscForceLayer) != 0);
}

void RunScene::update_ground(const RunFrame& frame, double shift) {
  if (!ground_ || (options_.look.layers & kGroundLayer) == 0) return;
  ground_->update(frame.calc_pose("pelvis").p, shift, casters_);
}

void RunScene::set_layers(unsigned layers) {
  options_.look.layers = layers;
  update_visibility();
}

void RunScene::set_look(const SceneLook& look) {
  options_.look = look;
  if (muscle_actor_) {
    muscles_->set_reach(look.muscle_reach);
    muscle_actor_->GetProperty()->SetOpacity(options_.opacity * look.muscle_opacity);
  }
  update_visibility();
}

void RunScene::update_visibility() {
  const auto is_on = [&](unsigned layer) { return is_defined_ && (options_.look.layers & layer) != 0; };
  for (const RigidActor& part : bones_)
    part.actor->SetVisibility(is_defined_ && is_shown(*part.bone, options_.look.layers));
  for (const RigidActor& part : ghosts_) part.actor->SetVisibility(is_on(kGhostLayer));
  for (const auto& actor : shoe_actors_) actor->SetVisibility(is_on(kShoesLayer));
  disc_actor_->SetVisibility(options_.has_discs && is_on(kSpineLayer));
  if (muscle_actor_) muscle_actor_->SetVisibility(is_on(kMusclesLayer));
  if (disc_arrow_actor_) disc_arrow_actor_->SetVisibility(is_on(kDiscForceLayer));
  if (!is_on(kShoesLayer) && load_actor_) {
    load_actor_->VisibilityOff();
    seat_actor_->VisibilityOff();
  }
  if (ground_) ground_->set_visible(is_on(kGroundLayer));
}

std::optional<Picked> RunScene::find_picked(vtkProp* prop, vtkIdType cell) const {
  if (prop == disc_actor_) return Picked{Picked::Kind::kDisc, disc_surface_.get_tube_of_cell(cell)};
  if (muscle_actor_ && prop == muscle_actor_)
    return Picked{Picked::Kind::kMuscle, muscles_->get_muscle_of_cell(cell)};
  return std::nullopt;
}

}  // namespace lumbarun::viz
