#include "sim/multibody/model.h"

#include <gtest/gtest.h>

#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

using oracles::build_axis;
using oracles::Random;

const std::vector<JointAxis> kKnee = {build_axis("knee", JointKind::kHinge, 2)};

Model build_leg() {
  Random random(3);
  Model model;
  const BodyIndex thigh =
      model.add_body("thigh", {}, random.transform(0.2), {build_axis("hip", JointKind::kHinge, 2)},
                     random.transform(0.2), random.inertia(8.0, 0.2));
  const BodyIndex shank =
      model.add_body("shank", thigh, random.transform(0.4), kKnee, {}, random.inertia(3.0, 0.2));
  model.add_body("foot", shank, random.transform(0.4), {}, {}, random.inertia(1.0, 0.1));
  model.add_body("rail", {}, random.transform(0.4), {}, {}, random.inertia(50.0, 0.1));
  return model;
}

TEST(Model, NamesResolveToIndices) {
  const Model model = build_leg();
  EXPECT_EQ(model.get_coordinate("knee"), CoordinateIndex(1));
  EXPECT_EQ(model.get_body("foot"), BodyIndex(2));
  EXPECT_FALSE(model.find_coordinate("ankle"));
  EXPECT_FALSE(model.find_body("knee"));
  EXPECT_EQ(model.body(BodyIndex(2)).link, model.get_coordinate("knee"));
  EXPECT_FALSE(model.body(model.get_body("rail")).link.is_valid());
}

TEST(Model, UnknownNamesAreBadInputWithTheNearestName) {
  const Model model = build_leg();
  try {
    model.get_coordinate("kneee");
    FAIL();
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(), "unknown coordinate 'kneee'; the nearest known one is 'knee'");
  }
  try {
    model.get_body("shanks");
    FAIL();
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(), "unknown body 'shanks'; the nearest known one is 'shank'");
  }
}

TEST(Model, BrokenTreesAreOurBugs) {
  Model model = build_leg();
  const RigidInertia ball{1.0, {}, Matrix3<double>::identity()};
  EXPECT_THROW(model.add_body("thigh", {}, {}, {}, {}, ball), LogicFailure);
  EXPECT_THROW(model.add_body("sole", BodyIndex(9), {}, {}, {}, ball), LogicFailure);
  EXPECT_THROW(model.add_body("sole", BodyIndex(0), {}, kKnee, {}, ball), LogicFailure);
  EXPECT_THROW(
      model.add_body("sole", BodyIndex(0), {}, {build_axis("x", JointKind::kHinge, 0, 0.5)}, {}, ball),
      LogicFailure);
}

// A refused body leaves nothing behind.
TEST(Model, RefusalChangesNothing) {
  Model model = build_leg();
  const std::vector<JointAxis> twice = {build_axis("x", JointKind::kHinge, 0),
                                        build_axis("x", JointKind::kHinge, 1)};
  EXPECT_THROW(model.add_body("sole", BodyIndex(0), {}, twice, {}, {}), LogicFailure);
  EXPECT_EQ(model.coordinate_count(), 2);
  EXPECT_EQ(model.body_count(), 4);
}

// The kernels skip links without mass, so an inertia without mass would vanish silently.
TEST(Model, InertiaNeedsMass) {
  Model model;
  EXPECT_THROW(model.add_body("wheel", {}, {}, kKnee, {}, {0.0, {}, Matrix3<double>::identity()}),
               LogicFailure);
  EXPECT_THROW(model.add_body("void", {}, {}, kKnee, {}, {-1.0, {}, Matrix3<double>::identity()}),
               LogicFailure);
  EXPECT_THROW(model.add_body("nan", {}, {}, kKnee, {}, {std::nan(""), {}, Matrix3<double>::identity()}),
               LogicFailure);
  EXPECT_THROW(model.add_body("nowhere", {}, {}, kKnee, {}, {1.0, {0.0, std::nan(""), 0.0}, {}}),
               LogicFailure);
  EXPECT_NO_THROW(model.add_body("frame", {}, {}, kKnee, {}, {}));
}

// Bodies on one link add up; bodies fixed in the world weigh on nothing.
TEST(Model, MassIsThatOfTheMovingBodies) {
  const Model model = build_leg();
  EXPECT_NEAR(model.total_mass(), 12.0, 1e-14);
  EXPECT_NEAR(model.link(CoordinateIndex(1)).inertia.mass, 4.0, 1e-15);
}

TEST(Model, PathsRunToTheWorld) {
  const Model model = oracles::build_random_tree(11, 12, oracles::Root::kFixed);
  for (int i = 0; i < model.coordinate_count(); ++i) {
    std::vector<bool> on_path(model.coordinate_count(), false);
    for (CoordinateIndex j(i); j.is_valid(); j = model.link(j).parent) on_path[j] = true;
    for (int j = 0; j < model.coordinate_count(); ++j) {
      EXPECT_EQ(model.is_on_path(CoordinateIndex(j), CoordinateIndex(i)), on_path[j]) << j << " " << i;
    }
    EXPECT_TRUE(model.is_on_path({}, CoordinateIndex(i)));
    EXPECT_FALSE(model.is_on_path(CoordinateIndex(i), {}));
  }
}

TEST(Model, ParentsComeBeforeChildren) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const Model model = oracles::build_random_tree(seed, 10, oracles::Root::kFixed);
    for (int i = 0; i < model.coordinate_count(); ++i) EXPECT_LT(model.links()[i].parent.value(), i);
  }
}

}  // namespace
}  // namespace lumbarun
