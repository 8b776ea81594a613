#include "viz/skeleton/skeleton.h"

#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyDataNormals.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "viz/skeleton/bones.h"

namespace lumbarun::viz {
namespace {

using Eigen::Vector3d;

// Half disc height of the reference skeleton, and its area's half axes, m. Levels cranial to caudal.
constexpr double kDiscHalfHeight = 0.005;
constexpr std::array<double, 6> kDiscHalfWidth = {0.0215, 0.0220, 0.0228, 0.0236, 0.0243, 0.0248};
constexpr std::array<double, 6> kDiscHalfDepth = {0.0155, 0.0160, 0.0166, 0.0170, 0.0173, 0.0173};

double calc_distance(const RunFrame& frame, const std::string& a, const std::string& b) {
  return (frame.calc_pose(a).p - frame.calc_pose(b).p).norm();
}

// The heel frame's height above the ground when the right foot carries most: the foot is flat then.
double calc_sole_depth(const RunRecord& record, double foot_scale) {
  const RunFrame frame(record, find_mid_stance_sample(record));
  const Vector3d heel = frame.calc_pose("calcn", Side::kRight).p;
  const double depth = calc_ground_plane(record).calc_height(heel) / foot_scale;
  constexpr double kThinnest = 0.040;
  constexpr double kThickest = 0.085;
  return std::clamp(depth, kThinnest, kThickest);
}

// A point of the shoe moves with the heel bone behind the toe joint, with the toes before it, and with a bit
// of both within 3 cm.
Mesh bend(const Mesh& mesh, const Pose& heel, const Pose& toes) {
  const Vector3d joint = heel.to_body(toes.p);
  constexpr double kReach = 0.03;
  vtkNew<vtkPoints> points;
  for (vtkIdType i = 0; i < mesh->GetNumberOfPoints(); ++i) {
    const Vector3d p(mesh->GetPoint(i));
    const double t = std::clamp((p.x() - joint.x() + kReach) / (2 * kReach), 0.0, 1.0);
    const double w = t * t * (3 - 2 * t);
    const Vector3d q = (1 - w) * heel.to_world(p) + w * toes.to_world(p - joint);
    points->InsertNextPoint(q.data());
  }
  Mesh bent = Mesh::New();
  bent->DeepCopy(mesh);
  bent->SetPoints(points);
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputData(bent);
  normals->SplittingOff();
  normals->ConsistencyOff();
  normals->Update();
  return normals->GetOutput();
}

Mesh build_sock() {
  TubeShape shape;
  shape.points = calc_smooth_line(
      {{-0.006, -0.345, 0.004}, {-0.008, -0.385, 0.003}, {-0.008, -0.420, 0.002}, {-0.002, -0.452, 0.0}}, 5);
  for (std::size_t i = 0; i < shape.points.size(); ++i) {
    const double t = static_cast<double>(i) / (shape.points.size() - 1);
    shape.radii.push_back(0.030 + 0.006 * t);
  }
  shape.flat_axis = Vector3d::UnitX();
  shape.flatness = 1.15;
  shape.sides = 32;
  return build_tube(shape);
}

std::vector<Vector3d> build_disc_ring(const Pose& pose, const Vector3d& center, double height, double width,
                                      double depth) {
  std::vector<Vector3d> ring;
  constexpr int kSides = 40;
  for (int s = 0; s < kSides; ++s) {
    const double angle = 2 * std::numbers::pi * s / kSides;
    ring.push_back(center + pose.R * Vector3d(depth * std::cos(angle), height, width * std::sin(angle)));
  }
  return ring;
}

// Rings from the endplate below to the endplate above; the rim bulges between them.
Mesh build_disc(const Pose& inferior, const Pose& superior, const Vector3d& center, double scale,
                double width, double depth) {
  const auto low = build_disc_ring(inferior, center, -scale * kDiscHalfHeight, scale * width, scale * depth);
  const auto high = build_disc_ring(superior, center, scale * kDiscHalfHeight, scale * width, scale * depth);
  std::vector<std::vector<Vector3d>> rings;
  constexpr int kRings = 9;
  for (int r = 0; r < kRings; ++r) {
    const double t = static_cast<double>(r) / (kRings - 1);
    const double bulge = 0.96 + 0.10 * std::sqrt(std::sin(std::numbers::pi * t));
    std::vector<Vector3d> ring;
    for (std::size_t s = 0; s < low.size(); ++s) {
      const Vector3d middle = center + (2 * t - 1) * scale * kDiscHalfHeight * superior.R.col(1);
      const Vector3d p = (1 - t) * low[s] + t * high[s];
      ring.push_back(middle + bulge * (p - middle));
    }
    rings.push_back(std::move(ring));
  }
  return build_loft(rings);
}

}  // namespace

Skeleton::Skeleton(const RunRecord& record) {
  const RunFrame frame(record, 0);
  thorax_scale_ = calc_distance(frame, "humerus_r", "humerus_l") / kReferenceShoulderWidth;
  leg_scale_ = calc_distance(frame, "tibia_r", "talus_r") / kReferenceTibiaLength;
  foot_scale_ = calc_distance(frame, "calcn_r", "toes_r") / kReferenceFootLength;
  build_spine(frame);
  build_limbs(frame);
  const Shoe shoe = build_shoe(calc_sole_depth(record, foot_scale_));
  shoe_ = {scaled(shoe.upper, foot_scale_), scaled(shoe.midsole, foot_scale_),
           scaled(shoe.outsole, foot_scale_)};
  sock_ = scaled(build_sock(), leg_scale_);
}

std::vector<Mesh> Skeleton::pose_all(const std::vector<FixedBone>& bones, const RunFrame& frame) {
  std::vector<Mesh> meshes;
  for (const FixedBone& bone : bones) {
    const Pose pose = frame.calc_pose(bone.body);
    meshes.push_back(posed(bone.mesh, pose.R, pose.p));
  }
  return meshes;
}

Vector3d Skeleton::get_thorax_base() const { return thorax_scale_ * kReferenceThoraxBase; }

void Skeleton::build_spine(const RunFrame& frame) {
  // L5 to L1 measures 120 mm in the reference skeleton.
  spine_scale_ = calc_distance(frame, "L5", "L1") / 0.120;
  for (std::size_t i = 0; i < kLumbarBodies.size(); ++i) {
    const Pose pose = frame.calc_pose(kLumbarBodies[i]);
    const Vector3d above = i == 0 ? frame.calc_pose("thorax").to_world(get_thorax_base())
                                  : frame.calc_pose(kLumbarBodies[i - 1]).p;
    VertebraShape shape;
    shape.top = pose.to_body(above);
    shape.half_width = 0.98 * spine_scale_ * 0.5 * (kDiscHalfWidth[i] + kDiscHalfWidth[i + 1]);
    shape.half_depth = 0.98 * spine_scale_ * 0.5 * (kDiscHalfDepth[i] + kDiscHalfDepth[i + 1]);
    shape.disc_height = 2 * spine_scale_ * kDiscHalfHeight;
    shape.process_scale = spine_scale_;
    spine_.push_back({kLumbarBodies[i], build_vertebra(shape)});
  }
  const double pelvis_scale = calc_distance(frame, "femur_r", "femur_l") / kReferenceHipWidth;
  spine_.push_back({"pelvis", scaled(build_sacrum(), pelvis_scale)});
  spine_.push_back({"thorax", scaled(build_last_thoracic_vertebra(), thorax_scale_)});
  trunk_.push_back({"pelvis", scaled(build_pelvis(), pelvis_scale)});
  trunk_.push_back({"thorax", scaled(join({build_rib_cage(), build_skull()}), thorax_scale_)});
}

void Skeleton::add_pair(const std::string& body, const Mesh& right, double scale) {
  const Mesh sized = scaled(right, scale);
  limbs_.push_back({body + "_r", sized});
  limbs_.push_back({body + "_l", mirrored(sized)});
}

void Skeleton::build_limbs(const RunFrame& frame) {
  add_pair("femur", build_femur(), calc_distance(frame, "femur_r", "tibia_r") / kReferenceFemurLength);
  add_pair("tibia", build_shank(), leg_scale_);
  const double arm_scale = calc_distance(frame, "humerus_r", "ulna_r") / kReferenceHumerusLength;
  add_pair("humerus", build_humerus(), arm_scale);
  add_pair("ulna", build_forearm(), arm_scale);
  patella_ = scaled(build_patella(), leg_scale_);
}

Mesh Skeleton::pose_spine(const RunFrame& frame) const { return join(pose_all(spine_, frame)); }

Mesh Skeleton::pose_trunk(const RunFrame& frame) const { return join(pose_all(trunk_, frame)); }

Mesh Skeleton::pose_limbs(const RunFrame& frame) const {
  std::vector<Mesh> meshes = pose_all(limbs_, frame);
  for (Side side : {Side::kRight, Side::kLeft}) {
    // The kneecap glides before the condyles, half way between thigh and shank.
    const Pose femur = frame.calc_pose("femur", side);
    const Pose tibia = frame.calc_pose("tibia", side);
    const Eigen::Quaterniond half = Eigen::Quaterniond(femur.R).slerp(0.6, Eigen::Quaterniond(tibia.R));
    const Vector3d front = leg_scale_ * (half * Vector3d(0.044, 0.012, 0));
    meshes.push_back(posed(patella_, half.toRotationMatrix(), tibia.p + front));
  }
  return join(meshes);
}

Shoe Skeleton::pose_shoe(const RunFrame& frame, Side side) const {
  const Pose heel = frame.calc_pose("calcn", side);
  const Pose toes = frame.calc_pose("toes", side);
  const auto pose = [&](const Mesh& mesh) {
    return bend(side == Side::kRight ? mesh : mirrored(mesh), heel, toes);
  };
  return {pose(shoe_.upper), pose(shoe_.midsole), pose(shoe_.outsole)};
}

Mesh Skeleton::pose_socks(const RunFrame& frame) const {
  std::vector<Mesh> meshes;
  for (Side side : {Side::kRight, Side::kLeft}) {
    const Pose tibia = frame.calc_pose("tibia", side);
    meshes.push_back(posed(side == Side::kRight ? sock_ : mirrored(sock_), tibia.R, tibia.p));
  }
  return join(meshes);
}

std::vector<PosedDisc> Skeleton::pose_discs(const RunFrame& frame) const {
  const std::array<const char*, 7> bodies = {"thorax", "L1", "L2", "L3", "L4", "L5", "sacrum"};
  const std::array<const char*, 6> levels = {"T12_L1", "L1_L2", "L2_L3", "L3_L4", "L4_L5", "L5_S1"};
  std::vector<PosedDisc> discs;
  for (std::size_t i = 0; i < levels.size(); ++i) {
    // The thorax frame stands upright; the endplate below T12 is taken to be that of L1.
    const Pose superior = frame.calc_pose(i == 0 ? "L1" : bodies[i]);
    const Pose inferior = frame.calc_pose(bodies[i + 1]);
    const Vector3d center = i == 0 ? frame.calc_pose("thorax").to_world(get_thorax_base()) : superior.p;
    discs.push_back(
        {levels[i],
         build_disc(inferior, superior, center, spine_scale_, kDiscHalfWidth[i], kDiscHalfDepth[i]), center});
  }
  return discs;
}

}  // namespace lumbarun::viz
