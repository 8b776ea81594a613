#include "sim/sharing/reserve_status.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/units.h"

namespace lumbarun {
namespace {

ReserveReport calc_report(double disc_reserve_nm, double hip_reserve_nm) {
  const std::vector<Reserve> reserves = {build_disc_reserve("L5_S1_extension", 120.0),
                                         build_torque_reserve("hip_flexion_r")};
  const std::vector<double> time = {0.0, 0.1, 0.2};
  Eigen::MatrixXd net(2, 3), reserve(2, 3);
  net << 10.0, -80.0, 40.0, 5.0, 200.0, -100.0;
  reserve << 0.1, 0.2, disc_reserve_nm, hip_reserve_nm, 0.3, -0.1;
  return calc_reserve_report(reserves, time, net, reserve);
}

TEST(ReserveStatus, ThreeSteps) {
  const ReserveReport ok = calc_report(-4.0, 1.0);  // 5 % of 80 N·m is still ok
  EXPECT_EQ(ok.verdict, ReserveVerdict::ok);
  EXPECT_EQ(ok.status, "ok");
  EXPECT_EQ(ok.worst, 0u);
  EXPECT_DOUBLE_EQ(ok.rows[0].share, 0.05);
  EXPECT_DOUBLE_EQ(ok.rows[0].largest_reserve_nm, -4.0);
  EXPECT_DOUBLE_EQ(ok.rows[0].time_s, 0.2);
  EXPECT_NEAR(*ok.rows[0].largest_rotation_deg, -4.0 / 120.0 * kDegPerRad, 1e-12);
  EXPECT_DOUBLE_EQ(ok.rows[1].peak_net_moment_nm, 200.0);
  EXPECT_FALSE(ok.rows[1].largest_rotation_deg.has_value());

  const ReserveReport warning = calc_report(-4.1, 1.0);
  EXPECT_EQ(warning.verdict, ReserveVerdict::warning);
  EXPECT_EQ(warning.status.rfind("ok: warning", 0), 0u);
  EXPECT_NE(warning.status.find("L5_S1_extension"), std::string::npos);
  EXPECT_NE(warning.status.find("0.2000 s"), std::string::npos);
  EXPECT_EQ(calc_report(1.0, -40.0).verdict, ReserveVerdict::warning);

  const ReserveReport failed = calc_report(1.0, -40.1);
  EXPECT_EQ(failed.verdict, ReserveVerdict::failed);
  EXPECT_EQ(failed.worst, 1u);
  EXPECT_EQ(failed.status.rfind("failed: reserves", 0), 0u);
  EXPECT_NE(failed.status.find("hip_flexion_r"), std::string::npos);
}

TEST(ReserveStatus, AFailedSampleFailsTheRun) {
  const ReserveReport report = calc_report(std::nan(""), 1.0);
  EXPECT_EQ(report.verdict, ReserveVerdict::failed);
  EXPECT_NE(report.status.find("0.2000 s"), std::string::npos);
}

// 3 N·m about an axis that carries 6 N·m of a joint whose moment is |(-54, 6)| N·m: half of that axis, 5.5 % of the joint.
TEST(ReserveStatus, AJointIsJudgedByItsWholeMoment) {
  std::vector<Reserve> reserves = {build_disc_reserve("L4_L5_extension", 120.0),
                                   build_disc_reserve("L4_L5_rotation", 700.0)};
  const std::vector<double> time = {0.0, 0.1};
  Eigen::MatrixXd net(2, 2), reserve(2, 2);
  net << -54.0, 10.0, 6.0, -5.0;
  reserve << 0.5, 0.1, 3.0, 0.2;
  EXPECT_EQ(calc_reserve_report(reserves, time, net, reserve).verdict, ReserveVerdict::failed);
  for (Reserve& row : reserves) row.joint = "L4_L5";
  const ReserveReport report = calc_reserve_report(reserves, time, net, reserve);
  EXPECT_EQ(report.verdict, ReserveVerdict::warning);
  EXPECT_EQ(report.worst, 1u);
  EXPECT_DOUBLE_EQ(report.rows[1].share, 0.5);
  EXPECT_DOUBLE_EQ(report.rows[1].joint_share, 3.0 / std::hypot(54.0, 6.0));
}

// An idle coordinate: the floor of 1 N·m instead of a division by zero.
TEST(ReserveStatus, AnIdleCoordinateIsJudgedAgainstTheFloor) {
  const std::vector<Reserve> reserves = {build_torque_reserve("subtalar_angle_l")};
  const Eigen::MatrixXd zero = Eigen::MatrixXd::Zero(1, 1);
  const std::vector<double> time = {0.0};
  EXPECT_EQ(calc_reserve_report(reserves, time, zero, zero).verdict, ReserveVerdict::ok);
  EXPECT_DOUBLE_EQ(
      calc_reserve_report(reserves, time, zero, Eigen::MatrixXd::Constant(1, 1, 0.1)).rows[0].share, 0.1);
}

}  // namespace
}  // namespace lumbarun
