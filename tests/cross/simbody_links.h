// Our model in the words of tests/cross/simbody/simbody_tree.h.
#pragma once

#include <vector>

#include "sim/multibody/model.h"
#include "tests/cross/simbody/simbody_tree.h"

namespace lumbarun::crosscheck {

inline std::vector<SimbodyLink> build_simbody_links(const Model& model) {
  std::vector<SimbodyLink> links;
  for (const Link& link : model.links()) {
    SimbodyLink s;
    s.parent = link.parent.value();
    s.X_PF.linear() = to_eigen(link.X_PF.rotation);
    s.X_PF.translation() = to_eigen(link.X_PF.translation);
    s.is_slide = link.kind == JointKind::kSlide;
    s.axis = link.sign * Eigen::Vector3d::Unit(static_cast<int>(link.axis));
    s.mass = link.inertia.mass;
    s.center_of_mass = to_eigen(link.inertia.center_of_mass);
    s.central_inertia = to_eigen(link.inertia.inertia);
    links.push_back(s);
  }
  return links;
}

}  // namespace lumbarun::crosscheck
