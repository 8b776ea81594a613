// Every reference model is read and built; geometry against independently computed values. Needs ../shared.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>

#include "sim/interop/osim_model.h"
#include "sim/interop/osim_reader.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

const fs::path kFbls3 = "data/opensim/keenon_nimblephysics/models/FBLSmodel.osim";
const fs::path kFbls4 = "data/opensim/keenon_nimblephysics/models/FBLS_v40000_ee8cdcfd_unscaled_generic.osim";

class SharedOsim : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(test::shared_folder() / "data/opensim")) GTEST_SKIP() << "no shared reference data";
  }
};

std::vector<fs::path> find_models() {
  std::vector<fs::path> paths;
  for (const char* folder : {"data/opensim", "data/peer_results"}) {
    for (const auto& entry : fs::recursive_directory_iterator(test::shared_folder() / folder)) {
      if (entry.path().extension() == ".osim") paths.push_back(entry.path());
    }
  }
  return paths;
}

TEST_F(SharedOsim, EveryModelIsReadAndBuilt) {
  const std::vector<fs::path> paths = find_models();
  ASSERT_GE(paths.size(), 20u);
  for (const fs::path& path : paths) {
    SCOPED_TRACE(path);
    const OsimDescription description = read_osim(path);
    const OsimModel model = build_osim_model(description);
    OsimModelData data(model);
    const std::vector<double> q = model.default_q(), u(q.size(), 0.0);
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
    double mass = 0.0;
    for (const OsimBody& body : description.bodies) mass += body.inertia.mass;
    EXPECT_NEAR(model.tree.total_mass(), mass, 1e-9);
    for (int m = 0; m < model.muscle_count(); ++m) {
      EXPECT_GT(data.length[m], 1e-3) << model.muscles[m].name;
      EXPECT_LT(data.length[m], 2.0) << model.muscles[m].name;
    }
    std::printf(
        "%-60s v%d: %3zu bodies %3d coordinates %3d links %3d muscles %2zu wrap objects %2zu warnings\n",
        path.filename().c_str(), description.version, model.bodies.size(), model.coordinate_count(),
        model.tree.coordinate_count(), model.muscle_count(), description.wrap_objects.size(),
        description.warnings.size());
    for (const std::string& warning : description.warnings)
      std::printf("    %s\n", warning.substr(warning.rfind('/') + 1).c_str());
  }
}

void expect_same(const OsimJoint& a, const OsimJoint& b) {
  EXPECT_EQ(a.parent, b.parent);
  EXPECT_EQ(a.kind, b.kind);
  ASSERT_EQ(a.coordinates.size(), b.coordinates.size());
  for (size_t i = 0; i < a.coordinates.size(); ++i) {
    EXPECT_EQ(a.coordinates[i].name, b.coordinates[i].name);
    EXPECT_EQ(a.coordinates[i].low, b.coordinates[i].low);
    EXPECT_EQ(a.coordinates[i].default_value, b.coordinates[i].default_value);
    EXPECT_EQ(a.coordinates[i].is_locked, b.coordinates[i].is_locked);
  }
}

// Versions 3 and 4 of one file.
TEST_F(SharedOsim, FblsVersions3And4AreOneModel) {
  const OsimDescription v3 = read_osim(test::shared_folder() / kFbls3);
  const OsimDescription v4 = read_osim(test::shared_folder() / kFbls4);
  ASSERT_EQ(v3.joints.size(), v4.joints.size());
  ASSERT_EQ(v3.muscles.size(), v4.muscles.size());
  ASSERT_EQ(v3.couplers.size(), v4.couplers.size());
  ASSERT_EQ(v3.wrap_objects.size(), v4.wrap_objects.size());
  for (const OsimJoint& joint : v3.joints) {
    const auto other = std::find_if(v4.joints.begin(), v4.joints.end(), [&](const OsimJoint& candidate) {
      return candidate.child == joint.child;
    });
    ASSERT_NE(other, v4.joints.end()) << joint.child;
    expect_same(joint, *other);
  }
  const OsimModel model3 = build_osim_model(v3, {.use_wraps = false});
  const OsimModel model4 = build_osim_model(v4, {.use_wraps = false});
  OsimModelData data3(model3), data4(model4);
  std::vector<double> q3(model3.coordinate_count()), q4(model4.coordinate_count());
  for (int i = 0; i < model3.coordinate_count(); ++i) {
    q3[i] = 0.3 * std::sin(1.0 + i);
    q4[model4.get_coordinate(model3.coordinates[i].name)] = q3[i];
  }
  update_osim_pose(model3, q3, std::vector<double>(q3.size()), data3);
  update_osim_pose(model4, q4, std::vector<double>(q4.size()), data4);
  update_osim_muscles(model3, data3);
  update_osim_muscles(model4, data4);
  std::set<std::string> different;
  for (size_t i = 0; i < v3.muscles.size(); ++i) {
    const int j = model4.get_muscle(v3.muscles[i].name);
    const OsimMuscle &a = v3.muscles[i], &b = v4.muscles[j];
    const bool same = std::abs(data3.length[i] - data4.length[j]) < 1e-12 &&
                      a.points.size() == b.points.size() && a.max_isometric_force == b.max_isometric_force &&
                      a.parameters == b.parameters && a.optimal_fiber_length == b.optimal_fiber_length &&
                      a.pennation == b.pennation && a.tendon_slack_length == b.tendon_slack_length &&
                      a.wraps.size() == b.wraps.size();
    if (!same) different.insert(a.name);
  }
  EXPECT_EQ(different, std::set<std::string>{});
}

}  // namespace
}  // namespace lumbarun
