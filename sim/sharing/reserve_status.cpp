#include "sim/sharing/reserve_status.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/core/contracts.h"

namespace lumbarun {
namespace {

using Eigen::Index;

ReserveShare calc_share(const Reserve& reserve, std::span<const double> time_s,
                        const Eigen::MatrixXd& net_moment_nm, const Eigen::MatrixXd& reserve_nm, Index row) {
  ReserveShare share;
  share.coordinate = reserve.coordinate;
  double largest = -1.0;
  for (Index j = 0; j < reserve_nm.cols(); ++j) {
    const double value = reserve_nm(row, j);
    const double size = std::isfinite(value) ? std::abs(value) : std::numeric_limits<double>::infinity();
    share.peak_net_moment_nm = std::max(share.peak_net_moment_nm, std::abs(net_moment_nm(row, j)));
    if (size > largest) {
      largest = size;
      share.largest_reserve_nm = value;
      share.time_s = time_s[static_cast<std::size_t>(j)];
    }
  }
  share.largest_rotation_deg = calc_reserve_rotation_deg(reserve, share.largest_reserve_nm);
  share.share = largest / std::max(share.peak_net_moment_nm, kNetMomentFloor_nm);
  return share;
}

// Largest length of the net moment vector of the joint that row `row` belongs to.
double calc_peak_joint_moment(std::span<const Reserve> reserves, const Eigen::MatrixXd& net_moment_nm,
                              std::size_t row) {
  Eigen::RowVectorXd square = Eigen::RowVectorXd::Zero(net_moment_nm.cols());
  for (std::size_t k = 0; k < reserves.size(); ++k) {
    const bool same = !reserves[row].joint.empty() && reserves[k].joint == reserves[row].joint;
    if (k == row || same) square += net_moment_nm.row(static_cast<Index>(k)).cwiseAbs2();
  }
  return std::sqrt(square.maxCoeff());
}

std::string describe(const ReserveShare& worst) {
  if (!std::isfinite(worst.joint_share)) {
    return fmt::format("sharing found no usable answer at {:.4f} s", worst.time_s);
  }
  const std::string rotation =
      worst.largest_rotation_deg ? fmt::format(" = {:.2f} deg", *worst.largest_rotation_deg) : std::string();
  return fmt::format(
      "reserve of {} reaches {:.1f} % of its joint's peak net moment ({:.2f} of {:.1f} N m{}) at {:.4f} s",
      worst.coordinate, 100.0 * worst.joint_share, worst.largest_reserve_nm, worst.peak_joint_moment_nm,
      rotation, worst.time_s);
}

}  // namespace

ReserveReport calc_reserve_report(std::span<const Reserve> reserves, std::span<const double> time_s,
                                  const Eigen::MatrixXd& net_moment_nm, const Eigen::MatrixXd& reserve_nm) {
  const auto rows = static_cast<Index>(reserves.size());
  const auto times = static_cast<Index>(time_s.size());
  LUMBARUN_DEMAND(rows > 0 && times > 0);
  LUMBARUN_DEMAND(net_moment_nm.rows() == rows && net_moment_nm.cols() == times);
  LUMBARUN_DEMAND(reserve_nm.rows() == rows && reserve_nm.cols() == times);
  ReserveReport report;
  for (Index k = 0; k < rows; ++k) {
    report.rows.push_back(
        calc_share(reserves[static_cast<std::size_t>(k)], time_s, net_moment_nm, reserve_nm, k));
    ReserveShare& row = report.rows.back();
    row.peak_joint_moment_nm = calc_peak_joint_moment(reserves, net_moment_nm, static_cast<std::size_t>(k));
    row.joint_share =
        std::abs(row.largest_reserve_nm) / std::max(row.peak_joint_moment_nm, kNetMomentFloor_nm);
    if (!std::isfinite(row.largest_reserve_nm)) row.joint_share = row.share;
    if (row.joint_share > report.rows[report.worst].joint_share) report.worst = static_cast<std::size_t>(k);
  }
  const ReserveShare& worst = report.rows[report.worst];
  if (worst.joint_share <= kReserveWarningShare) {
    report.status = "ok";
  } else if (worst.joint_share <= kReserveFailureShare) {
    report.verdict = ReserveVerdict::warning;
    report.status = "ok: warning " + describe(worst);
  } else {
    report.verdict = ReserveVerdict::failed;
    report.status = "failed: reserves, " + describe(worst);
  }
  return report;
}

}  // namespace lumbarun
