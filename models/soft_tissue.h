// Soft (wobbling) masses of thigh, shank and trunk: what of a segment's mass is not bone rides on it on three damped springs.
//   m ẍ = -k x - c ẋ  along each axis of the segment,   m = share · segment mass,   k = m (2π f)²,   c = 2 ζ m (2π f)
// with the segment's own shape for both parts, so that at rest the segment is as heavy and as bulky as before.
//   share: thigh 0.5, shank 0.4, trunk 0.3: estimates; Liu & Nigg 2000 (J Biomech 33:219, table 1) let half of the support
//     leg and 80 % of the rest wobble, on springs that also stand for joints.
//   f = 12 Hz, ζ = 0.25: estimates, between the few Hz of those springs and the tens of Hz of a heel pad.
// The plan does not know them (their motion is faster than its knots): only the forward simulation and what follows does.
#pragma once

#include <string>
#include <vector>

#include "sim/multibody/model.h"
#include "sim/tissue/passive_joint.h"

namespace lumbarun {

inline constexpr double kSoftTissueFrequency = 12.0;     // Hz
inline constexpr double kSoftTissueDampingRatio = 0.25;  // 1

// Share of a right or middle body's own mass that wobbles; 0 for a body without soft mass.
double get_soft_share(const std::string& right_body);

// "femur_r" -> "femur_soft_r".
std::string get_soft_body_name(const std::string& body);

// The three slides of a soft mass on its body; the left one mirrored.
std::vector<JointAxis> build_soft_axes(const std::string& soft_body, bool is_left);

// Springs and dampers of all soft masses of a model.
std::vector<RangeLaw> build_soft_tissue_laws(const Model& model);

}  // namespace lumbarun
