// Joint moments of OpenSim's inverse dynamics against the moments of its static optimisation's muscle forces over our
// moment arms: arm26, whose triceps and brachialis wrap over a cylinder at the elbow and whose long biceps wraps over an
// ellipsoid at the shoulder. Only the moment arms are ours. Needs ../shared.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/interop/osim_reader.h"
#include "tests/interop/recorded_motion.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

TEST(ArmEquilibrium, MuscleMomentsCarryTheJointMoments) {
  const std::filesystem::path folder = test::shared_folder() / "data/peer_results";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no shared reference data";
  const OsimModel model = build_osim_model(read_osim(folder / "core_StaticOptimization/arm26.osim"));
  OsimModelData data(model);
  test::StorageTable motion =
      test::read_storage(folder / "core_StaticOptimization/arm26_InverseKinematics.mot");
  motion.in_degrees = true;  // a file without version and inDegrees
  const test::StorageTable forces = test::read_storage(
      folder / "core_StaticOptimization/std_Thelen2003Muscle_arm26_StaticOptimization_force.sto");
  const test::StorageTable moments = test::read_storage(folder / "core_ID/std_arm26_InverseDynamics.sto");
  ASSERT_EQ(forces.rows.size(), 121u);
  ASSERT_EQ(moments.rows.size(), forces.rows.size());
  const int shoulder = model.get_coordinate("r_shoulder_elev"), elbow = model.get_coordinate("r_elbow_flex");
  const size_t biceps =
      std::find(forces.labels.begin(), forces.labels.end(), "BIClong") - forces.labels.begin();
  double worst_elbow = 0.0, worst_arm = 0.0;
  for (size_t r = 0; r < forces.rows.size(); ++r) {
    const std::vector<double> q = test::make_q(model, motion, motion.rows[r]), u(q.size(), 0.0);
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
    std::array<double, 2> carried{};
    for (size_t c = 1; c < forces.labels.size(); ++c) {
      const int m = model.get_muscle(forces.labels[c]);
      carried[0] += forces.rows[r][c] * data.get_moment_arm(m, shoulder);
      carried[1] += forces.rows[r][c] * data.get_moment_arm(m, elbow);
    }
    worst_elbow = std::max(worst_elbow, std::abs(moments.rows[r][2] - carried[1]));
    const double tension = forces.rows[r][biceps];
    if (tension > 20.0)  // N; below, the triceps and the motion's filter weigh as much
      worst_arm = std::max(worst_arm, std::abs(moments.rows[r][1] - carried[0]) / tension);
  }
  std::printf(
      "elbow within %.2g N m of up to 2.7; long biceps over the ellipsoid within %.2g m of moment arm\n",
      worst_elbow, worst_arm);
  EXPECT_LT(worst_elbow, 0.02);  // the motion was low-passed before inverse dynamics, not here
  EXPECT_LT(worst_arm, 1e-3);
}

}  // namespace
}  // namespace lumbarun
