// The whole skeleton of one runner: bones at the runner's size, posed frame by frame.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/run_frame.h"
#include "viz/skeleton/shoe.h"

namespace lumbarun::viz {

// Lumbar bodies, cranial to caudal.
inline constexpr std::array<const char*, 5> kLumbarBodies = {"L1", "L2", "L3", "L4", "L5"};

// Disc between two bodies at one instant.
struct PosedDisc {
  std::string level;
  Mesh mesh;               // in the world
  Eigen::Vector3d center;  // in the world, m
};

class Skeleton {
 public:
  // Takes the sizes from the distances between the body origins, the shoe's height from the stance phase.
  // @throws BadInput if a body is missing.
  explicit Skeleton(const RunRecord& record);

  // In the world.
  Mesh pose_spine(const RunFrame& frame) const;  // T12 to L5 and sacrum
  Mesh pose_trunk(const RunFrame& frame) const;  // pelvis, rib cage, skull
  Mesh pose_limbs(const RunFrame& frame) const;
  Shoe pose_shoe(const RunFrame& frame, Side side) const;
  Mesh pose_socks(const RunFrame& frame) const;
  std::vector<PosedDisc> pose_discs(const RunFrame& frame) const;

 private:
  struct FixedBone {
    std::string body;
    Mesh mesh;
  };

  static std::vector<Mesh> pose_all(const std::vector<FixedBone>& bones, const RunFrame& frame);
  void build_spine(const RunFrame& frame);
  void build_limbs(const RunFrame& frame);
  void add_pair(const std::string& body, const Mesh& right, double scale);
  Eigen::Vector3d get_thorax_base() const;

  std::vector<FixedBone> spine_;
  std::vector<FixedBone> trunk_;
  std::vector<FixedBone> limbs_;
  Mesh patella_;
  Shoe shoe_;
  Mesh sock_;
  double thorax_scale_ = 1;
  double spine_scale_ = 1;
  double leg_scale_ = 1;
  double foot_scale_ = 1;
};

}  // namespace lumbarun::viz
