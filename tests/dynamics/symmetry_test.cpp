#include "sim/dynamics/symmetry.h"

#include <gtest/gtest.h>

#include "tests/forward/sample_gait.h"

namespace lumbarun {
namespace {

Runner build_on(double slope, double camber) {
  RunnerParameters parameters;
  parameters.surface.slope = slope;
  parameters.surface.camber = camber;
  return build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), parameters);
}

TEST(Symmetry, HoldsOnTheLevelAndOnASlope) {
  EXPECT_TRUE(is_symmetric(build_on(0.0, 0.0)));
  EXPECT_TRUE(is_symmetric(build_on(0.14, 0.0)));
}

TEST(Symmetry, BreaksWithEveryPartThatDiffers) {
  EXPECT_FALSE(is_symmetric(build_on(0.0, 0.001)));
  const Runner whole = build_on(0.0, 0.0);
  Runner shoe = whole;
  shoe.contact.elements.front().p_LC.y -= 1e-5;
  EXPECT_FALSE(is_symmetric(shoe));
  Runner joint = whole;
  joint.range_laws.front().damping += 1e-4;
  EXPECT_FALSE(is_symmetric(joint));
}

TEST(Symmetry, StrengthsTurnWithTheirCoordinate) {
  const Runner runner = build_on(0.0, 0.0);
  const int n = runner.model.coordinate_count();
  const int right = runner.model.get_coordinate("hip_flexion_r"),
            left = runner.model.get_coordinate("hip_flexion_l");
  const int bending = runner.model.get_coordinate("L4_L5_bending");
  JointStrength strength{Eigen::VectorXd::Constant(n, 80.0), Eigen::VectorXd::Constant(n, 80.0)};
  strength.positive[right] = strength.positive[left] = 110.0;
  EXPECT_TRUE(is_symmetric(strength, runner.mirror));
  JointStrength weak = strength;
  weak.positive[left] = 109.0;
  EXPECT_FALSE(is_symmetric(weak, runner.mirror));
  JointStrength bent = strength;
  bent.positive[bending] = 90.0;
  EXPECT_FALSE(is_symmetric(bent, runner.mirror)) << "bending to the right and to the left are mirror images";
}

}  // namespace
}  // namespace lumbarun
