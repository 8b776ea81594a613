// Kinematics, mass matrix, inverse and forward dynamics and joint reactions against Simbody, an independent
// engine, on random trees and on the runner, at random states under random wrenches.
#include <gtest/gtest.h>

#ifdef LUMBARUN_HAVE_SIMBODY
#include "models/skeleton.h"
#include "tests/cross/simbody_comparison.h"

namespace lumbarun {
namespace {

using crosscheck::compare_with_simbody;
using oracles::Root;

TEST(Simbody, RandomTreesOnTheGround) {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    compare_with_simbody(oracles::build_random_tree(seed, 10, Root::kFixed), seed + 100, 3);
  }
}

TEST(Simbody, RandomTreesInFlight) {
  for (unsigned seed = 21; seed <= 32; ++seed) {
    compare_with_simbody(oracles::build_random_tree(seed, 10, Root::kFree), seed + 100, 3);
  }
}

TEST(Simbody, RunnerSizedTree) {
  compare_with_simbody(oracles::build_model(oracles::describe_runner_sized_tree(7)), 8, 10);
}

TEST(Simbody, FullRunner) {
  const SkeletonTables tables = read_skeleton_tables(std::string(LUMBARUN_SOURCE_DIR) + "/models/runner");
  for (const Sex sex : {Sex::kMale, Sex::kFemale}) {
    PersonParameters person;
    person.sex = sex;
    person.mass_kg = 63.0;
    person.lordosis_deg = 57.0;
    const Model runner = build_skeleton(tables, person, 0.3);
    EXPECT_EQ(runner.coordinate_count(), 46);
    compare_with_simbody(runner, 40 + static_cast<unsigned>(sex), 10);
  }
}

}  // namespace
}  // namespace lumbarun
#else
TEST(Simbody, Skipped) { GTEST_SKIP() << "Simbody was not found when this was configured"; }
#endif
