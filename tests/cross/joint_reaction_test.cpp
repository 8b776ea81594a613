// Every joint's reaction of the running runner against Simbody's. Ours counts all that crosses the joint but ground, muscles and
// abdominal pressure; Simbody gets the same wrenches as body forces and the same generalised forces as mobility forces, both of
// which its mobilizer reaction treats alike. Simbody's accelerations are its own (forward dynamics), not ours.
#include <gtest/gtest.h>

#ifdef LUMBARUN_HAVE_SIMBODY
#include "models/muscles.h"
#include "sim/loads/joint_reactions.h"
#include "tests/cross/simbody_links.h"
#include "tests/dynamics/running_states.h"

namespace lumbarun {
namespace {

TEST(JointReactions, OfEveryJointAgreeWithSimbody) {
  const SkeletonTables tables = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
  RunnerParameters parameters;
  parameters.tissue.abdominal_pressure_pa = 5e3;
  const Runner runner = build_runner(tables, parameters);
  const RunnerMuscles muscles =
      build_muscles(runner.model, tables, read_muscle_tables(LUMBARUN_SOURCE_DIR "/models/runner", tables),
                    parameters.person);
  crosscheck::SimbodyTree simbody(crosscheck::build_simbody_links(runner.model), runner.model.gravity);
  RunnerData<double> data(runner);
  MusclePathData<double> paths(muscles.paths);
  oracles::Random random(5);
  double worst = 0.0;
  for (const MotionState& s : test::build_running_states(runner, 8, 17)) {
    update_external_forces(runner, data, s.q.data(), s.v.data());
    update_muscle_paths(muscles.paths, runner.model, data.tree, s.q.data(), s.v.data(), paths);
    for (int i = 0; i < muscles.paths.muscle_count(); ++i) {
      const double tension = random.uniform(0.0, 0.6) * muscles.muscles[i].max_isometric_force;
      apply_muscle_tension(muscles.paths, runner.model, paths, MuscleIndex(i), tension, data.tree);
    }
    update_inverse_dynamics(runner.model, data.tree, s.v.data(), s.a.data());
    const auto count = static_cast<size_t>(s.q.size());
    simbody.set_state({s.q.data(), s.q.data() + count}, {s.v.data(), s.v.data() + count});
    std::vector<crosscheck::SimbodyWrench> applied;
    for (const auto& F : data.tree.applied) applied.push_back({to_eigen(F.moment), to_eigen(F.force)});
    simbody.set_forces(data.tree.tau, applied);
    simbody.calc_forward_dynamics();
    const std::vector<JointReaction> reactions = calc_joint_reactions(runner.model, data.tree);
    EXPECT_EQ(reactions.size(), 21u);
    for (const JointReaction& reaction : reactions) {
      const Body& child = runner.model.body(reaction.child);
      if (child.name == "pelvis") continue;  // free: what reaches it is the root residual alone
      const auto theirs = simbody.calc_reaction(child.link.value());
      const double force = (to_eigen(reaction.on_child.force) - theirs.force).norm() / theirs.force.norm();
      const double moment =
          (to_eigen(reaction.on_child.moment) - theirs.moment).norm() / theirs.moment.norm();
      EXPECT_LT(force, 1e-8) << child.name;
      EXPECT_LT(moment, 1e-8) << child.name;
      worst = std::max({worst, force, moment});
    }
  }
  RecordProperty("largest_relative_error", std::to_string(worst));
  std::printf("largest relative error of a joint's reaction: %.2e\n", worst);
}

}  // namespace
}  // namespace lumbarun
#else
TEST(JointReactions, Skipped) { GTEST_SKIP() << "Simbody was not found when this was configured"; }
#endif
