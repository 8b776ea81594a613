// Joint reactions of falling pendulums against OpenSim's JointReaction analysis of the same recorded states. No force but
// weight acts there, so both count constraint forces alone. Goal 1e-5, relative to the largest component of the run.
#include "sim/loads/joint_reactions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "sim/interop/osim_reader.h"
#include "sim/multibody/aba.h"
#include "sim/multibody/rnea.h"
#include "tests/interop/recorded_motion.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

// The reaction on body `child` at every row of the states, expressed in that body; force, moment, point.
std::vector<std::array<double, 9>> calc_reactions(const OsimModel& model, const test::StorageTable& states,
                                                  const std::string& child, const std::string& frame) {
  std::vector<std::array<double, 9>> series;
  const int n = model.tree.coordinate_count();
  Data<double> data(model.tree);
  ArticulatedWorkspace<double> work(model.tree);
  CoordinateMapData links(model.map);
  for (const std::vector<double>& row : states.rows) {
    std::vector<double> q(model.coordinate_count()), u(q), v(n, 0.0), a(n), none(n, 0.0);
    for (size_t c = 1; c < states.labels.size(); ++c) {
      const std::string& label = states.labels[c];
      const bool is_speed = label.ends_with("_u");
      (is_speed ? u : q)[model.get_coordinate(is_speed ? label.substr(0, label.size() - 2) : label)] = row[c];
    }
    update_coordinate_map(model.map, q,
                          links);  // one link per coordinate here, so links are as free as coordinates
    for (int i = 0; i < n; ++i) {
      for (const CoordinateSlope& slope : links.link_slope[i]) v[i] += slope.value * u[slope.coordinate];
    }
    update_positions(model.tree, data, links.link.data());
    update_velocities(model.tree, data, v.data());
    data.clear_applied();
    aba(model.tree, data, work, v.data(), none.data(), a.data());
    update_inverse_dynamics(model.tree, data, v.data(), a.data());
    for (const JointReaction& reaction : calc_joint_reactions(model.tree, data)) {
      const BodyIndex body = model.tree.get_body(child);
      if (model.tree.body(reaction.child).link != model.tree.body(body).link) continue;
      const auto X_WB = calc_body_pose(model.tree, data, body);
      const bool in_world = frame == "ground";
      const Matrix3<double> R = in_world ? Matrix3<double>::identity() : X_WB.rotation;
      const SpatialForce<double> F = expressed_in(R, reaction.on_child);
      const Vector3<double> p =
          in_world ? reaction.p_WJ : transpose_times(R, reaction.p_WJ - X_WB.translation);
      series.push_back({F.force.x, F.force.y, F.force.z, F.moment.x, F.moment.y, F.moment.z, p.x, p.y, p.z});
    }
  }
  return series;
}

// Columns `prefix`_fx … _pz of the reference against ours at the same rows; the largest difference over the largest number.
double compare(const std::string& name, const std::string& results, const std::string& child,
               const std::string& frame, const std::string& prefix) {
  const auto folder = test::shared_folder() / "data" / "peer_results" / "core_JointReaction";
  const OsimModel model = build_osim_model(read_osim(folder / (name + ".osim")));
  const test::StorageTable states = test::read_storage(folder / (name + "_states.sto"));
  const test::StorageTable expected = test::read_storage(folder / results);
  EXPECT_GT(expected.rows.size(), 250u);
  const auto ours = calc_reactions(model, states, child, frame);
  const auto first =
      std::find(expected.labels.begin(), expected.labels.end(), prefix + "_fx") - expected.labels.begin();
  EXPECT_LT(first, static_cast<long>(expected.labels.size())) << prefix;
  EXPECT_EQ(ours.size(), states.rows.size());
  std::array<double, 3> difference{}, largest{};  // force, moment, point
  // Without the end of the recording, 3 s: there the double pendulum's reference departs from its own recorded state by 2e-5
  // (at most 5e-6 before), which a separate Newton-Euler calculation of the two rods confirms.
  for (size_t r = 0; r < std::min(ours.size(), expected.rows.size()); ++r) {
    if (states.rows[r][0] > 2.995) continue;
    EXPECT_NEAR(expected.rows[r][0], states.rows[r][0], 1e-9);
    for (size_t k = 0; k < 9; ++k) {
      const double theirs = expected.rows[r][static_cast<size_t>(first) + k];
      difference[k / 3] = std::max(difference[k / 3], std::abs(ours[r][k] - theirs));
      largest[k / 3] = std::max(largest[k / 3], std::abs(theirs));
    }
  }
  EXPECT_LT(difference[2], 1e-8);                              // m
  EXPECT_LT(difference[1], 1e-5 * std::max(largest[1], 1.0));  // N m; 0 at a free pin
  std::printf("%s %s: force %.2e of %.4g N, moment %.2e of %.4g N m\n", name.c_str(), prefix.c_str(),
              difference[0], largest[0], difference[1], largest[1]);
  return difference[0] / largest[0];
}

bool has_reference() {
  return std::filesystem::exists(test::shared_folder() / "data" / "peer_results" / "core_JointReaction");
}

TEST(JointReactions, SinglePendulumAgreesWithOpenSim) {
  if (!has_reference()) GTEST_SKIP() << "no shared reference data";
  const std::string results = "std_SinglePin_JointReaction_ReactionLoads.sto";
  EXPECT_LT(compare("SinglePin", results, "rod1", "rod1", "pin1_on_rod1_in_rod1"), 1e-5);
  EXPECT_LT(compare("SinglePin", results, "rod1", "ground", "pin1_on_rod1_in_ground"), 1e-5);
}

TEST(JointReactions, DoublePendulumAgreesWithOpenSim) {
  if (!has_reference()) GTEST_SKIP() << "no shared reference data";
  const std::string results = "std_DoublePendulum3D_JointReaction_ReactionLoads.sto";
  EXPECT_LT(compare("DoublePendulum3D", results, "rod1", "child", "pin1_on_rod1_in_rod1"), 1e-5);
  EXPECT_LT(compare("DoublePendulum3D", results, "rod2", "child", "pin2_on_rod2_in_rod2"), 1e-5);
}

}  // namespace
}  // namespace lumbarun
