// Every kind of joint against its closed form; the coordinate map against finite differences.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/interop/osim_model.h"
#include "sim/interop/osim_reader.h"
#include "tests/interop/tiny_osim.h"
#include "tests/oracles/allocation_counter.h"

namespace lumbarun {
namespace {

Transform<double> translation(double x, double y, double z) {
  return {Matrix3<double>::identity(), {x, y, z}};
}
Transform<double> rotation(Axis axis, double angle) { return {rotation_about(axis, angle), {}}; }
constexpr Axis kX = Axis::kX, kY = Axis::kY, kZ = Axis::kZ;

// The offsets of test::joint.
const Transform<double> kX_PF = {rotation_from_body_xyz(0.2, -0.1, 0.4), {0.1, 0.2, -0.3}};
const Transform<double> kX_CM = {rotation_from_body_xyz(-0.3, 0.1, 0.2), {0.05, -0.1, 0.02}};

// Pose of the child of one joint to ground.
Transform<double> calc_pose(const std::string& type, const std::vector<double>& q,
                            const std::string& inside = "") {
  std::string names;
  for (size_t i = 0; i < q.size(); ++i) names += (i == 0 ? "q" : " q") + std::to_string(i);
  const std::string text = test::model(test::body("b"), test::joint(type, "j", "ground", "b", names, inside));
  const OsimModel model = build_osim_model(read_osim(test::write_text(text)));
  OsimModelData data(model);
  update_osim_pose(model, q, std::vector<double>(q.size(), 0.0), data);
  return calc_body_pose(model.tree, data.tree, model.bodies.front());
}

void expect_pose(const Transform<double>& X, const Transform<double>& X_FM) {
  const Transform<double> expected = kX_PF * X_FM * kX_CM.inverse();
  EXPECT_LT((to_eigen(X.translation) - to_eigen(expected.translation)).norm(), 1e-14);
  EXPECT_LT((to_eigen(X.rotation) - to_eigen(expected.rotation)).norm(), 1e-14);
}

TEST(JointKinds, SimpleJoints) {
  expect_pose(calc_pose("WeldJoint", {}), {});
  expect_pose(calc_pose("PinJoint", {0.7}), rotation(kZ, 0.7));
  expect_pose(calc_pose("SliderJoint", {0.3}), translation(0.3, 0.0, 0.0));
  expect_pose(calc_pose("UniversalJoint", {0.3, -0.5}), rotation(kX, 0.3) * rotation(kY, -0.5));
  expect_pose(calc_pose("PlanarJoint", {0.4, 0.1, -0.2}), translation(0.1, -0.2, 0.0) * rotation(kZ, 0.4));
  const Transform<double> xyz = rotation(kX, 0.3) * rotation(kY, -0.5) * rotation(kZ, 0.9);
  expect_pose(calc_pose("GimbalJoint", {0.3, -0.5, 0.9}), xyz);
  expect_pose(calc_pose("BallJoint", {0.3, -0.5, 0.9}), xyz);
  expect_pose(calc_pose("FreeJoint", {0.3, -0.5, 0.9, 1.0, 2.0, 3.0}), translation(1.0, 2.0, 3.0) * xyz);
}

TEST(JointKinds, EllipsoidJoint) {
  const Transform<double> R = rotation(kX, 0.3) * rotation(kY, -0.5) * rotation(kZ, 0.9);
  const Vector3<double> n = R.rotation.column[2];
  expect_pose(calc_pose("EllipsoidJoint", {0.3, -0.5, 0.9}, "<radii_x_y_z>0.1 0.2 0.15</radii_x_y_z>"),
              translation(0.1 * n.x, 0.2 * n.y, 0.15 * n.z) * R);
}

// The end of an arc of the given length, found by small steps along it.
TEST(JointKinds, ConstantCurvatureJoint) {
  for (const double size : {1.0, 1e-2, 1e-4}) {
    const double qx = 0.4 * size, qz = -0.3 * size, length = 0.25;
    const Vector3<double> n = (rotation(kX, qx) * rotation(kZ, qz)).rotation.column[1];
    const Eigen::Vector3d start = Eigen::Vector3d::UnitY(), end = to_eigen(n);
    const Eigen::Vector3d axis = start.cross(end).normalized();
    const double angle = std::atan2(start.cross(end).norm(), start.dot(end));
    Eigen::Vector3d p = Eigen::Vector3d::Zero();
    const int steps = 20000;
    for (int i = 0; i < steps; ++i)
      p += Eigen::AngleAxisd(angle * (i + 0.5) / steps, axis) * start * (length / steps);
    const Transform<double> R = rotation(kX, qx) * rotation(kZ, qz) * rotation(kY, 0.2);
    const Transform<double> X_FM = {R.rotation, from_eigen(p)};
    const Transform<double> X =
        calc_pose("ConstantCurvatureJoint", {qx - 0.1, qz - 0.2, 0.1},
                  "<neutral_angle_x_z_y>0.1 0.2 0.1</neutral_angle_x_z_y><length>0.25</length>");
    const Transform<double> expected = kX_PF * X_FM * kX_CM.inverse();
    EXPECT_LT((to_eigen(X.translation) - to_eigen(expected.translation)).norm(), 1e-9) << size;
    EXPECT_LT((to_eigen(X.rotation) - to_eigen(expected.rotation)).norm(), 1e-13);
  }
}

std::string axis(const std::string& name, const std::string& coordinates, const std::string& direction,
                 const std::string& function) {
  return "<TransformAxis name=\"" + name + "\"><coordinates>" + coordinates + "</coordinates><axis>" +
         direction + "</axis>" + function + "</TransformAxis>\n";
}

// Oblique axes, constants between moving axes, one coordinate on several axes, all kinds of functions.
const std::string kCustomAxes =
    "<SpatialTransform>" +
    axis("rotation1", "q0", "0.6 0 0.8",
         "<LinearFunction name=\"function\"><coefficients>2 0.1</coefficients></LinearFunction>") +
    axis("rotation2", "", "0 1 0", "<Constant name=\"function\"><value>0.3</value></Constant>") +
    axis("rotation3", "q0", "0 -1 0",
         "<function><SimmSpline><x>-1 0 0.5 1 2</x><y>0 0.1 0.3 0.2 0.4</y></SimmSpline></function>") +
    axis("translation1", "q1", "1 0 0",
         "<MultiplierFunction name=\"function\"><function><PolynomialFunction>"
         "<coefficients>1 -2 "
         "0.5</coefficients></PolynomialFunction></function><scale>0.5</scale></MultiplierFunction>") +
    axis("translation2", "q0 q1", "0 1 0",
         "<LinearFunction name=\"function\"><coefficients>0.1 0.2 0.3</coefficients></LinearFunction>") +
    axis(
        "translation3", "q1", "0 0.6 0.8",
        "<PiecewiseLinearFunction name=\"function\"><x>0 0.5 1</x><y>0 1 1.2</y></PiecewiseLinearFunction>") +
    "</SpatialTransform>";

double calc_spline_at_seven_tenths() {
  // Forsythe-Malcolm-Moler spline of the knots above at 0.7: solved by hand with the end cubics' third derivatives.
  OsimFunction spline;
  spline.kind = OsimFunctionKind::kSimmSpline;
  spline.x = {-1, 0, 0.5, 1, 2};
  spline.y = {0, 0.1, 0.3, 0.2, 0.4};
  double slope = 0.0;
  const double x = 0.7;
  return make_coordinate_function(spline, 1)->calc(&x, &slope);
}

TEST(JointKinds, CustomJoint) {
  const double q0 = 0.7, q1 = 0.8;
  const Vector3<double> p = {0.5 * (q1 * q1 - 2.0 * q1 + 0.5), 0.1 * q0 + 0.2 * q1 + 0.3 + 0.6 * 1.12,
                             0.8 * 1.12};
  const Eigen::Vector3d oblique(0.6, 0.0, 0.8);
  const Matrix3<double> R1 =
      from_eigen(Eigen::Matrix3d(Eigen::AngleAxisd(2.0 * q0 + 0.1, oblique).toRotationMatrix()));
  const Transform<double> R =
      Transform<double>{R1, {}} * rotation(kY, 0.3) * rotation(kY, -calc_spline_at_seven_tenths());
  expect_pose(calc_pose("CustomJoint", {q0, q1}, kCustomAxes),
              Transform<double>{Matrix3<double>::identity(), p} * R);
}

// A cubic is reproduced by the spline (its end conditions are exact for cubics), and so is its line outside.
TEST(CoordinateFunctions, SimmSplineReproducesCubics) {
  OsimFunction spline;
  spline.kind = OsimFunctionKind::kSimmSpline;
  spline.scale = 2.0;
  const auto cubic = [](double x) { return 0.3 - x + 0.5 * x * x + 0.7 * x * x * x; };
  const auto slope = [](double x) { return -1.0 + x + 2.1 * x * x; };
  for (const double x : {-1.0, -0.4, 0.1, 0.5, 1.3}) spline.x.push_back(x), spline.y.push_back(cubic(x));
  const auto function = make_coordinate_function(spline, 1);
  double gradient = 0.0;
  for (const double x : {-0.9, -0.3, 0.2, 1.1}) {
    EXPECT_NEAR(function->calc(&x, &gradient), 2.0 * cubic(x), 1e-14);
    EXPECT_NEAR(gradient, 2.0 * slope(x), 1e-13);
  }
  const double below = -2.0, above = 2.0;
  EXPECT_NEAR(function->calc(&below, &gradient), 2.0 * (cubic(-1.0) - slope(-1.0)), 1e-13);
  EXPECT_NEAR(function->calc(&above, &gradient), 2.0 * (cubic(1.3) + 0.7 * slope(1.3)), 1e-13);
}

TEST(CoordinateFunctions, FewKnots) {
  OsimFunction spline;
  spline.kind = OsimFunctionKind::kSimmSpline;
  spline.x = {0.0, 2.0}, spline.y = {1.0, 5.0};
  double gradient = 0.0, x = 0.5;
  EXPECT_DOUBLE_EQ(make_coordinate_function(spline, 1)->calc(&x, &gradient), 2.0);
  EXPECT_DOUBLE_EQ(gradient, 2.0);
  spline.x = {0.0, 1.0, 3.0}, spline.y = {0.0, 1.0, 9.0};  // x²
  EXPECT_NEAR(make_coordinate_function(spline, 1)->calc(&x, &gradient), 0.25, 1e-15);
}

void expect_gradient(const CoordinateFunctionPtr& function, std::vector<double> x) {
  std::vector<double> gradient(x.size()), unused(x.size());
  function->calc(x.data(), gradient.data());
  for (size_t i = 0; i < x.size(); ++i) {
    const double h = 1e-5, middle = x[i];
    x[i] = middle + h;
    const double above = function->calc(x.data(), unused.data());
    x[i] = middle - h;
    const double below = function->calc(x.data(), unused.data());
    x[i] = middle;
    EXPECT_NEAR(gradient[i], (above - below) / (2.0 * h), 1e-9);
  }
}

TEST(CoordinateFunctions, Gradients) {
  for (int axis = 0; axis < 3; ++axis) {
    expect_gradient(make_ellipsoid_function(axis, 0.3), {0.4, -0.7});
    expect_gradient(make_arc_function(axis, 0.25, 0.1, -0.2), {0.4, -0.7});
    expect_gradient(make_arc_function(axis, 0.25, 0.1, -0.2), {-0.1, 0.2 + 1e-9});
    expect_gradient(make_arc_function(axis, 0.25, 0.0, 0.0), {5e-4, -4e-4});
  }
}

// Lengthening velocity and moment arms about the file's coordinates against central differences of the length, with a
// moving point, a conditional point, a coupler and a custom joint in the way.
class TinyMuscle : public ::testing::Test {
 protected:
  static OsimModel build() {
    const std::string moving =
        "<MovingPathPoint name=\"m\"><socket_parent_frame>/bodyset/b</socket_parent_frame>\n"
        "<socket_x_coordinate>/jointset/k/k0</socket_x_coordinate><socket_y_coordinate>/jointset/k/k0</"
        "socket_y_coordinate>\n"
        "<x_location><SimmSpline><x>-1 0 0.5 1 2</x><y>0 0.1 0.3 0.2 0.4</y></SimmSpline></x_location>\n"
        "<LinearFunction name=\"y_location\"><coefficients>0.1 0.2</coefficients></LinearFunction>\n"
        "<z_location><Constant><value>0.1</value></Constant></z_location></MovingPathPoint>\n";
    const std::string conditional =
        "<ConditionalPathPoint name=\"c\"><socket_parent_frame>/bodyset/b</socket_parent_frame><location>0.2 "
        "0.3 0.1"
        "</location><socket_coordinate>/jointset/k/k0</socket_coordinate><range>0.2 "
        "0.9</range></ConditionalPathPoint>\n";
    const std::string coupler =
        "<CoordinateCouplerConstraint "
        "name=\"cc\"><coupled_coordinates_function><PolynomialFunction><coefficients>"
        "0.5 0.2 "
        "0.1</coefficients></PolynomialFunction></"
        "coupled_coordinates_function><independent_coordinate_names>q0"
        "</independent_coordinate_names><dependent_coordinate_name>k0</dependent_coordinate_name>"
        "</CoordinateCouplerConstraint>\n";
    const std::string text = test::model(
        test::body("a") + test::body("b"),
        test::joint("PinJoint", "k", "a", "b", "k0") +
            test::joint("CustomJoint", "j", "ground", "a", "q0 q1", kCustomAxes),
        test::muscle(
            "m",
            "<PathPoint name=\"g\"><socket_parent_frame>/ground</socket_parent_frame><location>0 1 0"
            "</location></PathPoint>\n" +
                test::point("a", "0.1 0.2 0.3") + conditional + moving,
            "<max_isometric_force>812</max_isometric_force><FmaxTendonStrain>0.033</FmaxTendonStrain>"),
        coupler);
    return build_osim_model(read_osim(test::write_text(text)));
  }
};

TEST_F(TinyMuscle, VelocityAndMomentArmsAreDerivatives) {
  const OsimModel model = build();
  OsimModelData data(model);
  const auto length_at = [&](const std::vector<double>& q) {
    update_osim_pose(model, q, std::vector<double>(q.size(), 0.0), data);
    update_osim_muscles(model, data);
    return data.length[0];
  };
  ASSERT_EQ(model.get_coordinate("k0"), 0);
  for (const double q0 : {0.6, -0.4}) {  // k0 inside and outside the range of the conditional point
    const std::vector<double> q = {99.0, q0, 0.3}, u = {99.0, 1.3, -0.7};
    const double h = 1e-6;
    double expected_velocity = 0.0;
    for (int i = 1; i < 3; ++i) {
      std::vector<double> above = q, below = q;
      above[i] += h, below[i] -= h;
      const double slope = (length_at(above) - length_at(below)) / (2.0 * h);
      length_at(q);
      EXPECT_NEAR(data.get_moment_arm(0, i), -slope, 1e-8);
      expected_velocity += slope * u[i];
    }
    EXPECT_EQ(data.get_moment_arm(0, 0), 0.0) << "a coupled coordinate is not free";
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
    EXPECT_NEAR(data.velocity[0], expected_velocity, 1e-8);
    EXPECT_DOUBLE_EQ(data.map.q[0], 0.5 * q0 * q0 + 0.2 * q0 + 0.1);
    EXPECT_EQ(data.variant[0], data.map.q[0] > 0.2 ? 1 : 0);
  }
}

TEST_F(TinyMuscle, NoHeapInTheLoop) {
  const OsimModel model = build();
  OsimModelData data(model);
  const std::vector<double> q = {0.0, 0.6, 0.3}, u = {0.0, 1.0, 1.0};
  const long allocations = oracles::count_allocations([&] {
    update_osim_pose(model, q, u, data);
    update_osim_muscles(model, data);
  });
  EXPECT_EQ(allocations, 0);
}

}  // namespace
}  // namespace lumbarun
