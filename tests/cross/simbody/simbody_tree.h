// A tree in Simbody (Sherman, Seth & Delp 2011, Procedia IUTAM 2:241) behind plain types: Simbody 3.7's
// headers do not compile as C++20, so its source is C++17 and includes nothing of ours. One mobilized body
// per link. A hinge is a Pin, which turns about Z of its frames, a slide a Slider, which moves along X; a
// constant rotation on both sides carries that axis onto the link's, sense included.
#pragma once

#include <Eigen/Geometry>
#include <memory>
#include <vector>

namespace lumbarun::crosscheck {

struct SimbodyLink {
  int parent = -1;  // -1: the world
  Eigen::Isometry3d X_PF = Eigen::Isometry3d::Identity();
  bool is_slide = false;
  Eigen::Vector3d axis = Eigen::Vector3d::UnitZ();  // with its sense
  double mass = 0.0;
  Eigen::Vector3d center_of_mass = Eigen::Vector3d::Zero();
  Eigen::Matrix3d central_inertia = Eigen::Matrix3d::Zero();
};

struct SimbodyWrench {
  Eigen::Vector3d moment, force;
};

struct SimbodyMotion {
  Eigen::Isometry3d X_WL;
  Eigen::Vector3d w_WL, v_WL;
};

class SimbodyTree {
 public:
  SimbodyTree(const std::vector<SimbodyLink>& links, double gravity);
  ~SimbodyTree();

  void set_state(const std::vector<double>& q, const std::vector<double>& v);
  // Mobility forces, and wrenches on each link about its origin in W.
  void set_forces(const std::vector<double>& tau, const std::vector<SimbodyWrench>& applied);

  SimbodyMotion calc_motion(int link);
  // tau for accelerations `a`, under gravity and the wrenches set above; the mobility forces set above do not
  // enter.
  std::vector<double> calc_inverse_dynamics(const std::vector<double>& a);
  std::vector<double> calc_forward_dynamics();
  // Wrench parent -> link about the link origin, mobility force included. Call calc_forward_dynamics before.
  SimbodyWrench calc_reaction(int link) const;
  // Row-major.
  std::vector<double> calc_mass_matrix();

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace lumbarun::crosscheck
