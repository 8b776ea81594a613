#include "scenarios/segment_motion.h"

#include "sim/multibody/energy.h"

namespace lumbarun {
namespace {

constexpr double kPointHeight_m = 1.75;  // of the runner in whom the points below are measured

struct SegmentPoint {
  const char* body[kFootCount];  // right, left
  Vector3<double> p_B;           // m
};
// Head: between the ears, 0.60 m above the origin of the thorax (estimate, from the skull that is drawn).
const std::array<SegmentPoint, kShockSegmentCount> kPoints = {{{{"tibia_r", "tibia_l"}, {0.0, -0.30, 0.0}},
                                                               {{"sacrum", "sacrum"}, {}},
                                                               {{"L3", "L3"}, {}},
                                                               {{"thorax", "thorax"}, {0.02, 0.60, 0.0}}}};

// Needs update_inverse_dynamics. Gravity enters there as an upward acceleration of the root.
double calc_upward_acceleration(const Model& model, const Data<double>& data, const char* name,
                                const Vector3<double>& p_B) {
  const Body& body = model.body(model.get_body(name));
  const LinkState<double>& link = data.link[body.link];
  const Vector3<double> arm = link.R_WL * (body.X_LB.rotation * p_B + body.X_LB.translation);
  const Vector3<double> a = link.a_WL + cross(link.alpha_WL, arm) + cross(link.w_WL, cross(link.w_WL, arm));
  return a.y - model.gravity;
}

}  // namespace

SegmentMotion calc_segment_motion(const ScenarioModel& built, const StrideSamples& stride) {
  const Runner& runner = built.get_simulated_runner();
  const double scale = built.person.height_m / kPointHeight_m;
  RunnerData<double> data(runner);
  SegmentMotion motion;
  for (Eigen::Index s = 0; s < stride.q.cols(); ++s) {
    const double *q = stride.q.col(s).data(), *u = stride.u.col(s).data();
    update_external_forces(runner, data, q, u);
    update_inverse_dynamics(runner.model, data.tree, u, stride.acceleration.col(s).data());
    for (int foot = 0; foot < kFootCount; ++foot) {
      for (int k = 0; k < kShockSegmentCount; ++k) {
        motion.acceleration[foot][k].push_back(
            calc_upward_acceleration(runner.model, data.tree, kPoints[k].body[foot], scale * kPoints[k].p_B));
      }
    }
    motion.mass_centre_height.push_back(
        dot(runner.contact.plane.normal, calc_mass_center(runner.model, data.tree).position));
  }
  return motion;
}

}  // namespace lumbarun
