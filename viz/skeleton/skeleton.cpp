#include "viz/skeleton/skeleton.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/core/units.h"
#include "viz/geometry/reduce.h"
#include "viz/geometry/solid.h"
#include "viz/skeleton/bones.h"
#include "viz/skeleton/vertebra.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// Height of the discs between their endplates, cranial to caudal, and the wedge of which they take a part of the
// lordosis; what is left is in the vertebrae. Estimates.
constexpr std::array<double, 6> kDiscHeight = {0.0080, 0.0088, 0.0096, 0.0104, 0.0110, 0.0108};  // m
constexpr std::array<double, 6> kDiscWedgeDeg = {3, 5, 7, 9, 11, 13};
constexpr double kReferenceLumbarHeight = 0.120;  // L5 to L1 in the reference skeleton, m

double calc_distance(const RunFrame& frame, const std::string& a, const std::string& b) {
  return (frame.calc_pose(a).p - frame.calc_pose(b).p).norm();
}

double calc_pitch_deg(const Eigen::Matrix3d& R) { return rad_to_deg(std::atan2(R(1, 0), R(0, 0))); }

// To the hundredth of a millimetre: runners of one size share their vertebrae.
double round_size(double value) { return std::round(value * 1e5) * 1e-5; }

const char* get_superior_body(std::size_t disc) { return disc == 0 ? "thorax" : kLumbarBodies[disc - 1]; }
const char* get_inferior_body(std::size_t disc) { return disc == 5 ? "sacrum" : kLumbarBodies[disc]; }

Eigen::Matrix3d turn(double angle_deg) { return build_turn(Vector3d::UnitZ(), angle_deg); }

// Mean angle about Z from the inferior to the superior body over the run.
double calc_mean_wedge_deg(const RunRecord& record, std::size_t disc) {
  double sum = 0;
  int count = 0;
  const std::size_t step = std::max<std::size_t>(1, record.time.size() / 50);
  for (std::size_t i = 0; i < record.time.size(); i += step) {
    if (!has_poses(record, i)) continue;
    const RunFrame frame(record, i);
    const Eigen::Matrix3d R =
        frame.calc_pose(get_inferior_body(disc)).R.transpose() * frame.calc_pose(get_superior_body(disc)).R;
    sum += calc_pitch_deg(R);
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

Mesh build_sock() {
  TubeShape shape;
  shape.points = calc_smooth_line(
      {{-0.006, -0.345, 0.004}, {-0.008, -0.385, 0.003}, {-0.008, -0.420, 0.002}, {-0.002, -0.452, 0.0}}, 5);
  for (std::size_t i = 0; i < shape.points.size(); ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(shape.points.size() - 1);
    shape.radii.push_back(0.030 + 0.006 * t);
  }
  shape.flat_axis = Vector3d::UnitX();
  shape.flatness = 1.15;
  shape.sides = 32;
  return build_tube(shape);
}

}  // namespace

std::vector<std::vector<Vector3d>> build_disc_rings(const DiscPose& pose, double bulge,
                                                    const DiscGrain& grain) {
  const auto calc_point = [&](const Eigen::Matrix3d& R, double height, double angle) -> Vector3d {
    // Blunter than an ellipse, flat at the back.
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    const double radius = std::pow(std::pow(std::abs(c), 2.3) + std::pow(std::abs(s), 2.3), -1 / 2.3);
    const double depth = pose.half_depth * (c < 0 ? 1 - 0.10 * (1 - s * s) : 1);
    return pose.center + R * Vector3d(depth * radius * c, height, pose.half_width * radius * s);
  };
  std::vector<std::vector<Vector3d>> rings;
  for (int r = 0; r < grain.rings; ++r) {
    const double t = static_cast<double>(r) / (grain.rings - 1);
    const double wide = 0.985 + bulge * std::sqrt(std::sin(std::numbers::pi * t));
    const Vector3d middle = pose.center + (t - 0.5) * pose.height * pose.R_upper.col(1);
    std::vector<Vector3d> ring;
    for (int s = 0; s < grain.sides; ++s) {
      const double angle = 2 * std::numbers::pi * s / grain.sides;
      const Vector3d p = (1 - t) * calc_point(pose.R_lower, -0.5 * pose.height, angle) +
                         t * calc_point(pose.R_upper, 0.5 * pose.height, angle);
      ring.push_back(middle + wide * (p - middle));
    }
    rings.push_back(std::move(ring));
  }
  return rings;
}

Mesh Skeleton::fetch(const MeshCache& cache, const std::string& name,
                     const std::function<Mesh()>& build) const {
  const std::string key = std::string(LUMBARUN_SHAPE_HASH) + " " + name;
  const auto fetch_fine = [&] { return cache.fetch(key, build); };
  if (detail_ == Detail::kFine) return fetch_fine();
  const int share = detail_ == Detail::kCoarse ? 8 : 40;
  return cache.fetch(fmt::format("{} 1/{}", key, share), [&] {
    const Mesh fine = fetch_fine();
    return reduced(fine, static_cast<int>(fine->GetNumberOfPolys() / share));
  });
}

Skeleton::Skeleton(const RunRecord& record, const MeshCache& cache, Detail detail) : detail_(detail) {
  const RunFrame frame(record, find_first_sample(record));
  thorax_scale_ = calc_distance(frame, "humerus_r", "humerus_l") / kReferenceShoulderWidth;
  spine_scale_ = calc_distance(frame, "L5", "L1") / kReferenceLumbarHeight;
  leg_scale_ = calc_distance(frame, "tibia_r", "talus_r") / kReferenceTibiaLength;
  const double foot_scale = calc_distance(frame, "calcn_r", "toes_r") / kReferenceFootLength;
  build_spine(record, cache);
  build_trunk(frame, cache);
  build_limbs(frame, cache);
  const double sole_depth = calc_sole_depth(record) / foot_scale;
  shoes_ = {build_shoe(sole_depth, foot_scale, Side::kRight),
            build_shoe(sole_depth, foot_scale, Side::kLeft)};
  if (detail != Detail::kPlain) return;
  for (ShoeModel& shoe : shoes_) {
    for (Mesh* mesh : {&shoe.upper, &shoe.midsole, &shoe.outsole})
      *mesh = reduced(*mesh, static_cast<int>((*mesh)->GetNumberOfPolys() / 12));
  }
}

void Skeleton::add(const std::string& name, const std::string& body, BoneGroup group, const Mesh& mesh) {
  bones_.push_back({name, body, group, mesh});
}

void Skeleton::add_pair(const std::string& name, const std::string& body, BoneGroup group,
                        const Mesh& right) {
  add(name + "_r", body + "_r", group, right);
  add(name + "_l", body + "_l", group, mirrored(right));
}

Vector3d Skeleton::get_thorax_base() const { return thorax_scale_ * kReferenceThoraxBase; }

void Skeleton::build_spine(const RunRecord& record, const MeshCache& cache) {
  const RunFrame frame(record, find_first_sample(record));
  const double pitch = calc_last_thoracic_pitch_deg();
  for (std::size_t disc = 0; disc < kDiscLevels.size(); ++disc) {
    const double wedge = calc_mean_wedge_deg(record, disc) + (disc == 0 ? pitch : 0);
    plate_tilt_deg_[disc] = round_size(std::clamp(wedge, 0.0, kDiscWedgeDeg[disc]) - wedge);
  }
  for (std::size_t i = 0; i < kLumbarBodies.size(); ++i) {
    const Pose pose = frame.calc_pose(kLumbarBodies[i]);
    const Vector3d above = i == 0 ? frame.calc_pose("thorax").to_world(get_thorax_base())
                                  : frame.calc_pose(kLumbarBodies[i - 1]).p;
    VertebraShape shape;
    const double scale = round_size(spine_scale_);
    shape.sizes = scaled(get_vertebra_sizes(kLumbarBodies[i]), scale);
    shape.top = pose.to_body(above).unaryExpr(&round_size);
    shape.disc_above = scale * kDiscHeight[i];
    shape.disc_below = scale * kDiscHeight[i + 1];
    shape.lower_tilt_deg = plate_tilt_deg_[i + 1];
    const std::string key = fmt::format("{} {:.5f} {:.5f} {:.5f} {:.5f} {:.5f}", kLumbarBodies[i], scale,
                                        shape.top.x(), shape.top.y(), shape.top.z(), shape.lower_tilt_deg);
    add(kLumbarBodies[i], kLumbarBodies[i], BoneGroup::kSpine,
        fetch(cache, key, [&] { return build_vertebra(shape); }));
  }
  const std::string key = fmt::format("T12 {:.5f}", plate_tilt_deg_[0]);
  const Mesh last =
      fetch(cache, key, [&] { return build_last_thoracic_vertebra(kDiscHeight[0], plate_tilt_deg_[0]); });
  add("T12", "thorax", BoneGroup::kSpine, scaled(last, thorax_scale_));
  plate_tilt_deg_[0] += pitch;
}

void Skeleton::build_trunk(const RunFrame& frame, const MeshCache& cache) {
  const double scale = calc_distance(frame, "femur_r", "femur_l") / kReferenceHipWidth;
  add("sacrum", "pelvis", BoneGroup::kSpine, scaled(fetch(cache, "sacrum", build_sacrum), scale));
  add("pelvis", "pelvis", BoneGroup::kTrunk, scaled(fetch(cache, "pelvis", build_pelvis), scale));
  add("rib_cage", "thorax", BoneGroup::kTrunk,
      scaled(fetch(cache, "rib cage", build_rib_cage), thorax_scale_));
  add("skull", "thorax", BoneGroup::kTrunk, scaled(fetch(cache, "skull", build_skull), thorax_scale_));
}

void Skeleton::build_limbs(const RunFrame& frame, const MeshCache& cache) {
  const auto add_bone = [&](const std::string& name, const std::string& body, double scale, Mesh (*build)()) {
    add_pair(name, body, BoneGroup::kLimbs, scaled(fetch(cache, name, build), scale));
  };
  const double arm_scale = calc_distance(frame, "humerus_r", "ulna_r") / kReferenceHumerusLength;
  add_bone("femur", "femur", calc_distance(frame, "femur_r", "tibia_r") / kReferenceFemurLength, build_femur);
  add_bone("shank", "tibia", leg_scale_, build_shank);
  add_bone("patella", "patella", leg_scale_, build_patella);
  add_bone("humerus", "humerus", arm_scale, build_humerus);
  add_bone("forearm", "ulna", arm_scale, build_forearm);
  Mesh sock = scaled(build_sock(), leg_scale_);
  add_open_shade(sock);
  add_pair("sock", "tibia", BoneGroup::kSocks, sock);
}

Pose Skeleton::calc_pose(const Bone& bone, const RunFrame& frame) const {
  if (!bone.body.starts_with("patella")) return frame.calc_pose(bone.body);
  // The kneecap glides before the condyles, between thigh and shank.
  const Side side = bone.body.ends_with("_r") ? Side::kRight : Side::kLeft;
  const Pose femur = frame.calc_pose("femur", side);
  const Pose tibia = frame.calc_pose("tibia", side);
  const Eigen::Quaterniond half = Eigen::Quaterniond(femur.R).slerp(0.6, Eigen::Quaterniond(tibia.R));
  return {half.toRotationMatrix(), tibia.p + leg_scale_ * (half * Vector3d(0.044, 0.012, 0))};
}

std::vector<DiscPose> Skeleton::calc_disc_poses(const RunFrame& frame) const {
  std::vector<DiscPose> discs;
  for (std::size_t i = 0; i < kDiscLevels.size(); ++i) {
    const Pose superior = frame.calc_pose(get_superior_body(i));
    const VertebraSizes& above = get_vertebra_sizes(i == 0 ? "T12" : kLumbarBodies[i - 1]);
    const VertebraSizes& below = get_vertebra_sizes(kLumbarBodies[std::min<std::size_t>(i, 4)]);
    const double width = i == 5 ? above.lower_width : 0.5 * (above.lower_width + below.upper_width);
    const double depth = i == 5 ? above.lower_depth : 0.5 * (above.lower_depth + below.upper_depth);
    discs.push_back({kDiscLevels[i], i == 0 ? superior.to_world(get_thorax_base()) : superior.p,
                     superior.R * turn(plate_tilt_deg_[i]), frame.calc_pose(get_inferior_body(i)).R,
                     spine_scale_ * kDiscHeight[i], 0.5 * spine_scale_ * width, 0.5 * spine_scale_ * depth});
  }
  return discs;
}

}  // namespace lumbarun::viz
