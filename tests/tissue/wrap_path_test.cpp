// Paths over surfaces on moving bodies: gradients, balance, lanes, several surfaces on one segment.
#include <gtest/gtest.h>

#include "sim/core/lanes.h"
#include "sim/tissue/drawn_path.h"
#include "tests/oracles/allocation_counter.h"
#include "tests/tissue/path_rig.h"

namespace lumbarun {
namespace {

WrapSurfaceDescription make_surface(const std::string& name, WrapKind kind, BodyIndex body,
                                    const Transform<double>& X_BS, const Vector3<double>& radii) {
  WrapSurfaceDescription surface;
  surface.name = name, surface.kind = kind, surface.body = body, surface.X_BS = X_BS, surface.radii = radii;
  return surface;
}

// The tree of the path rig, with muscles over surfaces of each kind: on a body between the ends, on the body of an end,
// with a quadrant, two on one segment, and with via points before and after.
test::PathRig make_wrap_rig() {
  test::PathRig rig = test::make_path_rig();
  const Model& m = rig.model;
  const auto root = m.get_body("root"), thigh = m.get_body("thigh"), shank = m.get_body("shank"),
             slider = m.get_body("slider");
  const auto point = test::fixed_point;
  std::vector<WrapSurfaceDescription> surfaces = {
      make_surface("ball", WrapKind::kSphere, root,
                   {rotation_from_body_xyz(0.2, 0.1, 0.0), {0.09, -0.24, 0.1}}, {0.07, 0.0, 0.0}),
      make_surface("shaft", WrapKind::kCylinder, thigh,
                   {rotation_from_body_xyz(0.2, -0.3, 0.1), {0.0, -0.4, 0.0}}, {0.04, 0.0, 0.0}),
      make_surface("egg", WrapKind::kEllipsoid, root,
                   {rotation_from_body_xyz(0.1, 0.5, 0.3), {0.04, 0.0, 0.02}}, {0.08, 0.12, 0.1}),
      make_surface("shelf", WrapKind::kCylinder, shank,
                   {rotation_from_body_xyz(-0.2, 0.2, 0.0), {-0.01, -0.09, 0.0}}, {0.03, 0.0, 0.0})};
  surfaces[1].quadrant_axis = 0, surfaces[1].quadrant_sign = -1.0;
  surfaces[3].quadrant_axis = 0, surfaces[3].quadrant_sign = -1.0;
  rig.paths = compile_muscle_paths(
      m,
      {{"over ball", {point(slider, {0.13, -0.35, 0.12}), point(thigh, {0.1, -0.1, 0.0})}, {{0}}},
       {"over shaft", {point(root, {-0.1, -0.25, 0.1}), point(shank, {-0.03, -0.2, 0.02})}, {{1}}},
       {"over egg",
        {point(slider, {0.2, 0.0, 0.05}), point(root, {0.0, -0.25, 0.12}), point(thigh, {0.1, -0.15, 0.0})},
        {{2, 0, 1}}},
       {"two on one",
        {point(root, {-0.1, -0.2, 0.1}), point(thigh, {-0.09, -0.15, 0.0}),
         point(shank, {-0.02, -0.35, 0.0})},
        {{3}, {1, 1, 2}}},
       {"free", {point(root, {0.3, -0.2, 0.1}), point(shank, {0.3, -0.2, 0.1})}, {{0, 0, 1}}}},
      surfaces);
  return rig;
}

struct Evaluated {
  Data<double> data;
  MusclePathData<double> out;

  std::vector<bool> get_touches() const {
    std::vector<bool> touches;
    for (const auto& stop : out.stop) touches.push_back(stop.length > 0.0);
    return touches;
  }
};

Evaluated evaluate_paths(const test::PathRig& rig, const std::vector<double>& q,
                         const std::vector<double>& u) {
  Evaluated result{Data<double>(rig.model), MusclePathData<double>(rig.paths)};
  update_positions(rig.model, result.data, q.data());
  update_muscle_paths(rig.paths, rig.model, result.data, q.data(), u.data(), result.out);
  return result;
}

TEST(WrapPath, MomentArmIsMinusTheLengthGradient) {
  const test::PathRig rig = make_wrap_rig();
  std::mt19937 random(21);
  std::vector<int> touched(rig.paths.muscle_count());
  for (int trial = 0; trial < 60; ++trial) {
    const int n = rig.model.coordinate_count();
    const auto q = test::random_values(n, 0.5, random), u = test::random_values(n, 3.0, random);
    const Evaluated at = evaluate_paths(rig, q, u);
    const auto expected = test::difference_arms(rig.model, rig.paths, q);
    for (int m = 0; m < rig.paths.muscle_count(); ++m) {
      const MusclePath& path = rig.paths.muscles[m];
      double velocity = 0.0;
      for (int j = 0; j < n; ++j) {
        EXPECT_NEAR(get_moment_arm(rig.paths, at.out, MuscleIndex(m), CoordinateIndex(j)), expected[m][j],
                    path.name == "over egg" ? 2e-6 : 1e-7)
            << trial << ' ' << path.name << " about " << rig.model.links()[j].coordinate;
        velocity -= expected[m][j] * u[j];
      }
      EXPECT_NEAR(at.out.velocity[m], velocity, 1e-5);
      for (int k = path.first_stop; k < path.first_stop + path.stop_count; ++k)
        touched[m] += at.out.stop[k].length > 0.0;
    }
  }
  for (int m = 0; m + 1 < rig.paths.muscle_count(); ++m)
    EXPECT_GT(touched[m], 20) << rig.paths.muscles[m].name;
  EXPECT_EQ(touched.back(), 0);
}

TEST(WrapPath, LengtheningVelocityIsTheRateOfTheLength) {
  const test::PathRig rig = make_wrap_rig();
  std::mt19937 random(22);
  const int n = rig.model.coordinate_count();
  for (int trial = 0; trial < 30; ++trial) {
    const auto q = test::random_values(n, 0.5, random), u = test::random_values(n, 2.0, random);
    const auto moved = [&](double h) {
      std::vector<double> to = q;
      for (int j = 0; j < n; ++j) to[j] += h * u[j];
      return test::calc_lengths(rig.model, rig.paths, to);
    };
    constexpr double h = 1e-5;
    const auto low = moved(-h), high = moved(h);
    const Evaluated at = evaluate_paths(rig, q, u);
    for (int m = 0; m < rig.paths.muscle_count(); ++m)
      EXPECT_NEAR(at.out.velocity[m], (high[m] - low[m]) / (2.0 * h), 2e-5) << rig.paths.muscles[m].name;
  }
}

TEST(WrapPath, TensionOnTheLinksIsInBalanceAndDoesTheWorkOfTheMomentArms) {
  const test::PathRig rig = make_wrap_rig();
  std::mt19937 random(23);
  const int n = rig.model.coordinate_count();
  const std::vector<double> rest(n, 0.0);
  for (int m = 0; m < rig.paths.muscle_count(); ++m) {
    const auto q = test::random_values(n, 0.5, random);
    Evaluated at = evaluate_paths(rig, q, rest);
    const auto tau_of = [&](double tension) {
      return test::calc_torques_under_tension(rig, q, at.out, m, tension, at.data);
    };
    const auto without = tau_of(0.0), with = tau_of(137.0);
    for (int j = 0; j < n; ++j) {
      EXPECT_NEAR(without[j] - with[j],
                  137.0 * get_moment_arm(rig.paths, at.out, MuscleIndex(m), CoordinateIndex(j)), 1e-10);
    }
    SpatialForce<double> total;  // about the world's origin
    for (int j = 0; j < n; ++j) total += shifted(at.data.applied[j], -at.data.link[j].p_WL);
    EXPECT_NEAR(to_eigen(total.force).norm(), 0.0, 1e-11) << rig.paths.muscles[m].name;
    EXPECT_NEAR(to_eigen(total.moment).norm(), 0.0, 1e-11) << rig.paths.muscles[m].name;
  }
}

TEST(WrapPath, LanesGiveTheNumbersOfDouble) {
  const test::PathRig rig = make_wrap_rig();
  const int n = rig.model.coordinate_count();
  std::mt19937 random(24);
  std::vector<std::vector<double>> q, u;
  std::vector<Lanes8> lanes_q(n), lanes_u(n);
  for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
    q.push_back(test::random_values(n, 0.7, random));
    u.push_back(test::random_values(n, 2.0, random));
    for (int j = 0; j < n; ++j) lanes_q[j].lane[lane] = q[lane][j], lanes_u[j].lane[lane] = u[lane][j];
  }
  Data<Lanes8> data(rig.model);
  MusclePathData<Lanes8> out(rig.paths);
  update_positions(rig.model, data, lanes_q.data());
  update_muscle_paths(rig.paths, rig.model, data, lanes_q.data(), lanes_u.data(), out);
  for (int lane = 0; lane < Lanes8::kWidth; ++lane) {
    const Evaluated at = evaluate_paths(rig, q[lane], u[lane]);
    for (int m = 0; m < rig.paths.muscle_count(); ++m) {
      EXPECT_NEAR(out.length[m].lane[lane], at.out.length[m], 1e-13);
      EXPECT_NEAR(out.velocity[m].lane[lane], at.out.velocity[m], 1e-11);
    }
    for (size_t k = 0; k < at.out.moment_arm.size(); ++k)
      EXPECT_NEAR(out.moment_arm[k].lane[lane], at.out.moment_arm[k], 1e-12);
  }
}

TEST(WrapPath, TakesNoHeap) {
  const test::PathRig rig = make_wrap_rig();
  std::mt19937 random(25);
  const auto q = test::random_values(rig.model.coordinate_count(), 0.5, random);
  Data<double> data(rig.model);
  MusclePathData<double> out(rig.paths);
  update_positions(rig.model, data, q.data());
  EXPECT_EQ(oracles::count_allocations(
                [&] { update_muscle_paths(rig.paths, rig.model, data, q.data(), q.data(), out); }),
            0);
}

// The drawn line starts and ends with the path, lies on the surface where it wraps and is as long as the path.
TEST(WrapPath, DrawnPointsFollowThePath) {
  const test::PathRig rig = make_wrap_rig();
  std::mt19937 random(26);
  for (int trial = 0; trial < 20; ++trial) {
    const auto q = test::random_values(rig.model.coordinate_count(), 0.5, random);
    const Evaluated at = evaluate_paths(rig, q, q);
    for (int m = 0; m < rig.paths.muscle_count(); ++m) {
      std::vector<Vector3<double>> points(count_drawn_points(rig.paths.muscles[m]));
      calc_drawn_points(rig.paths, at.data, at.out, MuscleIndex(m), points.data());
      double drawn = 0.0;
      for (size_t i = 1; i < points.size(); ++i) drawn += to_eigen(points[i] - points[i - 1]).norm();
      EXPECT_LE(drawn, at.out.length[m] + 1e-9);
      EXPECT_GT(drawn, 0.985 * at.out.length[m]);
    }
  }
}

// A needle, with a quadrant that asks for the longer way around its point: no taut string lies there. The path says so.
TEST(WrapPath, CountsGeodesicsThatWereNotFound) {
  const Model model = test::make_path_rig().model;
  const auto root = model.get_body("root");
  auto needle = make_surface("needle", WrapKind::kEllipsoid, root, {}, {0.03, 0.03, 0.3});
  std::mt19937 random(27);
  const std::vector<double> q(model.coordinate_count(), 0.0);
  int found = 0, not_found = 0;
  for (int trial = 0; trial < 400; ++trial) {
    const auto ends = test::random_values(6, 0.4, random);
    needle.quadrant_axis = 2;
    test::PathRig rig{model, compile_muscle_paths(model,
                                                  {{"m",
                                                    {test::fixed_point(root, {ends[0], ends[1], ends[2]}),
                                                     test::fixed_point(root, {ends[3], ends[4], ends[5]})},
                                                    {{0}}}},
                                                  {needle})};
    const Evaluated at = evaluate_paths(rig, q, q);
    if (at.out.stop[0].length == 0.0) continue;
    (at.out.approximate_count == 0 ? found : not_found) += 1;
    EXPECT_LE(at.out.approximate_count, 1);
  }
  EXPECT_GT(found, 5);
  EXPECT_GT(not_found, 0);
}

TEST(WrapPath, RefusesWrapsThatCannotBe) {
  const Model model = test::make_path_rig().model;
  const auto root = model.get_body("root");
  const auto ends =
      std::vector{test::fixed_point(root, {0.1, 0.0, 0.0}), test::fixed_point(root, {0.1, 1.0, 0.0})};
  const auto good = make_surface("rod", WrapKind::kCylinder, root, {}, {0.1, 0.0, 0.0});
  auto flat = good;
  flat.radii.x = 0.0;
  EXPECT_NO_THROW(compile_muscle_paths(model, {{"m", ends, {{0, 0, 1}}}}, {good}));
  EXPECT_THROW(compile_muscle_paths(model, {{"m", ends, {{1}}}}, {good}), BadInput);
  EXPECT_THROW(compile_muscle_paths(model, {{"m", ends, {{0, 0, 2}}}}, {good}), BadInput);
  EXPECT_THROW(compile_muscle_paths(model, {{"m", ends, {{0, 1, 1}}}}, {good}), BadInput);
  EXPECT_THROW(compile_muscle_paths(model, {{"m", ends}}, {flat}), BadInput);
}

}  // namespace
}  // namespace lumbarun
