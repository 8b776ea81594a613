// Are the muscles strong enough? Per coordinate the largest reserve over a run, in parts of the peak net
// moment of that coordinate and of the joint it belongs to:
//   share_k       = max_t |r_k(t)| / max(max_t |τ_k(t)|, floor)
//   joint_share_k = max_t |r_k(t)| / max(max_t |τ_joint(t)|, floor),   |τ_joint|² = Σ τ² over the joint's rows
// and the status of the run by its largest joint share:
//   ≤ 5 %  ok      5–20 %  ok with a warning      > 20 %  failed: reserves.
// A ball joint or a disc has one moment vector; how it falls on three axes depends on how they were drawn, and
// an axis that carries little of it (axial rotation of a lumbar level, rotation of a hip) would fail a run
// that is balanced to a few percent. The share per coordinate is stored beside it.
// floor: below it a net moment is within the noise of inverse dynamics and a share means nothing (1 N·m,
// estimate; about 1 % of the running moments of the lower lumbar levels). It also makes the share of an idle
// coordinate a number.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sim/sharing/sharing_problem.h"

namespace lumbarun {

inline constexpr double kReserveWarningShare = 0.05;
inline constexpr double kReserveFailureShare = 0.20;
inline constexpr double kNetMomentFloor_nm = 1.0;

enum class ReserveVerdict { ok, warning, failed };

struct ReserveShare {
  std::string coordinate;
  double largest_reserve_nm = 0.0;             // signed
  std::optional<double> largest_rotation_deg;  // disc reserves: the same as a disc rotation
  double time_s = 0.0;                         // of the largest reserve
  double peak_net_moment_nm = 0.0;             // max |τ|
  double share = 0.0;
  double peak_joint_moment_nm = 0.0;  // max |τ_joint|
  double joint_share = 0.0;
};

struct ReserveReport {
  ReserveVerdict verdict = ReserveVerdict::ok;
  std::size_t worst = 0;  // row of the largest joint share
  std::vector<ReserveShare> rows;
  // `ok`, `ok: warning reserve of L5_S1_extension 7.1 % …` or `failed: reserves …`, with coordinate and time:
  // the run's status.
  std::string status;
};

// net_moment_nm and reserve_nm: rows × times. A reserve that is not finite (a failed sample) is a failure
// naming its time.
ReserveReport calc_reserve_report(std::span<const Reserve> reserves, std::span<const double> time_s,
                                  const Eigen::MatrixXd& net_moment_nm, const Eigen::MatrixXd& reserve_nm);

}  // namespace lumbarun
