// One recorded stride -> muscle forces and disc loads, sample by sample.
#pragma once

#include <optional>

#include "sim/loads/disc_load.h"
#include "sim/loads/disc_pressure.h"
#include "sim/loads/induced_contributions.h"
#include "sim/loads/level_shares.h"
#include "sim/sharing/emg_envelopes.h"
#include "sim/sharing/gait_sharing.h"
#include "sim/signal/lagged_correlation.h"

namespace lumbarun {

// A motion and the torques that made it; columns are samples. Accelerations must be those of the recorded forces.
struct StrideInput {
  const std::vector<double>& time;  // s
  const Eigen::MatrixXd& q;
  const Eigen::MatrixXd& u;
  const Eigen::MatrixXd& acceleration;
  const EmgEnvelopes* emg = nullptr;  // measured on this stride
  double emg_weight = 0.0;            // of a channel's deviation, squared, in the cost of SharingMode::kEmg
  double stride_duration = 0.0;       // s, of the strides that `time` runs through; for emg
  bool splits_inertia = false;        // StrideLoads::induced is wanted
};

// Measured envelopes beside the model's activations.
struct EmgComparison {
  std::vector<std::string> channels;
  Eigen::MatrixXd envelope, activation;    // channel x sample
  std::vector<LaggedCorrelation> summary;  // per channel; shifts of at most kLargestLag
};
inline constexpr double kLargestLag = 0.150;  // s

struct StrideLoads {
  Eigen::MatrixXd
      generalized_force;  // coordinate x sample, of inverse dynamics: muscles + passive [N m or N]
  Eigen::MatrixXd activation, force, fiber_length, path_length;  // muscle x sample
  std::vector<std::vector<Vector3<double>>>
      path_point;  // per sample: drawn points (drawn_path.h), muscle after muscle, in W [m]
  std::vector<std::array<DiscLoad, kLevelCount>> disc;       // per sample
  std::vector<std::array<LevelShares, kLevelCount>> shares;  // per sample
  std::vector<std::string> contribution_sources, induced_sources;
  std::vector<LevelContributions> contributions;  // per sample: what the load is made of (contributions.h)
  std::vector<LevelContributions>
      induced;  // per sample: what its inertia is made of (induced_contributions.h); only if asked for
  Eigen::MatrixXd ligament_strain, ligament_tension;      // ligament x sample [1, N], order of Runner::discs
  Eigen::MatrixXd net_moment, reserve;                    // sharing row x sample [N m]
  std::vector<std::vector<Transform<double>>> body_pose;  // per sample: all bodies, in W

  std::vector<SharingSummary> sharing;  // per sample
  std::vector<GeneralSummary> general;  // per sample, of modes other than kOptimal
  std::vector<double> critical_gain;    // per sample, kStable
  std::optional<EmgComparison> emg;
  int unusable_samples = 0;     // samples without an answer; their results are NaN
  int approximate_paths = 0;    // samples x muscles whose geodesic was not found (MusclePathData)
  int out_of_range_fibers = 0;  // muscles whose normalised fibre length leaves 0.5-1.6 at some sample
};

int calc_largest_iterations(const StrideLoads& loads);
double calc_largest_kkt_residual(const StrideLoads& loads);

StrideLoads analyze_stride(const Runner& runner, std::span<const Muscle> muscles, const MusclePathSet& paths,
                           const StrideInput& input, const SharingSettings& settings);

}  // namespace lumbarun
