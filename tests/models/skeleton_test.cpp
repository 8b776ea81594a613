#include "models/skeleton.h"

#include <gtest/gtest.h>

#include <random>

#include "sim/multibody/energy.h"
#include "tests/models/shared_data.h"

namespace lumbarun {
namespace {

const SkeletonTables& tables() {
  static const SkeletonTables read = read_skeleton_tables(test::runner_folder());
  return read;
}

PersonParameters person() { return {.mass_kg = 67.9, .height_m = 1.78}; }

std::vector<double> random_pose(const Model& model, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> angle(-0.6, 0.6);
  std::vector<double> q(model.coordinate_count());
  for (double& value : q) value = angle(random);
  return q;
}

Transform<double> pose_in_pelvis(const Model& model, const Data<double>& data, const std::string& body) {
  return calc_body_pose(model, data, model.get_body("pelvis")).inverse() *
         calc_body_pose(model, data, model.get_body(body));
}

TEST(Skeleton, HasTheCoordinatesOfTheConvention) {
  std::vector<std::string> expected = {"pelvis_tx",   "pelvis_ty",   "pelvis_tz",
                                       "pelvis_tilt", "pelvis_list", "pelvis_rotation"};
  for (const char* side : {"_r", "_l"}) {
    for (const char* name : {"hip_flexion", "hip_adduction", "hip_rotation", "knee_angle", "ankle_angle",
                             "subtalar_angle", "mtp_angle"}) {
      expected.push_back(std::string(name) + side);
    }
  }
  for (const char* level : {"L5_S1", "L4_L5", "L3_L4", "L2_L3", "L1_L2", "T12_L1"}) {
    for (const char* name : {"_extension", "_bending", "_rotation"})
      expected.push_back(std::string(level) + name);
  }
  for (const char* side : {"_r", "_l"}) {
    for (const char* name : {"arm_flex", "arm_add", "arm_rot", "elbow_flex"})
      expected.push_back(std::string(name) + side);
  }
  const Model model = build_skeleton(tables(), person(), 0.25);
  ASSERT_EQ(model.coordinate_count(), 46);
  for (int i = 0; i < 46; ++i) EXPECT_EQ(model.links()[i].coordinate, expected[i]);
}

TEST(Skeleton, WeighsBodyMassPlusTwoShoes) {
  for (const Sex sex : {Sex::kMale, Sex::kFemale}) {
    PersonParameters runner = person();
    runner.sex = sex;
    EXPECT_NEAR(build_skeleton(tables(), runner, 0.0).total_mass(), 67.9, 1e-12);
    EXPECT_NEAR(build_skeleton(tables(), runner, 0.27).total_mass(), 67.9 + 0.54, 1e-12);
  }
}

TEST(Skeleton, EndplateAnglesSumToTheLordosis) {
  for (const double lordosis : {50.5, 38.0, 66.0}) {
    PersonParameters runner = person();
    runner.lordosis_deg = lordosis;
    const Model model = build_skeleton(tables(), runner, 0.0);
    double sum = 0.0;
    for (const LumbarLevel& level : calc_lumbar_levels(model, tables())) sum += level.segment_angle_deg;
    EXPECT_NEAR(sum, lordosis, 1e-10);
  }
}

TEST(Skeleton, StandingPitchesAreThoseOfTheEndplates) {
  const Model model = build_skeleton(tables(), person(), 0.0);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(46, 0.0).data());
  const std::map<std::string, double> pitch_deg = {{"sacrum", -39.0}, {"L5", -17.4}, {"L4", -4.7},
                                                   {"L3", 4.4},       {"L2", 10.3},  {"L1", 11.5},
                                                   {"thorax", 0.0}};
  for (const auto& [body, expected] : pitch_deg) {
    const auto X = pose_in_pelvis(model, data, body);
    EXPECT_NEAR(rad_to_deg(std::atan2(X.rotation.column[0].y, X.rotation.column[0].x)), expected, 1e-9)
        << body;
  }
}

TEST(Skeleton, ThoraxStaysUprightForAnyLordosis) {
  PersonParameters runner = person();
  runner.lordosis_deg = 62.0;
  runner.sacral_slope_deg = 44.0;
  const Model model = build_skeleton(tables(), runner, 0.0);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(46, 0.0).data());
  EXPECT_NEAR(pose_in_pelvis(model, data, "thorax").rotation.column[0].x, 1.0, 1e-14);
}

TEST(Skeleton, DiscFramesOfBothVertebraeCoincideInStanding) {
  const Model model = build_skeleton(tables(), person(), 0.0);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(46, 0.0).data());
  for (const LumbarLevel& level : calc_lumbar_levels(model, tables())) {
    const auto X_WI = calc_body_pose(model, data, level.inferior) * level.X_IF;
    const auto X_WS = calc_body_pose(model, data, level.superior) * level.X_SM;
    EXPECT_NEAR(to_eigen(X_WI.translation - X_WS.translation).norm(), 0.0, 1e-14) << level.name;
    EXPECT_NEAR((to_eigen(X_WI.rotation) - to_eigen(X_WS.rotation)).norm(), 0.0, 1e-14) << level.name;
  }
}

TEST(Skeleton, MirroredPoseGivesMirroredBodies) {
  const Model model = build_skeleton(tables(), person(), 0.3);
  const std::vector<double> q = random_pose(model, 5);
  std::vector<double> q_mirror(46);
  for (int i = 0; i < 46; ++i) {
    std::string name = model.links()[i].coordinate;
    const bool odd = name == "pelvis_tz" || name == "pelvis_list" || name == "pelvis_rotation" ||
                     name.ends_with("_bending") || (name.ends_with("_rotation") && name.starts_with("L")) ||
                     name == "T12_L1_rotation";
    if (name.ends_with("_l"))
      name.back() = 'r';
    else if (name.ends_with("_r"))
      name.back() = 'l';
    q_mirror[model.get_coordinate(name)] = odd ? -q[i] : q[i];
  }
  Data<double> data(model), reflected(model);
  update_positions(model, data, q.data());
  update_positions(model, reflected, q_mirror.data());
  for (int i = 0; i < model.body_count(); ++i) {
    std::string name = model.bodies()[i].name;
    if (name.ends_with("_l"))
      name.back() = 'r';
    else if (name.ends_with("_r"))
      name.back() = 'l';
    const auto X = calc_body_pose(model, data, BodyIndex(i));
    const auto Y = calc_body_pose(model, reflected, model.get_body(name));
    EXPECT_NEAR(to_eigen(mirrored(X.translation) - Y.translation).norm(), 0.0, 1e-13) << name;
    EXPECT_NEAR((to_eigen(mirrored(X.rotation)) - to_eigen(Y.rotation)).norm(), 0.0, 1e-13) << name;
    const auto& a = model.bodies()[i].inertia;
    const auto& b = model.body(model.get_body(name)).inertia;
    EXPECT_NEAR(to_eigen(mirrored(a.center_of_mass) - b.center_of_mass).norm(), 0.0, 1e-15);
    EXPECT_NEAR((to_eigen(mirrored(a.inertia)) - to_eigen(b.inertia)).norm(), 0.0, 1e-15);
  }
}

// Winter 2009 (table 4.1, after Drillis & Contini): hip joint 0.530 h, ankle 0.039 h, knee 0.285 h above the
// ground, shoulder 0.818 h; centre of mass of standing men about 0.56 h (0.55-0.57).
TEST(Skeleton, StandsAsTallAsPublishedProportions) {
  for (const Sex sex : {Sex::kMale, Sex::kFemale}) {
    PersonParameters runner = person();
    runner.sex = sex;
    const Model model = build_skeleton(tables(), runner, 0.0);
    Data<double> data(model);
    update_positions(model, data, std::vector<double>(46, 0.0).data());
    const auto contacts = calc_contact_placements(model, tables(), runner);
    const double ground = (calc_body_pose(model, data, contacts[0].body) * contacts[0].p_B).y;
    const auto height = [&](const std::string& body) {
      return (calc_body_pose(model, data, model.get_body(body)).translation.y - ground) / runner.height_m;
    };
    EXPECT_NEAR(height("femur_r"), 0.530, 0.02);
    EXPECT_NEAR(height("tibia_r"), 0.285, 0.01);
    EXPECT_NEAR(height("talus_r"), 0.039, 0.006);
    EXPECT_NEAR(height("humerus_r"), 0.818, 0.02);
    EXPECT_NEAR((calc_mass_center(model, data).position.y - ground) / runner.height_m, 0.56, 0.01);
  }
}

TEST(Skeleton, GravityPassesAheadOfL4L5InStanding) {
  const Model model = build_skeleton(tables(), person(), 0.0);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(46, 0.0).data());
  const CoordinateIndex disc = model.get_coordinate("L4_L5_extension");
  double mass = 0.0, moment = 0.0;
  for (int i = disc; i < model.coordinate_count(); ++i) {
    const RigidInertia& inertia = model.links()[i].inertia;
    mass += inertia.mass;
    moment += inertia.mass * calc_position(data, CoordinateIndex(i), inertia.center_of_mass).x;
  }
  EXPECT_NEAR(moment / mass - data.link[disc].p_WL.x, 0.013 * 1.78 / 1.75, 2e-4);
  EXPECT_NEAR(mass / 67.9, 0.49, 0.02);
}

TEST(Skeleton, EveryInertiaIsThatOfABody) {
  const Model model = build_skeleton(tables(), person(), 0.25);
  for (const Body& body : model.bodies()) {
    if (body.name == "sacrum") continue;
    const auto& c = body.inertia.inertia.column;
    EXPECT_GT(body.inertia.mass, 0.0) << body.name;
    EXPECT_LT(c[0].x, c[1].y + c[2].z) << body.name;
    EXPECT_LT(c[1].y, c[0].x + c[2].z) << body.name;
    EXPECT_LT(c[2].z, c[0].x + c[1].y) << body.name;
  }
}

TEST(Skeleton, NeutralTrunkIsThePublishedGeometry) {
  const auto path = test::shared_folder() / "data/peer_results/own_FBLS_body_transforms.csv";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << path << " is absent";
  const std::map<std::string, std::string> names = {
      {"sacrum", "sacrum"}, {"lumbar5", "L5"},      {"lumbar4", "L4"},
      {"lumbar3", "L3"},    {"lumbar2", "L2"},      {"lumbar1", "L1"},
      {"torso", "thorax"},  {"femur_r", "femur_r"}, {"humerus_r", "humerus_r"}};
  PersonParameters runner = person();
  runner.height_m = 1.75;
  const Model model = build_skeleton(tables(), runner, 0.0);
  Data<double> data(model);
  update_positions(model, data, std::vector<double>(46, 0.0).data());
  int compared = 0;
  for (auto& row : test::read_rows(path)) {
    const auto name = names.find(row["body"]);
    if (row["pose"] != "neutral" || name == names.end()) continue;
    const Vector3<double> expected = {std::stod(row["ox"]), std::stod(row["oy"]), std::stod(row["oz"])};
    EXPECT_NEAR(to_eigen(pose_in_pelvis(model, data, name->second).translation - expected).norm(), 0.0, 3e-6)
        << name->first;
    ++compared;
  }
  EXPECT_EQ(compared, 9);
}

TEST(Skeleton, RefusesImpossiblePersons) {
  PersonParameters runner = person();
  runner.mass_kg = 40.0;
  runner.height_m = 2.05;
  EXPECT_THROW(build_skeleton(tables(), runner, 0.0), BadInput);
  runner = person();
  runner.lordosis_deg = 120.0;
  EXPECT_THROW(build_skeleton(tables(), runner, 0.0), BadInput);
}

}  // namespace
}  // namespace lumbarun
