// One recorded stride -> muscle forces and disc loads, sample by sample.
#pragma once

#include "sim/loads/disc_load.h"
#include "sim/loads/disc_pressure.h"
#include "sim/loads/level_shares.h"
#include "sim/sharing/gait_sharing.h"

namespace lumbarun {

// A motion and the torques that made it; columns are samples. Accelerations must be those of the recorded forces.
struct StrideInput {
  const std::vector<double>& time;  // s
  const Eigen::MatrixXd& q;
  const Eigen::MatrixXd& u;
  const Eigen::MatrixXd& acceleration;
};

struct StrideLoads {
  Eigen::MatrixXd
      generalized_force;  // coordinate x sample, of inverse dynamics: muscles + passive [N m or N]
  Eigen::MatrixXd activation, force, fiber_length, path_length;  // muscle x sample
  std::vector<std::vector<Vector3<double>>>
      path_point;  // per sample: drawn points (drawn_path.h), muscle after muscle, in W [m]
  std::vector<std::array<DiscLoad, kLevelCount>> disc;       // per sample
  std::vector<std::array<LevelShares, kLevelCount>> shares;  // per sample
  Eigen::MatrixXd ligament_strain, ligament_tension;      // ligament x sample [1, N], order of Runner::discs
  Eigen::MatrixXd net_moment, reserve;                    // sharing row x sample [N m]
  std::vector<std::vector<Transform<double>>> body_pose;  // per sample: all bodies, in W

  int largest_iterations = 0;  // of the sharing solver
  double largest_kkt_residual = 0.0;
  int unusable_samples = 0;     // samples without an answer; their results are NaN
  int approximate_paths = 0;    // samples x muscles whose geodesic was not found (MusclePathData)
  int out_of_range_fibers = 0;  // muscles whose normalised fibre length leaves 0.5-1.6 at some sample
};

StrideLoads analyze_stride(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
                           const StrideInput& input, const SharingSettings& settings);

}  // namespace lumbarun
