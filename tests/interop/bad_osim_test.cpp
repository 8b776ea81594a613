// Mistakes in model files: each is named with file, line, element and what would be right; all of them at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/errors.h"
#include "sim/interop/osim_model.h"
#include "sim/interop/osim_reader.h"
#include "tests/interop/tiny_osim.h"

namespace lumbarun {
namespace {

using test::body;
using test::joint;
using test::model;
using test::muscle;
using test::point;
using test::write_text;
using ::testing::AllOf;
using ::testing::HasSubstr;

std::string error_of(const std::string& text) {
  try {
    build_osim_model(read_osim(write_text(text)));
  } catch (const BadInput& error) {
    return error.what();
  }
  return "";
}

// Line of `needle` in `text`, as messages give it.
std::string line_of(const std::string& text, const std::string& needle) {
  const size_t at = text.find(needle);
  EXPECT_NE(at, std::string::npos);
  return ":" +
         std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n')) +
         ":";
}

const std::string kTwoBodies = body("thigh") + body("shank");
const std::string kTwoJoints = joint("PinJoint", "hip", "ground", "thigh", "hip_angle") +
                               joint("PinJoint", "knee", "thigh", "shank", "knee_angle");
const std::string kGoodPoints = point("thigh", "0 0 0.1") + point("shank", "0.1 0 0");

TEST(BadOsim, AGoodFileHasNoErrors) {
  EXPECT_EQ(error_of(model(kTwoBodies, kTwoJoints, muscle("m", kGoodPoints))), "");
}

TEST(BadOsim, TruncatedXml) {
  const std::string text = model(kTwoBodies, kTwoJoints);
  const std::string half = text.substr(0, text.size() / 2);
  const int lines = static_cast<int>(1 + std::count(half.begin(), half.end(), '\n'));
  EXPECT_THAT(error_of(half),
              AllOf(HasSubstr("TruncatedXml.osim:" + std::to_string(lines)), HasSubstr("not valid XML")));
}

TEST(BadOsim, WrongKindOfFile) {
  EXPECT_THAT(error_of("Coordinates\nversion=1\nendheader\ntime q\n0 1\n"), HasSubstr("not valid XML"));
  EXPECT_THAT(error_of("<robot name=\"r\"/>\n"), AllOf(HasSubstr(".osim:1:"), HasSubstr("<robot>")));
  EXPECT_THAT(error_of("<OpenSimDocument Version=\"40000\">\n<AnalyzeTool/></OpenSimDocument>\n"),
              HasSubstr("holds <AnalyzeTool>, expected <Model>"));
  EXPECT_THAT(error_of(model(kTwoBodies, kTwoJoints, "", "", "70000")), HasSubstr("Version=\"70000\""));
  EXPECT_THROW(read_osim("no/such/file.osim"), BadInput);
}

TEST(BadOsim, UnknownBodyInAPathPoint) {
  const std::string text = model(kTwoBodies, kTwoJoints, muscle("m", point("shang", "0 0 1") + kGoodPoints));
  EXPECT_THAT(error_of(text), AllOf(HasSubstr(line_of(text, "/bodyset/shang")), HasSubstr("'/bodyset/shang'"),
                                    HasSubstr("nearest known one is 'shank'")));
}

TEST(BadOsim, CyclicParents) {
  const std::string text = model(kTwoBodies, joint("PinJoint", "hip", "shank", "thigh", "hip_angle") +
                                                 joint("PinJoint", "knee", "thigh", "shank", "knee_angle"));
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("in a circle"), HasSubstr("('shank' -> 'thigh'"),
                                    HasSubstr(line_of(text, "<PinJoint name=\"knee\""))));
}

TEST(BadOsim, FramesInACircle) {
  std::string text = model(kTwoBodies, kTwoJoints);
  text.insert(text.find("</Body>"), "<components>" + test::frame("a", "../b", "0 0 0", "0 0 0") +
                                        test::frame("b", "../a", "0 0 0", "0 0 0") + "</components>");
  EXPECT_THAT(error_of(text), HasSubstr("its own ancestor"));
}

TEST(BadOsim, ClosedLoopAndLooseBody) {
  EXPECT_THAT(error_of(model(kTwoBodies, kTwoJoints + joint("PinJoint", "third", "ground", "shank", "x"))),
              HasSubstr("already the child of joint 'knee'"));
  EXPECT_THAT(error_of(model(kTwoBodies + body("foot"), kTwoJoints)),
              HasSubstr("body 'foot' is the child of no joint"));
}

TEST(BadOsim, MissingCoordinate) {
  const std::string points =
      "<ConditionalPathPoint name=\"c\"><socket_parent_frame>/bodyset/thigh</socket_parent_frame>"
      "<location>0 0 0</location><range>0 1</range>\n<socket_coordinate>/jointset/knee/knee_angel"
      "</socket_coordinate></ConditionalPathPoint>\n";
  const std::string text = model(kTwoBodies, kTwoJoints, muscle("m", points + kGoodPoints));
  EXPECT_THAT(error_of(text),
              AllOf(HasSubstr(line_of(text, "knee_angel<")), HasSubstr("'knee_angel' is no coordinate"),
                    HasSubstr("nearest known one is 'knee_angle'")));
}

TEST(BadOsim, NegativeLengthsAndMass) {
  std::string bodies = kTwoBodies;
  bodies.replace(bodies.find("<mass>2"), 7, "<mass>-2");
  const std::string text = model(bodies, kTwoJoints,
                                 muscle("m", kGoodPoints,
                                        "<optimal_fiber_length>-0.1</optimal_fiber_length>\n"
                                        "<tendon_slack_length>-0.2</tendon_slack_length>\n"));
  EXPECT_THAT(error_of(text), AllOf(HasSubstr("-2 of <Body name=\"thigh\"> must not be negative"),
                                    HasSubstr(line_of(text, "<optimal_fiber")),
                                    HasSubstr("-0.1 of <Millard2012EquilibriumMuscle name=\"m\">"),
                                    HasSubstr(line_of(text, "<tendon_slack")), HasSubstr("-0.2 of")));
}

TEST(BadOsim, WrapObjectsAndRanges) {
  const std::string wraps =
      "<WrapObjectSet><objects><WrapCylinder "
      "name=\"w\"><radius>-0.02</radius><quadrant>up</quadrant></WrapCylinder>"
      "</objects></WrapObjectSet>";
  const std::string text = model(
      body("thigh", wraps) + body("shank"), kTwoJoints,
      muscle("m", kGoodPoints, "", "<PathWrap><wrap_object>v</wrap_object><range>1 5</range></PathWrap>"));
  EXPECT_THAT(error_of(text),
              AllOf(HasSubstr("must be above 0"), HasSubstr("'up' is none of all, x"),
                    HasSubstr("'v' is no wrap object"), HasSubstr("outside the path's 2 points")));
}

TEST(BadOsim, JointsAndFunctions) {
  EXPECT_THAT(error_of(model(kTwoBodies, joint("PinJoint", "hip", "ground", "thigh", "a b") +
                                             joint("RopeJoint", "knee", "thigh", "shank", "c"))),
              AllOf(HasSubstr("has 2 coordinates, needs 1"), HasSubstr("<RopeJoint name=\"knee\">"),
                    HasSubstr("known are WeldJoint")));
  const std::string transform =
      "<SpatialTransform><TransformAxis name=\"rotation1\"><coordinates>other</coordinates><axis>0 0 1</axis>"
      "<SimmSpline name=\"function\"><x>0 0 1</x><y>1 2 3</y></SimmSpline></TransformAxis>"
      "<TransformAxis name=\"rotation2\"><coordinates>a</coordinates><axis>0 0 0</axis>"
      "<Sine name=\"function\"/></TransformAxis></SpatialTransform>";
  EXPECT_THAT(error_of(model(body("thigh"), joint("CustomJoint", "hip", "ground", "thigh", "a", transform))),
              AllOf(HasSubstr("'other' is none of its coordinates"), HasSubstr("do not increase"),
                    HasSubstr("has no direction"), HasSubstr("has <coordinates> but no function")));
}

TEST(BadOsim, CouplersInACircle) {
  const auto coupler = [](const std::string& from, const std::string& to) {
    return "<CoordinateCouplerConstraint name=\"" + to +
           "\"><LinearFunction name=\"coupled_coordinates_function\">"
           "<coefficients>1 0</coefficients></LinearFunction><independent_coordinate_names>" +
           from + "</independent_coordinate_names><dependent_coordinate_name>" + to +
           "</dependent_coordinate_name></CoordinateCouplerConstraint>\n";
  };
  EXPECT_THAT(error_of(model(kTwoBodies, kTwoJoints, "",
                             coupler("hip_angle", "knee_angle") + coupler("knee_angle", "hip_angle"))),
              HasSubstr("couplers of coordinate 'hip_angle' go in a circle"));
}

TEST(BadOsim, NumbersAndAllErrorsAtOnce) {
  std::string text =
      model(kTwoBodies, kTwoJoints, muscle("m", point("thigh", "0 0 x") + point("foot", "nan 0 0")));
  const std::string error = error_of(text);
  EXPECT_THAT(error, AllOf(HasSubstr("'x' is not a number"), HasSubstr("'nan' is not a number"),
                           HasSubstr("'/bodyset/foot'")));
  EXPECT_GE(std::count(error.begin(), error.end(), '\n'), 2);
}

TEST(BadOsim, WhatIsNotReadIsWarnedAbout) {
  const std::string wraps =
      "<WrapObjectSet><objects><WrapTorus "
      "name=\"w\"><inner_radius>0.01</inner_radius><outer_radius>0.02</outer_radius>"
      "</WrapTorus></objects></WrapObjectSet>";
  const OsimDescription description =
      read_osim(write_text(model(body("thigh", wraps) + body("shank"), kTwoJoints,
                                 "<PointToPointSpring name=\"s\"/>", "<WeldConstraint name=\"w\"/>")));
  ASSERT_EQ(description.warnings.size(), 3u);
  EXPECT_THAT(description.warnings[0], HasSubstr("<WrapTorus name=\"w\">: paths do not wrap over a torus"));
  EXPECT_THAT(description.warnings[1], HasSubstr("<WeldConstraint name=\"w\">"));
  EXPECT_THAT(description.warnings[2], HasSubstr("1 <PointToPointSpring> in <ForceSet> not read"));
}

}  // namespace
}  // namespace lumbarun
