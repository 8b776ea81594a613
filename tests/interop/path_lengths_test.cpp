// Muscle lengths and moment arms over recorded motions against OpenSim's own results. Needs ../shared.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "sim/interop/osim_model.h"
#include "sim/interop/osim_reader.h"
#include "tests/interop/recorded_motion.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

fs::path results() { return test::shared_folder() / "data/peer_results"; }

// Largest difference of length per group of muscles: those without wraps, and by kind of surface.
struct Comparison {
  std::map<std::string, double> worst;
  std::map<std::string, std::string> worst_muscle;
  std::map<std::string, int> muscles;
  void add(const std::string& group, double difference, const std::string& muscle) {
    if (!(difference <= worst[group])) {
      worst[group] = difference;
      worst_muscle[group] = muscle;
    }
  }
  void print(const char* what, const char* unit) const {
    for (const auto& [group, difference] : worst)
      std::printf("  %s, %s: largest difference %.3g %s (%s)\n", what, group.c_str(), difference, unit,
                  worst_muscle.at(group).c_str());
  }
};

std::string wrap_group(const OsimDescription& description, const OsimMuscle& muscle) {
  std::set<std::string> kinds;
  for (const OsimPathWrap& wrap : muscle.wraps) {
    for (const OsimWrapObject& object : description.wrap_objects) {
      if (object.name != wrap.wrap_object) continue;
      kinds.insert(object.kind == OsimWrapKind::kCylinder    ? "cylinder"
                   : object.kind == OsimWrapKind::kEllipsoid ? "ellipsoid"
                   : object.kind == OsimWrapKind::kSphere    ? "sphere"
                                                             : "torus");
    }
  }
  return kinds.empty() ? "no wrap" : fmt::format("{}", fmt::join(kinds, " and "));
}

// The same, apart from instants at which the path touches two surfaces at once.
std::string contact_group(const OsimDescription& description, const OsimModelData& data, int m) {
  const MusclePathData<double>& path = data.path[m][data.variant[m]];
  const auto touches = [](const StopPlace<double>& stop) { return stop.length > 0.0; };
  const std::string kinds = wrap_group(description, description.muscles[m]);
  return std::count_if(path.stop.begin(), path.stop.end(), touches) > 1 ? "two surfaces touched: " + kinds
                                                                        : kinds;
}

// Column label -> name of the muscle it belongs to: "/forceset/psoas_r|length", "/forceset/psoas_r_length".
std::string muscle_of(std::string label) {
  label = label.substr(label.rfind('/') + 1);
  for (const char* ending : {"|length", "_length"}) {
    const std::string text = ending;
    if (label.ends_with(text)) return label.substr(0, label.size() - text.size());
  }
  return label;
}

class PathLengths : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(results())) GTEST_SKIP() << "no shared reference data";
  }
  static Comparison compare(const fs::path& osim, const fs::path& motion, const fs::path& lengths) {
    const OsimDescription description = read_osim(results() / osim);
    const OsimModel model = build_osim_model(description);
    OsimModelData data(model);
    const test::StorageTable q_table = test::read_storage(results() / motion);
    const test::StorageTable l_table = test::read_storage(results() / lengths);
    EXPECT_GT(l_table.rows.size(), 50u);
    Comparison comparison;
    for (size_t r = 0; r < l_table.rows.size() && r < q_table.rows.size(); ++r) {
      EXPECT_NEAR(l_table.rows[r][0], q_table.rows[r][0], 1e-6);
      const std::vector<double> q = test::make_q(model, q_table, q_table.rows[r]), u(q.size(), 0.0);
      update_osim_pose(model, q, u, data);
      update_osim_muscles(model, data);
      for (size_t c = 1; c < l_table.labels.size(); ++c) {
        const int m = model.get_muscle(muscle_of(l_table.labels[c]));
        comparison.add(contact_group(description, data, m), std::abs(data.length[m] - l_table.rows[r][c]),
                       model.muscles[m].name);
      }
    }
    std::printf("%s: %zu instants, %zu muscles\n", osim.filename().c_str(), l_table.rows.size(),
                l_table.labels.size() - 1);
    comparison.print("length", "m");
    return comparison;
  }
};

// Columns "/forceset/psoas_r_moment_arm_hip_flexion_r".
TEST_F(PathLengths, MomentArmsOfTheRunningModel) {
  const fs::path folder = results() / "pfjrf_RBDS001_paths";
  const OsimDescription description = read_osim(folder / "RBDS001_complex.osim");
  const OsimModel model = build_osim_model(description);
  OsimModelData data(model);
  const test::StorageTable q_table = test::read_storage(folder / "RBDS001_complex_coordinate_values.sto");
  const test::StorageTable arms = test::read_storage(folder / "RBDS001_complex_moment_arms.sto");
  ASSERT_GT(arms.rows.size(), 100u);
  Comparison comparison;
  for (size_t r = 0; r < arms.rows.size(); ++r) {
    ASSERT_NEAR(arms.rows[r][0], q_table.rows[r][0], 1e-6);
    const std::vector<double> q = test::make_q(model, q_table, q_table.rows[r]), u(q.size(), 0.0);
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
    for (size_t c = 1; c < arms.labels.size(); ++c) {
      const std::string word = "_moment_arm_", label = arms.labels[c].substr(arms.labels[c].rfind('/') + 1);
      const int m = model.get_muscle(label.substr(0, label.find(word)));
      const int j = model.get_coordinate(label.substr(label.find(word) + word.size()));
      comparison.add(contact_group(description, data, m),
                     std::abs(data.get_moment_arm(m, j) - arms.rows[r][c]), label);
    }
  }
  comparison.print("moment arm", "m");
  EXPECT_LT(comparison.worst.at("cylinder"), 2.5e-3);
  EXPECT_LT(comparison.worst.at("two surfaces touched: cylinder"), 1e-3);
  EXPECT_LT(comparison.worst.at("no wrap"), 1e-6);
}

// Conditional and moving points.
TEST_F(PathLengths, WalkingModelWithoutWraps) {
  const Comparison comparison =
      compare("core_MuscleLengths/walk_gait1018_subject01.osim",
              "core_MuscleLengths/walk_gait1018_state_reference.mot",
              "core_MuscleLengths/std_testGeometryPathWrapping_walk_gait1018_muscle_lengths.sto");
  EXPECT_LT(comparison.worst.at("no wrap"), 1e-6);
}

TEST_F(PathLengths, ArmlessWalkingModel) {
  const Comparison comparison =
      compare("core_MuscleLengths/subject_walk_armless_18musc.osim",
              "core_MuscleLengths/subject_walk_armless_coordinates.mot",
              "core_MuscleLengths/std_testGeometryPathWrapping_subject_walk_armless_muscle_lengths.sto");
  EXPECT_LT(comparison.worst.at("no wrap"), 1e-6);
  EXPECT_LT(comparison.worst.at("cylinder"), 1e-3);
}

TEST_F(PathLengths, RunningModel) {
  const Comparison comparison = compare("pfjrf_RBDS001_paths/RBDS001_complex.osim",
                                        "pfjrf_RBDS001_paths/RBDS001_complex_coordinate_values.sto",
                                        "pfjrf_RBDS001_paths/RBDS001_complex_path_lengths.sto");
  EXPECT_LT(comparison.worst.at("no wrap"), 1e-6);
  EXPECT_LT(comparison.worst.at("cylinder"), 1e-3);
}

// Where the gastrocnemius touches two cylinders at once, OpenSim's length disagrees with ours by millimetres, its moment
// arms do not. Ours is the length those moment arms integrate to: L(t_k) = L(t_0) - ∫ Σ r_j dq_j over OpenSim's r.
TEST_F(PathLengths, TwoSurfacesAtOnceFollowOpenSimsMomentArms) {
  const fs::path folder = results() / "pfjrf_RBDS001_paths";
  const OsimModel model = build_osim_model(read_osim(folder / "RBDS001_complex.osim"));
  OsimModelData data(model);
  const test::StorageTable q_table = test::read_storage(folder / "RBDS001_complex_coordinate_values.sto");
  const test::StorageTable l_table = test::read_storage(folder / "RBDS001_complex_path_lengths.sto");
  const test::StorageTable arms = test::read_storage(folder / "RBDS001_complex_moment_arms.sto");
  const auto column = [](const test::StorageTable& table, const std::string& label) {
    return std::find(table.labels.begin(), table.labels.end(), label) - table.labels.begin();
  };
  const auto length = column(l_table, "/forceset/gasmed_r_length");
  const int m = model.get_muscle("gasmed_r"), knee = model.get_coordinate("knee_angle_r"),
            ankle = model.get_coordinate("ankle_angle_r");
  const auto knee_arm = column(arms, "/forceset/gasmed_r_moment_arm_knee_angle_r");
  const auto ankle_arm = column(arms, "/forceset/gasmed_r_moment_arm_ankle_angle_r");
  double worst_ours = 0.0, worst_theirs = 0.0, old_length = 0.0;
  std::vector<double> old_q;
  for (size_t r = 0; r < arms.rows.size(); ++r) {
    const std::vector<double> q = test::make_q(model, q_table, q_table.rows[r]), u(q.size(), 0.0);
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
    if (r > 0) {  // trapezoidal rule over one sample
      const double expected =
          -0.5 * ((arms.rows[r][knee_arm] + arms.rows[r - 1][knee_arm]) * (q[knee] - old_q[knee]) +
                  (arms.rows[r][ankle_arm] + arms.rows[r - 1][ankle_arm]) * (q[ankle] - old_q[ankle]));
      worst_ours = std::max(worst_ours, std::abs(data.length[m] - old_length - expected));
      worst_theirs =
          std::max(worst_theirs, std::abs(l_table.rows[r][length] - l_table.rows[r - 1][length] - expected));
    }
    old_q = q;
    old_length = data.length[m];
  }
  std::printf(
      "change of length per sample against OpenSim's moment arms: ours within %.2g m, OpenSim's within %.2g "
      "m\n",
      worst_ours, worst_theirs);
  EXPECT_LT(worst_ours, 0.3e-3);
  EXPECT_GT(worst_theirs, 1e-3);
}

}  // namespace
}  // namespace lumbarun
