// One run in a renderer: built once, then moved from sample to sample.
#pragma once

#include <vtkActor.h>
#include <vtkRenderer.h>

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/ground.h"
#include "viz/scene/muscles.h"
#include "viz/scene/quantity.h"
#include "viz/skeleton/skeleton.h"

namespace lumbarun::viz {

// Parts of the scene that can be left out.
enum Layer : unsigned {
  kSpineLayer = 1U << 0,
  kTrunkLayer = 1U << 1,  // pelvis, rib cage, skull
  kMusclesLayer = 1U << 2,
  kShoesLayer = 1U << 3,
  kGroundLayer = 1U << 4,
  kForceLayer = 1U << 5,      // ground force and the trace of its center
  kDiscForceLayer = 1U << 6,  // arrows on the discs
  kGhostLayer = 1U << 7,      // lumbar spine in its mean posture of the run
  kLimbsLayer = 1U << 8,
};
inline constexpr unsigned kWholeRunner =
    kSpineLayer | kTrunkLayer | kLimbsLayer | kMusclesLayer | kShoesLayer | kGroundLayer | kForceLayer;

// What a camera shows of the runner.
struct SceneLook {
  unsigned layers = kWholeRunner;
  double muscle_opacity = 1;
  double muscle_reach = std::numeric_limits<double>::infinity();  // about L3, m
  std::string arrow_level;                                        // the only disc with an arrow; empty: all
};

struct SceneOptions {
  SceneLook look;
  Quantity disc;
  Quantity muscle;  // columns 0: no muscles
  ColorMap disc_colors;
  ColorMap muscle_colors;
  // Disc bulge at the largest value of the colour scale, share of its radius.
  double disc_bulge = 0.09;
  double disc_range = 1;  // value of full bulge
  MuscleOptions muscles;
  double opacity = 1;         // of everything
  std::optional<Color> tint;  // instead of the bones' own colour
  // Surfaces lie so far inside their true place, m: a runner drawn through another one does not flicker where both
  // coincide.
  double inset = 0;
  bool has_discs = true;
  DiscGrain discs;
  bool is_plain = false;  // lit at the corners of triangles: for a window without a graphics card
};

// What a picked triangle belongs to.
struct Picked {
  enum class Kind { kDisc, kMuscle } kind;
  std::size_t index;  // of the disc, cranial to caudal, or of the muscle
};

class RunScene {
 public:
  // `record` and `skeleton` must outlive the scene. @throws BadInput if the run has not what is to be shown.
  RunScene(const RunRecord& record, const Skeleton& skeleton, const SceneOptions& options,
           vtkRenderer* renderer);

  // A sample without poses hides the runner. `offset` moves the runner and the ground, `shift` the ground's lines.
  void update(std::size_t sample, const Eigen::Vector3d& offset, double shift);
  void set_layers(unsigned layers);
  unsigned get_layers() const { return options_.look.layers; }
  void set_draft(bool is_draft) {
    if (ground_) ground_->set_draft(is_draft);
  }
  // Of the parts that the scene was built with.
  void set_look(const SceneLook& look);

  std::optional<Picked> find_picked(vtkProp* prop, vtkIdType cell) const;
  // Centers of the discs in the shown frame; empty if it is undefined.
  const std::vector<DiscPose>& get_discs() const { return discs_; }
  const Skeleton& get_skeleton() const { return skeleton_; }
  const RunRecord& get_record() const { return record_; }

 private:
  struct RigidActor {
    const Bone* bone;
    vtkSmartPointer<vtkActor> actor;
    std::vector<Eigen::Vector3d> casters;  // some points of the bone
  };

  void add_bones(vtkRenderer* renderer);
  void add_soft_parts(vtkRenderer* renderer);
  void add_disc_arrows(vtkRenderer* renderer);
  void light_corners();
  void update_bones(const RunFrame& frame, const Eigen::Vector3d& offset);
  void update_discs(const RunFrame& frame);
  void update_shoes(const RunFrame& frame);
  void update_held_things(const RunFrame& frame);
  void update_disc_arrows(const RunFrame& frame);
  void update_ground(const RunFrame& frame, double shift);
  void update_visibility();

  const RunRecord& record_;
  const Skeleton& skeleton_;
  SceneOptions options_;
  GroundPlane plane_;
  bool is_defined_ = true;
  std::vector<RigidActor> bones_;
  std::vector<RigidActor> ghosts_;
  std::vector<Pose> ghost_poses_;  // in the pelvis
  RingSurface disc_surface_;
  std::vector<DiscPose> discs_;
  vtkSmartPointer<vtkActor> disc_actor_;
  std::unique_ptr<MuscleSurface> muscles_;
  vtkSmartPointer<vtkActor> muscle_actor_;
  std::vector<vtkSmartPointer<vtkActor>> shoe_actors_;
  vtkSmartPointer<vtkActor> load_actor_;  // held in the hands
  vtkSmartPointer<vtkActor> seat_actor_;
  vtkSmartPointer<vtkActor> disc_arrow_actor_;
  std::unique_ptr<Ground> ground_;
  std::vector<Eigen::Vector3d> casters_;
};

}  // namespace lumbarun::viz
