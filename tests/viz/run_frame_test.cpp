// Instants, feet and ground of a run.
#include "viz/run_frame.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sim/core/errors.h"
#include "tests/viz/synthetic_run.h"

namespace lumbarun::viz {
namespace {

class RunFrameTest : public ::testing::Test {
 protected:
  RunRecord record_ = test::build_synthetic_run();
};

TEST_F(RunFrameTest, MidStanceIsThePeakOfTheRightFoot) {
  record_.ground.force[(33 * 2 + 0) * 3 + 1] = 5000;  // right
  record_.ground.force[(50 * 2 + 1) * 3 + 1] = 9000;  // left
  EXPECT_EQ(find_mid_stance_sample(record_), 33u);
  std::swap(record_.names.feet[0], record_.names.feet[1]);
  EXPECT_EQ(find_mid_stance_sample(record_), 50u);
}

TEST_F(RunFrameTest, NearestSample) {
  const double step = record_.time[1];
  EXPECT_EQ(find_sample_at_time(record_, 0.0), 0u);
  EXPECT_EQ(find_sample_at_time(record_, 7.4 * step), 7u);
  EXPECT_EQ(find_sample_at_time(record_, 7.6 * step), 8u);
  EXPECT_EQ(find_sample_at_time(record_, record_.time.back()), record_.time.size() - 1);
  EXPECT_THROW(find_sample_at_time(record_, -0.01), BadInput);
  EXPECT_THROW(find_sample_at_time(record_, record_.time.back() + 0.01), BadInput);
}

TEST_F(RunFrameTest, PoseIsTheOneInTheFile) {
  const RunFrame frame(record_, 20);
  const Pose femur = frame.calc_pose("femur", Side::kRight);
  const Pose tibia = frame.calc_pose("tibia", Side::kRight);
  // The knee's place in the thigh, as the synthetic runner was built.
  EXPECT_LT((femur.to_body(tibia.p) - Eigen::Vector3d(-0.0045, -0.4045, 0)).norm(), 1e-12);
  EXPECT_LT((femur.to_world(femur.to_body(tibia.p)) - tibia.p).norm(), 1e-12);
  EXPECT_NEAR(frame.calc_phase(), 20.0 / 70.0, 1e-12);
  EXPECT_THROW(frame.calc_pose("tail"), BadInput);
}

TEST_F(RunFrameTest, GroundIsThroughTheCentersOfPressureAndTilted) {
  record_.header.grade_deg = 5;
  const double rise = std::tan(5 * std::acos(-1.0) / 180);
  auto& centers = record_.ground.center_of_pressure;
  for (std::size_t i = 0; i < centers.size(); i += 3) centers[i + 1] = 0.07 + rise * centers[i];
  const GroundPlane plane = calc_ground_plane(record_);
  EXPECT_NEAR(plane.calc_height({1.3, 0.07 + rise * 1.3, -0.4}), 0.0, 1e-12);
  EXPECT_NEAR(plane.normal.norm(), 1.0, 1e-12);
  EXPECT_LT(plane.normal.x(), 0.0);  // uphill: leaning backwards
}

TEST_F(RunFrameTest, UndefinedIsNotZero) {
  const RunFrame flight(record_, 28);  // 40 % of the stride: both feet are off the ground
  EXPECT_FALSE(flight.find_center_of_pressure(Side::kRight).has_value());
  record_.motion.body_position[28 * record_.names.bodies.size() * 3] =
      std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(RunFrame(record_, 28), BadInput);
}

TEST_F(RunFrameTest, BodyWeightMustBeKnown) {
  EXPECT_NEAR(calc_body_weight(record_), 70 * 9.80665, 1e-9);
  record_.header.body_mass_kg = 0;
  EXPECT_THROW(calc_body_weight(record_), BadInput);
}

}  // namespace
}  // namespace lumbarun::viz
