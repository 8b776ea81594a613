#include "viz/scene/ground_force.h"

#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>

#include <algorithm>

#include "viz/scene/arrow.h"
#include "viz/scene/lighting.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

constexpr double kMetersPerBodyWeight = 0.28;  // length of the arrow
constexpr double kLeastForce = 0.05;           // body weights: below it there is no arrow
constexpr double kTraceRadius = 0.0035;        // m
constexpr double kTraceStep = 0.002;           // m: between the points of the trace

// A thin tube on the ground; empty if the centre of pressure stands still.
Mesh build_trace(const RunRecord& record, const Stance& stance) {
  const GroundPlane plane = calc_ground_plane(record);
  TubeShape tube;
  tube.sides = 8;
  for (std::size_t i = stance.first; i <= stance.last; ++i) {
    const Vector3d center = *find_center_of_pressure(record, i, stance.side);
    const Vector3d p = center + (kTraceRadius - plane.calc_height(center)) * plane.normal;
    if (tube.points.empty() || (p - tube.points.back()).norm() > kTraceStep) tube.points.push_back(p);
  }
  tube.radii.assign(tube.points.size(), kTraceRadius);
  return tube.points.size() > 1 ? build_tube(tube) : Mesh::New();
}

}  // namespace

std::vector<Stance> find_stances(const RunRecord& record) {
  std::vector<Stance> stances;
  for (Side side : {Side::kRight, Side::kLeft}) {
    bool was_down = false;
    for (std::size_t i = 0; i < record.time.size(); ++i) {
      const bool is_down = find_center_of_pressure(record, i, side).has_value();
      if (is_down && !was_down) stances.push_back({side, i, i});
      if (is_down) stances.back().last = i;
      was_down = is_down;
    }
  }
  return stances;
}

std::vector<std::size_t> find_shown_stances(const std::vector<Stance>& stances, std::size_t sample) {
  std::vector<std::size_t> shown;
  std::vector<std::size_t> ended;
  for (std::size_t i = 0; i < stances.size(); ++i) {
    if (stances[i].first <= sample && sample <= stances[i].last) shown.push_back(i);
    if (stances[i].last < sample) ended.push_back(i);
  }
  if (!shown.empty() || ended.empty()) return shown;
  return {*std::max_element(ended.begin(), ended.end(),
                            [&](std::size_t a, std::size_t b) { return stances[a].last < stances[b].last; })};
}

GroundForce::GroundForce(const RunRecord& record, vtkRenderer* renderer, double opacity)
    : record_(record), stances_(find_stances(record)) {
  for (const Stance& stance : stances_)
    traces_.push_back(add_actor(build_trace(record, stance), renderer, opacity));
  for (int foot = 0; foot < 2; ++foot) arrows_.push_back(add_actor(Mesh::New(), renderer, opacity));
}

vtkSmartPointer<vtkActor> GroundForce::add_actor(const Mesh& mesh, vtkRenderer* renderer, double opacity) {
  auto actor = build_surface_actor(mesh, kForce, 0.20);
  // Blended without a pass of its own: one face behind each pixel is enough.
  actor->GetProperty()->SetOpacity(opacity);
  actor->ForceOpaqueOn();
  actor->PickableOff();
  renderer->AddActor(actor);
  return actor;
}

void GroundForce::update(std::size_t sample, const Vector3d& offset) {
  for (const auto& trace : traces_) trace->VisibilityOff();
  if (is_visible_) {
    for (std::size_t shown : find_shown_stances(stances_, sample)) {
      traces_[shown]->SetPosition(offset.x(), offset.y(), offset.z());
      traces_[shown]->VisibilityOn();
    }
  }
  update_arrow(sample, Side::kRight, offset);
  update_arrow(sample, Side::kLeft, offset);
}

void GroundForce::update_arrow(std::size_t sample, Side side, const Vector3d& offset) {
  const double weight = calc_body_weight(record_);
  vtkActor* actor = arrows_[side == Side::kRight ? 0 : 1];
  const auto force = find_ground_force(record_, sample, side);
  const auto center = find_center_of_pressure(record_, sample, side);
  const bool is_shown = is_visible_ && force && center && force->norm() > kLeastForce * weight;
  actor->SetVisibility(is_shown);
  if (!is_shown) return;
  const Mesh arrow = build_arrow(*center + offset, kMetersPerBodyWeight / weight * *force, 0.011);
  static_cast<vtkPolyDataMapper*>(actor->GetMapper())->SetInputData(arrow);
}

}  // namespace lumbarun::viz
