#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "sim/interop/osim_readers.h"

namespace lumbarun {

namespace {

struct JointClass {
  const char* name;
  OsimJointKind kind;
  int coordinate_count;  // -1: any
};

constexpr JointClass kJointClasses[] = {{"WeldJoint", OsimJointKind::kWeld, 0},
                                        {"PinJoint", OsimJointKind::kPin, 1},
                                        {"SliderJoint", OsimJointKind::kSlider, 1},
                                        {"UniversalJoint", OsimJointKind::kUniversal, 2},
                                        {"BallJoint", OsimJointKind::kBall, 3},
                                        {"GimbalJoint", OsimJointKind::kGimbal, 3},
                                        {"FreeJoint", OsimJointKind::kFree, 6},
                                        {"PlanarJoint", OsimJointKind::kPlanar, 3},
                                        {"EllipsoidJoint", OsimJointKind::kEllipsoid, 3},
                                        {"ConstantCurvatureJoint", OsimJointKind::kConstantCurvature, 3},
                                        {"CustomJoint", OsimJointKind::kCustom, -1}};

constexpr const char* kAxisNames[] = {"rotation1",    "rotation2",    "rotation3",
                                      "translation1", "translation2", "translation3"};

OsimTransformAxis read_axis(OsimFile& file, pugi::xml_node node, int index) {
  OsimTransformAxis axis;
  axis.line = file.line_of(node);
  axis.coordinates = split_words(file.find(node, "coordinates").child_value());
  const Vector3<double> defaults[] = {{1.0, 0.0, 0.0}, {0.0, 1.0, 0.0}, {0.0, 0.0, 1.0}};
  const Vector3<double> v = file.vector3(node, "axis", defaults[index % 3]);
  const double norm = std::sqrt(dot(v, v));
  if (norm > 0.0) {
    axis.axis = v * (1.0 / norm);
  } else {
    file.add_error(node, "the <axis> has no direction");
  }
  const auto function = read_osim_function(file, node, "function");
  if (function) axis.function = *function;
  if (!function && !axis.coordinates.empty()) file.add_error(node, "has <coordinates> but no function");
  const int arguments = get_argument_count(axis.function);
  if (arguments > 0 && arguments != static_cast<int>(axis.coordinates.size())) {
    file.add_error(node,
                   fmt::format("{} coordinates for a function of {}", axis.coordinates.size(), arguments));
  }
  if (arguments == 0) axis.coordinates.clear();
  return axis;
}

void read_spatial_transform(OsimFile& file, pugi::xml_node joint_node, OsimJoint& joint) {
  const pugi::xml_node transform = file.find(joint_node, "SpatialTransform");
  const std::vector<pugi::xml_node> nodes = get_osim_objects(transform);
  for (int i = 0; i < 6; ++i) {
    pugi::xml_node node = transform.find_child_by_attribute("name", kAxisNames[i]);
    if (!node && i < static_cast<int>(nodes.size()) && get_osim_name(nodes[i]).empty()) node = nodes[i];
    if (node) {
      joint.axes[i] = read_axis(file, node, i);
    } else {
      joint.axes[i].axis = {1.0, 0.0, 0.0};  // absent: constant zero
    }
  }
  for (const OsimTransformAxis& axis : joint.axes) {
    for (const std::string& name : axis.coordinates) {
      std::vector<std::string> own;
      for (const OsimCoordinate& coordinate : joint.coordinates) own.push_back(coordinate.name);
      if (std::find(own.begin(), own.end(), name) != own.end()) continue;
      file.add_error(axis.line, fmt::format("joint '{}': '{}' is none of its coordinates{}", joint.name, name,
                                            OsimFile::suggestion(name, own)));
    }
  }
}

// 4.x: sockets; before: <parent_body> and poses in the joint.
void read_frames(OsimContext& context, pugi::xml_node node, const std::string& child, OsimJoint& joint) {
  OsimFile& file = context.file;
  const std::string path = "/jointset/" + joint.name;
  if (const pugi::xml_node parent = node.child("socket_parent_frame")) {
    const pugi::xml_node child_node = node.child("socket_child_frame");
    const OsimFrame P = context.frames.find(file.text(node, "socket_parent_frame"), path, parent);
    const OsimFrame C =
        context.frames.find(file.text(node, "socket_child_frame"), path, child_node ? child_node : node);
    joint.parent = P.body, joint.X_PF = P.X_BF;
    joint.child = C.body, joint.X_CM = C.X_BF;
    return;
  }
  const pugi::xml_node parent = file.find(node, "parent_body");
  joint.parent = file.text(node, "parent_body");
  joint.child = child;
  if (!context.frames.has_body(joint.parent)) {
    file.add_error(parent ? parent : node,
                   fmt::format("'{}' is no body of the model{}", joint.parent,
                               OsimFile::suggestion(joint.parent, context.frames.body_names())));
    joint.parent.clear();
  }
  joint.X_PF = read_osim_pose(file, node, "location_in_parent", "orientation_in_parent");
  joint.X_CM = read_osim_pose(file, node, "location", "orientation");
}

}  // namespace

OsimCoordinate read_osim_coordinate(OsimFile& file, pugi::xml_node node) {
  OsimCoordinate coordinate;
  coordinate.name = get_osim_name(node);
  coordinate.line = file.line_of(node);
  const std::string type = file.text(node, "motion_type");
  if (type == "translational") coordinate.motion_type = OsimMotionType::kTranslational;
  if (type == "coupled") coordinate.motion_type = OsimMotionType::kCoupled;
  coordinate.default_value = file.number(node, "default_value", 0.0);
  coordinate.default_speed = file.number(node, "default_speed_value", 0.0);
  const std::vector<double> range = file.numbers(node, "range");
  if (range.size() == 2 && range[0] <= range[1]) {
    coordinate.low = range[0], coordinate.high = range[1];
  } else if (file.find(node, "range")) {
    file.add_error(file.find(node, "range"),
                   fmt::format("'{}' is not two ascending numbers", file.text(node, "range")));
  }
  coordinate.is_clamped = file.flag(node, "clamped", false);
  coordinate.is_locked = file.flag(node, "locked", false);
  coordinate.is_prescribed = file.flag(node, "prescribed", false);
  coordinate.prescribed_function = read_osim_function(file, node, "prescribed_function");
  return coordinate;
}

OsimJoint read_osim_joint(OsimContext& context, pugi::xml_node node, const std::string& child) {
  OsimFile& file = context.file;
  OsimJoint joint;
  joint.name = get_osim_name(node);
  joint.line = file.line_of(node);
  read_frames(context, node, child, joint);
  const pugi::xml_node old_set = node.child("CoordinateSet");
  for (pugi::xml_node coordinate : get_osim_objects(old_set ? old_set : node.child("coordinates"))) {
    joint.coordinates.push_back(read_osim_coordinate(file, coordinate));
    if (!context.coordinates.insert(joint.coordinates.back().name).second)
      file.add_error(coordinate, "a second coordinate of this name");
  }
  if (file.flag(node, "reverse", false)) file.add_error(node, "joints with <reverse> true cannot be read");
  const auto* found =
      std::find_if(std::begin(kJointClasses), std::end(kJointClasses),
                   [&](const JointClass& c) { return std::strcmp(c.name, node.name()) == 0; });
  if (found == std::end(kJointClasses)) {
    std::vector<std::string> known;
    for (const JointClass& c : kJointClasses) known.emplace_back(c.name);
    file.add_error(node,
                   fmt::format("this class of joint cannot be read; known are {}", fmt::join(known, ", ")));
    return joint;
  }
  joint.kind = found->kind;
  const int count = static_cast<int>(joint.coordinates.size());
  if (found->coordinate_count >= 0 && count != found->coordinate_count)
    file.add_error(node, fmt::format("has {} coordinates, needs {}", count, found->coordinate_count));
  if (joint.kind == OsimJointKind::kCustom) read_spatial_transform(file, node, joint);
  if (joint.kind == OsimJointKind::kEllipsoid) joint.radii = file.vector3(node, "radii_x_y_z", {});
  if (joint.kind == OsimJointKind::kConstantCurvature) {
    joint.neutral_angles = file.vector3(node, "neutral_angle_x_z_y", {});
    joint.length = file.positive(node, "length", 1.0);
  }
  return joint;
}

}  // namespace lumbarun
