#include "sim/interop/joint_chain.h"

#include <fmt/format.h>

#include <cmath>

namespace lumbarun {

namespace {

const Vector3<double> kUnit[] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};
constexpr char kLetters[] = "xyz";

JointStep make_step(JointKind kind, int axis, int coordinate) {
  const char* word = kind == JointKind::kHinge ? "rotation" : "translation";
  return {kind,
          fmt::format("{}_{}", word, kLetters[axis]),
          kUnit[axis],
          {{coordinate}, make_line_function(1.0, 0.0)}};
}

std::vector<JointStep> build_custom_steps(const OsimJoint& joint, const std::vector<int>& coordinates) {
  std::vector<JointStep> steps;
  for (const int i : {3, 4, 5, 0, 1, 2}) {
    const OsimTransformAxis& axis = joint.axes[i];
    JointStep step;
    step.kind = i < 3 ? JointKind::kHinge : JointKind::kSlide;
    step.name = fmt::format("{}{}", i < 3 ? "rotation" : "translation", i % 3 + 1);
    step.axis = axis.axis;
    for (const std::string& name : axis.coordinates) {
      for (size_t k = 0; k < joint.coordinates.size(); ++k) {
        if (joint.coordinates[k].name == name) step.drive.arguments.push_back(coordinates[k]);
      }
    }
    step.drive.function =
        make_coordinate_function(axis.function, static_cast<int>(step.drive.arguments.size()));
    steps.push_back(step);
  }
  return steps;
}

std::vector<JointStep> build_ellipsoid_steps(const OsimJoint& joint, const std::vector<int>& c) {
  const double radii[] = {joint.radii.x, joint.radii.y, joint.radii.z};
  std::vector<JointStep> steps;
  for (int k = 0; k < 3; ++k) {
    steps.push_back(make_step(JointKind::kSlide, k, c[0]));
    steps.back().drive = {{c[0], c[1]}, make_ellipsoid_function(k, radii[k])};
  }
  for (int k = 0; k < 3; ++k) steps.push_back(make_step(JointKind::kHinge, k, c[k]));
  return steps;
}

std::vector<JointStep> build_curvature_steps(const OsimJoint& joint, const std::vector<int>& c) {
  const Vector3<double>& neutral = joint.neutral_angles;
  std::vector<JointStep> steps;
  for (int k = 0; k < 3; ++k) {
    steps.push_back(make_step(JointKind::kSlide, k, c[0]));
    steps.back().drive = {{c[0], c[1]}, make_arc_function(k, joint.length, neutral.x, neutral.y)};
  }
  const int axes[] = {0, 2, 1};
  const double offsets[] = {neutral.x, neutral.y, neutral.z};
  for (int k = 0; k < 3; ++k) {
    steps.push_back(make_step(JointKind::kHinge, axes[k], c[k]));
    steps.back().drive.function = make_line_function(1.0, offsets[k]);
  }
  return steps;
}

bool is_constant(const JointStep& step) { return step.drive.arguments.empty(); }

Transform<double> calc_constant(const JointStep& step) {
  const double value = step.drive.function->calc(nullptr, nullptr);
  if (step.kind == JointKind::kSlide) return {Matrix3<double>::identity(), step.axis * value};
  const Eigen::AngleAxisd rotation(value, to_eigen(step.axis));
  return {from_eigen(Eigen::Matrix3d(rotation.toRotationMatrix())), {}};
}

struct AlignedAxis {
  Axis axis = Axis::kZ;
  double sign = 1.0;
  Transform<double> X_FA;  // frame A whose `axis` is the step's
};

// Coordinate axes need no rotation.
AlignedAxis align(const Vector3<double>& axis) {
  const double v[] = {axis.x, axis.y, axis.z};
  for (int k = 0; k < 3; ++k) {
    if (std::abs(v[k]) == 1.0) return {static_cast<Axis>(k), v[k], {}};
  }
  const Eigen::Quaterniond q = Eigen::Quaterniond::FromTwoVectors(Eigen::Vector3d::UnitZ(), to_eigen(axis));
  return {Axis::kZ, 1.0, {from_eigen(Eigen::Matrix3d(q.toRotationMatrix())), {}}};
}

}  // namespace

std::vector<JointStep> build_joint_steps(const OsimJoint& joint, const std::vector<int>& c) {
  constexpr JointKind kHinge = JointKind::kHinge, kSlide = JointKind::kSlide;
  switch (joint.kind) {
    case OsimJointKind::kWeld:
      return {};
    case OsimJointKind::kPin:
      return {make_step(kHinge, 2, c[0])};
    case OsimJointKind::kSlider:
      return {make_step(kSlide, 0, c[0])};
    case OsimJointKind::kUniversal:
      return {make_step(kHinge, 0, c[0]), make_step(kHinge, 1, c[1])};
    case OsimJointKind::kBall:
    case OsimJointKind::kGimbal:
      return {make_step(kHinge, 0, c[0]), make_step(kHinge, 1, c[1]), make_step(kHinge, 2, c[2])};
    case OsimJointKind::kFree:
      return {make_step(kSlide, 0, c[3]), make_step(kSlide, 1, c[4]), make_step(kSlide, 2, c[5]),
              make_step(kHinge, 0, c[0]), make_step(kHinge, 1, c[1]), make_step(kHinge, 2, c[2])};
    case OsimJointKind::kPlanar:
      return {make_step(kSlide, 0, c[1]), make_step(kSlide, 1, c[2]), make_step(kHinge, 2, c[0])};
    case OsimJointKind::kEllipsoid:
      return build_ellipsoid_steps(joint, c);
    case OsimJointKind::kConstantCurvature:
      return build_curvature_steps(joint, c);
    case OsimJointKind::kCustom:
      return build_custom_steps(joint, c);
  }
  return {};
}

BodyIndex add_joint_chain(Model& tree, std::vector<CoordinateDrive>& links, const std::string& name,
                          const std::string& prefix, BodyIndex parent, const Transform<double>& X_PF,
                          const std::vector<JointStep>& steps, const Transform<double>& X_CM,
                          const RigidInertia& inertia) {
  Transform<double> X_PS = X_PF;  // where the steps so far have led, in the last frame added
  for (const JointStep& step : steps) {
    if (is_constant(step)) {
      X_PS = X_PS * calc_constant(step);
      continue;
    }
    const AlignedAxis aligned = align(step.axis);
    const std::string link = fmt::format("{}/{}", prefix, step.name);
    parent = tree.add_body(link, parent, X_PS * aligned.X_FA, {{link, step.kind, aligned.axis, aligned.sign}},
                           aligned.X_FA, {});
    links.push_back(step.drive);
    X_PS = {};
  }
  return tree.add_body(name, parent, X_PS, {}, X_CM, inertia);
}

}  // namespace lumbarun
