// Small model files for tests: version 4 text around the given elements, written to the test's temporary folder.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace lumbarun::test {

inline std::filesystem::path write_text(const std::string& text) {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path path =
      std::filesystem::path(::testing::TempDir()) / (std::string("interop_") + info->name() + ".osim");
  std::ofstream(path) << text;
  return path;
}

inline std::string body(const std::string& name, const std::string& inside = "") {
  return "<Body name=\"" + name +
         "\"><mass>2</mass><mass_center>0 0.1 0</mass_center><inertia>1 2 2 0 0 0</inertia>" + inside +
         "</Body>\n";
}

inline std::string frame(const std::string& name, const std::string& parent, const std::string& translation,
                         const std::string& orientation) {
  return "<PhysicalOffsetFrame name=\"" + name + "\"><socket_parent>" + parent +
         "</socket_parent><translation>" + translation + "</translation><orientation>" + orientation +
         "</orientation></PhysicalOffsetFrame>\n";
}

// Joint between two bodies with offsets on both sides.
inline std::string joint(const std::string& type, const std::string& name, const std::string& parent,
                         const std::string& child, const std::string& coordinates,
                         const std::string& inside = "") {
  std::string text = "<" + type + " name=\"" + name +
                     "\">\n<socket_parent_frame>p_offset</socket_parent_frame>\n" +
                     "<socket_child_frame>c_offset</socket_child_frame>\n<coordinates>";
  for (size_t start = 0; start < coordinates.size();) {
    const size_t end = std::min(coordinates.find(' ', start), coordinates.size());
    text += "<Coordinate name=\"" + coordinates.substr(start, end - start) + "\"/>";
    start = end + 1;
  }
  const std::string parent_path = parent == "ground" ? "/ground" : "/bodyset/" + parent;
  return text + "</coordinates>\n<frames>\n" +
         frame("p_offset", parent_path, "0.1 0.2 -0.3", "0.2 -0.1 0.4") +
         frame("c_offset", "/bodyset/" + child, "0.05 -0.1 0.02", "-0.3 0.1 0.2") + "</frames>\n" + inside +
         "</" + type + ">\n";
}

inline std::string muscle(const std::string& name, const std::string& points, const std::string& inside = "",
                          const std::string& wraps = "") {
  return "<Millard2012EquilibriumMuscle name=\"" + name + "\">\n" + inside +
         "<GeometryPath><PathPointSet><objects>\n" + points +
         "</objects></PathPointSet>\n<PathWrapSet><objects>" + wraps + "</objects></PathWrapSet>" +
         "</GeometryPath></Millard2012EquilibriumMuscle>\n";
}

inline std::string point(const std::string& body, const std::string& location) {
  return "<PathPoint name=\"p\"><socket_parent_frame>/bodyset/" + body + "</socket_parent_frame><location>" +
         location + "</location></PathPoint>\n";
}

inline std::string model(const std::string& bodies, const std::string& joints, const std::string& forces = "",
                         const std::string& constraints = "", const std::string& version = "40500") {
  return "<?xml version=\"1.0\"?>\n<OpenSimDocument Version=\"" + version + "\">\n<Model name=\"tiny\">\n" +
         "<Ground name=\"ground\"/>\n<BodySet><objects>\n" + bodies +
         "</objects></BodySet>\n<JointSet><objects>\n" + joints +
         "</objects></JointSet>\n<ConstraintSet><objects>\n" + constraints +
         "</objects></ConstraintSet>\n<ForceSet><objects>\n" + forces +
         "</objects></ForceSet>\n</Model>\n</OpenSimDocument>\n";
}

}  // namespace lumbarun::test
