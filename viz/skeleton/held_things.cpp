#include "viz/skeleton/held_things.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "viz/skeleton/bones.h"

namespace lumbarun::viz {
namespace {

using Eigen::AlignedBox3d;
using Eigen::Vector3d;

constexpr double kDensity = 1200;        // of a box of weights, kg/m³: estimate
constexpr double kFlatness = 0.75;       // height over depth of the box: estimate
constexpr double kHandThickness = 0.02;  // of the palm, m
// In the frames of the reference skeleton, m.
const Vector3d kPalm(-0.010, -0.320, 0.020);     // forearm
const Vector3d kIschium(-0.115, -0.150, 0.055);  // pelvis

double find_metric(const RunRecord& record, const std::string& name) {
  const auto found = std::find_if(record.metrics.begin(), record.metrics.end(),
                                  [&](const auto& metric) { return metric.name == name; });
  const bool has_value =
      found != record.metrics.end() && !found->values.empty() && std::isfinite(found->values[0]);
  return has_value ? found->values[0] : 0;
}

double calc_distance(const RunFrame& frame, const char* a, const char* b) {
  return (frame.calc_pose(a).p - frame.calc_pose(b).p).norm();
}

}  // namespace

double find_held_mass(const RunRecord& record) { return find_metric(record, "held_mass"); }

std::optional<Mesh> build_held_load(const RunFrame& frame) {
  const double mass = find_held_mass(frame.get_record());
  if (mass <= 0) return std::nullopt;
  const double scale = calc_distance(frame, "humerus_r", "ulna_r") / kReferenceHumerusLength;
  const Vector3d right = frame.calc_pose("ulna", Side::kRight).to_world(scale * kPalm);
  const Vector3d mirrored_palm(kPalm.x(), kPalm.y(), -kPalm.z());
  const Vector3d left = frame.calc_pose("ulna", Side::kLeft).to_world(scale * mirrored_palm);
  const double width = std::max(0.12, std::abs(right.z() - left.z()) - 2 * kHandThickness);
  const double depth = std::sqrt(mass / (kDensity * width * kFlatness));
  const Vector3d half = 0.5 * Vector3d(depth, kFlatness * depth, width);
  const Vector3d middle = 0.5 * (right + left);
  return build_box(AlignedBox3d(middle - half, middle + half));
}

std::optional<Mesh> build_seat(const RunFrame& frame, const GroundPlane& ground) {
  const RunRecord& record = frame.get_record();
  if (find_metric(record, "seat_force_ischium") + find_metric(record, "seat_force_thigh") <= 1)
    return std::nullopt;
  const double scale = calc_distance(frame, "femur_r", "femur_l") / kReferenceHipWidth;
  const Pose pelvis = frame.calc_pose("pelvis");
  const Vector3d low = pelvis.to_world(scale * Vector3d(kIschium.x(), kIschium.y(), 0));
  const double floor = low.y() - ground.calc_height(low) / ground.normal.y();
  constexpr double kBack = 0.10, kFront = 0.22, kHalfWidth = 0.21, kThickness = 0.04, kLeg = 0.035;
  std::vector<Mesh> parts = {build_box(
      AlignedBox3d(low + Vector3d(-kBack, -kThickness, -kHalfWidth), low + Vector3d(kFront, 0, kHalfWidth)))};
  for (double x : {low.x() - kBack, low.x() + kFront - kLeg}) {
    for (double z : {low.z() - kHalfWidth, low.z() + kHalfWidth - kLeg})
      parts.push_back(
          build_box(AlignedBox3d(Vector3d(x, floor, z), Vector3d(x + kLeg, low.y() - kThickness, z + kLeg))));
  }
  return join(parts);
}

}  // namespace lumbarun::viz
