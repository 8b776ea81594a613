// The tree: links, one coordinate each, and the bodies that ride on them.
//
// A joint of several degrees of freedom is a chain of links (free = 3 slides + 3 hinges, hip = 3 hinges).
// Link i moves relative to a frame F fixed in its parent link (or in the world W):
//   hinge:  X_FL(q) = rotation by sign·q about a coordinate axis of F
//   slide:  X_FL(q) = translation by sign·q along a coordinate axis of F
// A body B is fixed in one link L: X_LB. Oblique axes are reached by the constant rotations in X_PF and X_LB.
// Gravity acts along -Y of W, always. Model is immutable once built and shared by all threads.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/core/index.h"
#include "sim/core/units.h"
#include "sim/spatial/spatial.h"
#include "sim/spatial/transform.h"

namespace lumbarun {

enum class JointKind { kHinge, kSlide };

struct Link {
  std::string coordinate;  // OpenSim name
  CoordinateIndex parent;  // invalid: the world
  Transform<double> X_PF;  // joint frame F in the parent link
  JointKind kind = JointKind::kHinge;
  Axis axis = Axis::kZ;
  double sign = 1.0;     // ±1: sense of the axis
  RigidInertia inertia;  // all bodies on this link, in the link frame
};

struct Body {
  std::string name;
  CoordinateIndex link;    // invalid: fixed in the world
  Transform<double> X_LB;  // body frame in its link
  RigidInertia inertia;    // in the body frame
};

// Placement of a joint chain between two bodies: coordinates in order from parent to child.
struct JointAxis {
  std::string coordinate;
  JointKind kind = JointKind::kHinge;
  Axis axis = Axis::kZ;
  double sign = 1.0;
};

class Model {
 public:
  // Adds body `name` joined to `parent` (invalid: world) by the chain `axes` (empty: welded):
  //   X_parent,child(q) = X_PF · chain(q) · X_CM⁻¹,  X_PF joint frame in the parent body, X_CM joint frame in
  //   the child.
  // A body with mass 0 is a massless frame and has no inertia. LogicFailure, and no change, when a name is
  // taken, a sign is not ±1, or the inertia is none that a body can have.
  BodyIndex add_body(const std::string& name, BodyIndex parent, const Transform<double>& X_PF,
                     const std::vector<JointAxis>& axes, const Transform<double>& X_CM,
                     const RigidInertia& inertia);

  int coordinate_count() const { return static_cast<int>(links_.size()); }
  int body_count() const { return static_cast<int>(bodies_.size()); }
  const std::vector<Link>& links() const { return links_; }
  const std::vector<Body>& bodies() const { return bodies_; }
  const Link& link(CoordinateIndex i) const { return links_[i]; }
  const Body& body(BodyIndex i) const { return bodies_[i]; }

  // Throws BadInput with the nearest known name.
  CoordinateIndex get_coordinate(const std::string& name) const;
  BodyIndex get_body(const std::string& name) const;
  std::optional<CoordinateIndex> find_coordinate(const std::string& name) const;
  std::optional<BodyIndex> find_body(const std::string& name) const;

  double total_mass() const;          // kg
  double gravity = kStandardGravity;  // m/s², along -Y

  // True when `ancestor` lies on the path from `link` (inclusive) to the world.
  bool is_on_path(CoordinateIndex ancestor, CoordinateIndex link) const;

 private:
  std::vector<Link> links_;
  std::vector<Body> bodies_;
};

}  // namespace lumbarun
