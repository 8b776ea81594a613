// Geometry of the full-body lumbar spine model (Raabe & Chaudhari 2016) against values computed independently from the
// same file, wraps ignored. Needs ../shared.
//
// The reference goes flat above the last knot of a PiecewiseLinearFunction (but not below the first). OpenSim extends
// the end segments on both sides, and so do we; to compare everything else, the couplers are made flat above here. At
// flex_extension = 0, the last knot of the coupler of the abdomen, the reference's central difference is the mean of the
// two slopes.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "sim/interop/osim_model.h"
#include "sim/interop/osim_reader.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

namespace fs = std::filesystem;

class FblsGeometry : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(path())) GTEST_SKIP() << "no shared reference data";
  }
  static fs::path path() {
    return test::shared_folder() / "data/opensim/keenon_nimblephysics/models/FBLSmodel.osim";
  }
  static fs::path results() { return test::shared_folder() / "data/peer_results"; }
};

OsimDescription with_flat_ends(OsimDescription description, const std::string& except = "") {
  for (OsimCoupler& coupler : description.couplers) {
    if (coupler.function.kind != OsimFunctionKind::kPiecewiseLinear || coupler.dependent == except) continue;
    coupler.function.x.push_back(coupler.function.x.back() + 10.0);
    coupler.function.y.push_back(coupler.function.y.back());
  }
  return description;
}

// The poses of own_FBLS_*.csv, by their names; `combo` was recovered from the body poses and lengths themselves.
std::vector<double> make_pose(const OsimModel& model, const std::string& name) {
  std::vector<double> q(model.coordinate_count(), 0.0);
  const auto set = [&](const char* coordinate, double value) { q[model.get_coordinate(coordinate)] = value; };
  if (name == "flex_-0.5") set("flex_extension", -0.5);
  if (name == "flex_-1.0") set("flex_extension", -1.0);
  if (name == "ext_+0.3") set("flex_extension", 0.3);
  if (name == "bend_+0.3") set("lat_bending", 0.3);
  if (name == "rot_+0.3") set("axial_rotation", 0.3);
  if (name == "hipflex_r_0.7") set("hip_flexion_r", 0.7);
  if (name == "combo") {
    set("flex_extension", -0.4);
    set("lat_bending", 0.15);
    set("axial_rotation", 0.2);
    set("hip_flexion_r", 0.5);
    set("hip_adduction_r", -0.1);
    set("hip_rotation_r", 0.1);
  }
  return q;
}

void update(const OsimModel& model, const std::string& pose, OsimModelData& data) {
  const std::vector<double> q = make_pose(model, pose), u(q.size(), 0.0);
  update_osim_pose(model, q, u, data);
  update_osim_muscles(model, data);
}

TEST_F(FblsGeometry, BodyPoses) {
  const OsimModel model = build_osim_model(with_flat_ends(read_osim(path())), {.use_wraps = false});
  OsimModelData data(model);
  double worst_p = 0.0, worst_R = 0.0;
  const auto rows = test::read_rows(results() / "own_FBLS_body_transforms.csv");
  ASSERT_EQ(rows.size(), 88u);
  for (const auto& row : rows) {
    update(model, row.at("pose"), data);
    // Given in the pelvis frame.
    const Transform<double> X_WP = calc_body_pose(model.tree, data.tree, model.tree.get_body("pelvis"));
    const Transform<double> X_WB = calc_body_pose(model.tree, data.tree, model.tree.get_body(row.at("body")));
    const Transform<double> X = X_WP.inverse() * X_WB;
    const Eigen::Vector3d p(std::stod(row.at("ox")), std::stod(row.at("oy")), std::stod(row.at("oz")));
    worst_p = std::max(worst_p, (to_eigen(X.translation) - p).cwiseAbs().maxCoeff());
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) {
        const double expected = std::stod(row.at("R" + std::to_string(i) + std::to_string(j)));
        worst_R = std::max(worst_R, std::abs(to_eigen(X.rotation)(i, j) - expected));
      }
    }
  }
  EXPECT_LT(worst_p, 2e-9);  // printed to nine decimals
  EXPECT_LT(worst_R, 2e-9);
}

TEST_F(FblsGeometry, LengthsAndMomentArmsAboutCoupledCoordinates) {
  const OsimDescription description = read_osim(path());
  const OsimModel flat = build_osim_model(with_flat_ends(description), {.use_wraps = false});
  const OsimModel model = build_osim_model(with_flat_ends(description, "Abs_r3"), {.use_wraps = false});
  OsimModelData flat_data(flat), data(model);
  const auto rows = test::read_rows(results() / "own_FBLS_lengths_moment_arms_nowrap.csv");
  ASSERT_EQ(rows.size(), 1984u);
  const char* columns[] = {"flex_extension", "lat_bending",     "axial_rotation",
                           "hip_flexion_r",  "hip_adduction_r", "hip_rotation_r"};
  std::string pose;
  double worst_length = 0.0, worst_arm = 0.0;
  for (const auto& row : rows) {
    if (row.at("pose") != pose) {
      pose = row.at("pose");
      update(flat, pose, flat_data);
      update(model, pose, data);
    }
    const bool at_knot = flat_data.map.q[flat.get_coordinate("flex_extension")] == 0.0;
    const int muscle = flat.get_muscle(row.at("muscle"));
    worst_length =
        std::max(worst_length, std::abs(flat_data.length[muscle] - std::stod(row.at("length_m_no_wrap"))));
    for (const char* column : columns) {
      const int j = flat.get_coordinate(column);
      double arm = flat_data.get_moment_arm(muscle, j);
      if (at_knot) arm = 0.5 * (arm + data.get_moment_arm(muscle, j));
      worst_arm = std::max(worst_arm, std::abs(arm - std::stod(row.at(std::string("ma_") + column))));
    }
  }
  std::printf("%zu muscle poses: largest difference %.2g m of length, %.2g m of moment arm\n", rows.size(),
              worst_length, worst_arm);
  EXPECT_LT(worst_length, 1e-8);  // goal 1e-6
  EXPECT_LT(worst_arm, 1e-6);
}

}  // namespace
}  // namespace lumbarun
