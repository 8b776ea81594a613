// The whole skeleton of one runner: bones at the runner's size, and where they are frame by frame.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "viz/geometry/mesh.h"
#include "viz/geometry/mesh_cache.h"
#include "viz/run_frame.h"
#include "viz/skeleton/shoe.h"

namespace lumbarun::viz {

// Lumbar bodies, cranial to caudal.
inline constexpr std::array<const char*, 5> kLumbarBodies = {"L1", "L2", "L3", "L4", "L5"};
inline constexpr std::array<const char*, 6> kDiscLevels = {"T12_L1", "L1_L2", "L2_L3",
                                                           "L3_L4",  "L4_L5", "L5_S1"};

enum class BoneGroup { kSpine, kTrunk, kLimbs, kSocks };  // kSpine: T12 to L5 and sacrum

// A bone that keeps its shape, in the frame of its body.
struct Bone {
  std::string name;  // "L4", "rib_cage", "femur_r"
  std::string body;  // in /body; "patella_r" and "patella_l" follow femur and tibia
  BoneGroup group;
  Mesh mesh;
};

// What a disc's surface is spanned between, in the world.
struct DiscPose {
  std::string level;
  Eigen::Vector3d center;   // m
  Eigen::Matrix3d R_upper;  // of the endplate above, Y cranial
  Eigen::Matrix3d R_lower;  // of the endplate below
  double height;            // between the endplates' centers, m
  double half_width;        // m
  double half_depth;        // m
};
// How finely a disc is cut: rings from endplate to endplate, and points of each.
struct DiscGrain {
  int rings = 9;
  int sides = 40;
};
// From the endplate below to the one above; `bulge` widens the rim between them by that share of its radius.
std::vector<std::vector<Eigen::Vector3d>> build_disc_rings(const DiscPose& pose, double bulge,
                                                           const DiscGrain& grain = {});

// Share of the triangles: all of them for stills, an eighth for movies, a fortieth for the window.
enum class Detail { kFine, kCoarse, kPlain };

class Skeleton {
 public:
  // Takes the sizes from the distances between the body origins, the shoe's height from the stance phase.
  // @throws BadInput if a body is missing.
  explicit Skeleton(const RunRecord& record, const MeshCache& cache = MeshCache(),
                    Detail detail = Detail::kFine);

  const std::vector<Bone>& get_bones() const { return bones_; }
  Pose calc_pose(const Bone& bone, const RunFrame& frame) const;
  std::vector<DiscPose> calc_disc_poses(const RunFrame& frame) const;
  // A shoe bends at the toe joint; its midsole gives way to the ground.
  const ShoeModel& get_shoe(Side side) const { return shoes_[side == Side::kRight ? 0 : 1]; }

 private:
  void add(const std::string& name, const std::string& body, BoneGroup group, const Mesh& mesh);
  void add_pair(const std::string& name, const std::string& body, BoneGroup group, const Mesh& right);
  void build_spine(const RunRecord& record, const MeshCache& cache);
  void build_trunk(const RunFrame& frame, const MeshCache& cache);
  void build_limbs(const RunFrame& frame, const MeshCache& cache);
  Eigen::Vector3d get_thorax_base() const;
  Mesh fetch(const MeshCache& cache, const std::string& name, const std::function<Mesh()>& build) const;

  Detail detail_;
  std::vector<Bone> bones_;
  std::array<ShoeModel, 2> shoes_;          // right, left
  std::array<double, 6> plate_tilt_deg_{};  // of the endplate above each disc, in its body's frame
  double thorax_scale_ = 1;
  double spine_scale_ = 1;
  double leg_scale_ = 1;
};

}  // namespace lumbarun::viz
