#include "sim/dynamics/symmetry.h"

#include <algorithm>
#include <cmath>

#include "sim/dynamics/equations_of_motion.h"

namespace lumbarun {

namespace {

constexpr double kTolerance = 1e-8;
constexpr int kStates = 3;
constexpr double kDepth = 0.005;  // m, of the higher foot's lowest element in the ground

Eigen::VectorXd calc_mirrored(const MirrorMap& map, const Eigen::VectorXd& x) {
  Eigen::VectorXd y(x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) y[i] = map.sign[i] * x[map.partner[i]];
  return y;
}

// Numbers without a pattern that the mirror could keep.
Eigen::VectorXd calc_arbitrary(int n, double size, double seed) {
  Eigen::VectorXd x(n);
  for (int i = 0; i < n; ++i) x[i] = size * std::sin(seed + 1.7 * i + 0.3 * i * i);
  return x;
}

// Height of the higher foot's lowest element over the plane [m].
double calc_higher_foot(const Runner& runner, const RunnerData<double>& data) {
  double higher = -1e9;
  for (int foot = 0; foot < kFootCount; ++foot) {
    double lowest = 1e9;
    for (size_t e = 0; e < runner.contact.elements.size(); ++e) {
      if (runner.contact.elements[e].foot == foot) lowest = std::min(lowest, data.elements[e].gap);
    }
    higher = std::max(higher, lowest);
  }
  return higher;
}

}  // namespace

bool is_symmetric(const Runner& runner) {
  const int n = runner.model.coordinate_count();
  RunnerData<double> data(runner);
  Eigen::VectorXd torque(n), image(n);
  for (int s = 0; s < kStates; ++s) {
    Eigen::VectorXd q = calc_arbitrary(n, 0.1, s);
    const Eigen::VectorXd v = calc_arbitrary(n, 1.0, 0.4 + s), a = calc_arbitrary(n, 10.0, 0.8 + s);
    update_external_forces(runner, data, q.data(), v.data());
    q[runner.model.get_coordinate("pelvis_ty")] -= calc_higher_foot(runner, data) + kDepth;
    calc_actuator_torques(runner, data, q.data(), v.data(), a.data(), torque.data());
    const Eigen::VectorXd q_image = calc_mirrored(runner.mirror, q),
                          v_image = calc_mirrored(runner.mirror, v),
                          a_image = calc_mirrored(runner.mirror, a);
    calc_actuator_torques(runner, data, q_image.data(), v_image.data(), a_image.data(), image.data());
    const double scale = std::max(runner.body_weight(), torque.cwiseAbs().maxCoeff());
    if ((image - calc_mirrored(runner.mirror, torque)).cwiseAbs().maxCoeff() > kTolerance * scale)
      return false;
  }
  return true;
}

bool is_symmetric(const JointStrength& strength, const MirrorMap& mirror) {
  const double limit = kTolerance * std::max(strength.positive.maxCoeff(), strength.negative.maxCoeff());
  for (Eigen::Index i = 0; i < strength.positive.size(); ++i) {
    const int j = mirror.partner[i];
    const bool turns = mirror.sign[i] < 0.0;
    const double positive = turns ? strength.negative[j] : strength.positive[j];
    const double negative = turns ? strength.positive[j] : strength.negative[j];
    if (std::abs(strength.positive[i] - positive) > limit) return false;
    if (std::abs(strength.negative[i] - negative) > limit) return false;
  }
  return true;
}

}  // namespace lumbarun
