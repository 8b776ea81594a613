// What an OpenSim model file says, in one vocabulary for all file versions. SI units and radians, names as in
// the file; `line` is the line of the element, for messages of later stages.
//
// Frames are flattened: an offset frame (4.x PhysicalOffsetFrame, 3.x location_in_parent) is given as its body
// and its pose X_BF in that body, orientation R = Rx Ry Rz (body-fixed X-Y-Z).
#pragma once

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/spatial/spatial.h"
#include "sim/spatial/transform.h"

namespace lumbarun {

inline constexpr const char* kOsimGround = "ground";

enum class OsimFunctionKind { kConstant, kLinear, kPolynomial, kSimmSpline, kPiecewiseLinear };

// scale · f(x). Linear: coefficients c_1 … c_n, c_0 of c_1 x_1 + … + c_n x_n + c_0; polynomial: highest power
// first; splines and piecewise linear: knots x, values y.
struct OsimFunction {
  OsimFunctionKind kind = OsimFunctionKind::kConstant;
  int line = 0;
  double scale = 1.0;  // product of all MultiplierFunctions around it
  std::vector<double> coefficients = {0.0};
  std::vector<double> x, y;
};

struct OsimBody {
  std::string name;
  int line = 0;
  RigidInertia inertia;  // kg, m, kg m²
};

enum class OsimMotionType { kRotational, kTranslational, kCoupled };

struct OsimCoordinate {
  std::string name;
  int line = 0;
  OsimMotionType motion_type = OsimMotionType::kRotational;
  double default_value = 0.0;  // rad or m
  double default_speed = 0.0;  // rad/s or m/s
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool is_clamped = false;
  bool is_locked = false;
  bool is_prescribed = false;
  std::optional<OsimFunction> prescribed_function;  // of time
};

enum class OsimJointKind {
  kWeld,
  kPin,
  kSlider,
  kUniversal,
  kBall,
  kGimbal,
  kFree,
  kPlanar,
  kEllipsoid,
  kConstantCurvature,
  kCustom
};

// One axis of a CustomJoint.
struct OsimTransformAxis {
  int line = 0;
  std::vector<std::string> coordinates;  // empty: constant
  Vector3<double> axis;                  // unit
  OsimFunction function;
};

// child in parent: X_PC(q) = X_PF · X_FM(q) · X_CM⁻¹.
struct OsimJoint {
  OsimJointKind kind = OsimJointKind::kWeld;
  std::string name;
  int line = 0;
  std::string parent, child;  // bodies
  Transform<double> X_PF, X_CM;
  std::vector<OsimCoordinate> coordinates;
  std::array<OsimTransformAxis, 6> axes;  // custom: three rotations, three translations
  Vector3<double> radii;                  // m, ellipsoid
  Vector3<double> neutral_angles;         // rad, constant curvature: about x, z, y
  double length = 0.0;                    // m, constant curvature
};

// dependent = scale · f(independent …).
struct OsimCoupler {
  std::string name;
  int line = 0;
  std::vector<std::string> independent;
  std::string dependent;
  OsimFunction function;
};

enum class OsimPathPointKind { kFixed, kConditional, kMoving };

struct OsimPathPoint {
  OsimPathPointKind kind = OsimPathPointKind::kFixed;
  std::string name;
  int line = 0;
  std::string body;
  Vector3<double> p_B;                 // m, fixed and conditional
  std::string coordinate;              // conditional
  double low = 0.0, high = 0.0;        // conditional: active while low <= coordinate <= high
  std::array<OsimFunction, 3> xyz;     // moving: place in the frame `X_BF` of the body, m
  std::array<std::string, 3> drivers;  // moving: coordinate of each; empty: constant
  Transform<double> X_BF;              // moving
};

enum class OsimWrapKind { kSphere, kCylinder, kEllipsoid, kTorus };

struct OsimWrapObject {
  OsimWrapKind kind = OsimWrapKind::kSphere;
  std::string name;
  int line = 0;
  std::string body;
  Transform<double> X_BS;
  Vector3<double> radii;   // m; sphere: three times the same; cylinder: x = y, axis z; torus: inner, outer
  double length = 0.0;     // m, cylinder
  int quadrant_axis = -1;  // 0 … 2, -1: whole surface
  double quadrant_sign = 1.0;
  bool is_active = true;
};

struct OsimPathWrap {
  std::string wrap_object;
  int line = 0;
  std::string method = "hybrid";
  int first_point = -1, last_point = -1;  // 0-based into the muscle's points; -1: its end
};

struct OsimMuscle {
  std::string type;  // class in the file: Thelen2003Muscle, …
  std::string name;
  int line = 0;
  bool applies_force = true;
  double max_isometric_force = 0.0;          // N
  double optimal_fiber_length = 0.0;         // m
  double tendon_slack_length = 0.0;          // m
  double pennation = 0.0;                    // rad, at optimal fibre length
  double max_contraction_velocity = 0.0;     // optimal fibre lengths per second
  std::map<std::string, double> parameters;  // every other number of the element, under the file's name
  std::vector<OsimPathPoint> points;
  std::vector<OsimPathWrap> wraps;
};

struct OsimMarker {
  std::string name;
  int line = 0;
  std::string body;
  Vector3<double> p_B;  // m
};

struct OsimDescription {
  std::string file;
  std::string name;
  int version = 0;                            // 30000 for 3.0, 40500 for 4.5
  Vector3<double> gravity = {0.0, 0.0, 0.0};  // m/s²
  std::vector<OsimBody> bodies;               // without ground
  std::vector<OsimJoint> joints;
  std::vector<OsimCoupler> couplers;  // those in force
  std::vector<OsimWrapObject> wrap_objects;
  std::vector<OsimMuscle> muscles;
  std::vector<OsimMarker> markers;
  std::vector<std::string> warnings;  // what the file has and this program does not use
};

}  // namespace lumbarun
