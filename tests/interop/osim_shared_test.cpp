// Every reference model is read and built; geometry against independently computed values. Needs ../shared.
#include <gtest/gtest.h>

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

// The poses of own_FBLS_*.csv, by their names.
std::vector<double> make_pose(const OsimModel& model, const std::string& name) {
  std::vector<double> q(model.coordinate_count(), 0.0);
  const auto set = [&](const char* coordinate, double value) { q[model.get_coordinate(coordinate)] = value; };
  if (name == "flex_-0.5") set("flex_extension", -0.5);
  if (name == "flex_-1.0") set("flex_extension", -1.0);
  if (name == "ext_+0.3") set("flex_extension", 0.3);
  if (name == "bend_+0.3") set("lat_bending", 0.3);
  if (name == "rot_+0.3") set("axial_rotation", 0.3);
  if (name == "hipflex_r_0.7") set("hip_flexion_r", 0.7);
  return q;
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
    std::printf("%-60s v%d: %3zu bodies %3d coordinates %3d links %3d muscles %2zu wrap objects %2zu warnings\n",
                path.filename().c_str(), description.version, model.bodies.size(), model.coordinate_count(),
                model.tree.coordinate_count(), model.muscle_count(), description.wrap_objects.size(),
                description.warnings.size());
    for (const std::string& warning : description.warnings)
      std::printf("    %s\n", warning.substr(warning.rfind('/') + 1).c_str());
  }
}

TEST_F(SharedOsim, BodyPosesOfFbls) {
  const OsimDescription description = read_osim(test::shared_folder() / kFbls3);
  const OsimModel model = build_osim_model(description);
  OsimModelData data(model);
  double worst_p = 0.0, worst_R = 0.0;
  const auto rows = test::read_rows(test::shared_folder() / "data/peer_results/own_FBLS_body_transforms.csv");
  ASSERT_GT(rows.size(), 80u);
  for (const auto& row : rows) {
    if (row.at("pose") == "combo") continue;
    const std::vector<double> q = make_pose(model, row.at("pose")), u(q.size(), 0.0);
    update_osim_pose(model, q, u, data);
    // Given in the pelvis frame.
    const Transform<double> X_WP = calc_body_pose(model.tree, data.tree, model.tree.get_body("pelvis"));
    const Transform<double> X_WB = calc_body_pose(model.tree, data.tree, model.tree.get_body(row.at("body")));
    const Transform<double> X = X_WP.inverse() * X_WB;
    const Eigen::Vector3d p(std::stod(row.at("ox")), std::stod(row.at("oy")), std::stod(row.at("oz")));
    const double dp = (to_eigen(X.translation) - p).cwiseAbs().maxCoeff();
    for (int i = 0; i < 3; ++i)
      for (int j = 0; j < 3; ++j) {
        const double r = std::stod(row.at("R" + std::to_string(i) + std::to_string(j)));
        worst_R = std::max(worst_R, std::abs(to_eigen(X.rotation)(i, j) - r));
      }
    if (dp > 1e-8) std::printf("%s %s %g\n", row.at("pose").c_str(), row.at("body").c_str(), dp);
    worst_p = std::max(worst_p, dp);
  }
  EXPECT_LT(worst_p, 2e-9);
  EXPECT_LT(worst_R, 2e-9);
}

// Lengths and moment arms without wraps; moment arms about coordinates that drive all levels through couplers.
TEST_F(SharedOsim, UnwrappedLengthsAndMomentArmsOfFbls) {
  const OsimModel model = build_osim_model(read_osim(test::shared_folder() / kFbls3), {.use_wraps = false});
  OsimModelData data(model);
  const auto rows = test::read_rows(test::shared_folder() / "data/peer_results/own_FBLS_lengths_moment_arms_nowrap.csv");
  ASSERT_GT(rows.size(), 1900u);
  const char* columns[] = {"flex_extension", "lat_bending",       "axial_rotation",
                           "hip_flexion_r",  "hip_adduction_r", "hip_rotation_r"};
  std::string pose;
  double worst_length = 0.0, worst_arm = 0.0;
  int compared = 0;
  for (const auto& row : rows) {
    if (row.at("pose") == "combo") continue;
    if (row.at("pose") != pose) {
      pose = row.at("pose");
      const std::vector<double> q = make_pose(model, pose), u(q.size(), 0.0);
      update_osim_pose(model, q, u, data);
      update_osim_muscles(model, data);
    }
    const int muscle = model.get_muscle(row.at("muscle"));
    const double dl = std::abs(data.length[muscle] - std::stod(row.at("length_m_no_wrap")));
    if (dl > 1e-6) std::printf("%s %s %g\n", pose.c_str(), row.at("muscle").c_str(), dl);
    worst_length = std::max(worst_length, dl);
    for (const char* column : columns) {
      const double expected = std::stod(row.at(std::string("ma_") + column));
      const double got = data.get_moment_arm(muscle, model.get_coordinate(column));
      if (std::abs(got - expected) > 1e-6) std::printf("%s %s %s %g %g\n", pose.c_str(), row.at("muscle").c_str(), column, got, expected);
      worst_arm = std::max(worst_arm, std::abs(got - expected));
    }
    ++compared;
  }
  std::printf("%d muscle poses: largest difference %.2g m of length, %.2g m of moment arm\n", compared, worst_length,
              worst_arm);
  EXPECT_LT(worst_length, 1e-6);
  EXPECT_LT(worst_arm, 1e-6);
}

}  // namespace
}  // namespace lumbarun
