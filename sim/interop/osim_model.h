// A model file on our own tree: body poses, muscle lengths and moment arms about the file's coordinates, all from
// the kernels of sim/multibody and sim/tissue.
//
// Each joint of the file becomes a chain of one-axis links, translations first, then rotations, as in
//   X_FM(q) = translation(Σ axis_k f_k(q)) · R(axis_1, f_1) R(axis_2, f_2) R(axis_3, f_3);
// axes that do not move are fixed offsets. The links follow the file's coordinates through `map`. A MovingPathPoint
// is a massless frame on up to three slides. A ConditionalPathPoint is in the path or not (active while
// low - 1e-5 <= q <= high + 1e-5, as OpenSim has it): every combination is compiled once, the pose picks one, so
// lengths jump where OpenSim's jump.
// Ball joints are body-fixed X-Y-Z angles, not quaternions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "sim/interop/coordinate_map.h"
#include "sim/interop/osim_description.h"
#include "sim/multibody/data.h"
#include "sim/tissue/muscle_path.h"

namespace lumbarun {

// A conditional point's condition.
struct OsimPathGate {
  int coordinate = -1;
  double low = 0.0, high = 0.0;  // rad or m
};

struct OsimMusclePath {
  std::string name;
  std::vector<OsimPathGate> gates;      // of its conditional points, in order
  std::vector<MusclePathSet> variants;  // one muscle each; index bit i: gate i is open
};

struct OsimModel {
  Model tree;
  std::vector<OsimCoordinate> coordinates;  // of all joints, in the order of the file
  CoordinateMap map;                        // coordinates -> links of `tree`
  std::vector<BodyIndex> bodies;            // like the description's bodies
  std::vector<OsimMusclePath> muscles;      // like the description's muscles

  int coordinate_count() const { return static_cast<int>(coordinates.size()); }
  int muscle_count() const { return static_cast<int>(muscles.size()); }
  // Throws BadInput with the nearest known name.
  int get_coordinate(const std::string& name) const;
  int get_muscle(const std::string& name) const;
  std::vector<double> default_q() const;
};

struct OsimBuildOptions {
  bool use_wraps = true;  // false: paths are straight between their points
};

// Throws BadInput with every mistake (joints in a circle, couplers in a circle, bodies without a joint, …).
OsimModel build_osim_model(const OsimDescription& description, const OsimBuildOptions& options = {});

// Workspace; one per thread.
struct OsimModelData {
  explicit OsimModelData(const OsimModel& model);

  double get_moment_arm(int muscle, int coordinate) const {
    return moment_arm[static_cast<size_t>(muscle) * map.q.size() + coordinate];
  }

  CoordinateMapData map;                                  // update_osim_pose
  std::vector<double> link_speed;                         // update_osim_pose: rad/s or m/s
  Data<double> tree;                                      // update_osim_pose
  std::vector<std::vector<MusclePathData<double>>> path;  // update_osim_muscles, like muscles × variants
  std::vector<int> variant;                               // update_osim_muscles: the one in force
  std::vector<double> length;                             // update_osim_muscles: m
  std::vector<double> velocity;                           // update_osim_muscles: m/s
  std::vector<double>
      moment_arm;  // update_osim_muscles: muscles × coordinates, -∂L/∂q of the free ones [m or 1]
};

// `q` [rad, m] and `u` [rad/s, m/s] hold all coordinates of the file; values of coupled ones are ignored. No heap.
void update_osim_pose(const OsimModel& model, std::span<const double> q, std::span<const double> u,
                      OsimModelData& data);
// Needs update_osim_pose. No heap.
void update_osim_muscles(const OsimModel& model, OsimModelData& data);

}  // namespace lumbarun
