// A joint of a model file as a sequence of steps along or about one axis each.
#pragma once

#include <string>
#include <vector>

#include "sim/interop/coordinate_map.h"
#include "sim/interop/osim_description.h"
#include "sim/multibody/model.h"

namespace lumbarun {

struct JointStep {
  JointKind kind = JointKind::kHinge;
  std::string name;       // "rotation1", …
  Vector3<double> axis;   // unit, in the frame that the steps before have reached
  CoordinateDrive drive;  // no arguments: constant
};

// The steps of X_FM(q), parent to child; `coordinates[i]` is the model's index of the joint's i-th coordinate.
std::vector<JointStep> build_joint_steps(const OsimJoint& joint, const std::vector<int>& coordinates);

// Adds body `name` to the tree by X_PF · steps · X_CM⁻¹: one massless frame and link per moving step, constant steps
// in the offsets. The links are called `prefix/step`; their drives are appended to `links`.
BodyIndex add_joint_chain(Model& tree, std::vector<CoordinateDrive>& links, const std::string& name,
                          const std::string& prefix, BodyIndex parent, const Transform<double>& X_PF,
                          const std::vector<JointStep>& steps, const Transform<double>& X_CM,
                          const RigidInertia& inertia);

}  // namespace lumbarun
