// A runner and a smooth periodic motion for tests: the measured norm at 3.3 m/s, put on the ground, not
// planned. Its root balance does not hold; everything that needs only a motion does.
#pragma once

#include <algorithm>

#include "models/reference_motion.h"
#include "models/runner_builder.h"
#include "sim/dynamics/equations_of_motion.h"
#include "sim/forward/torque_plan.h"

namespace lumbarun::test {

constexpr int kSampleKnots = 20;
constexpr double kSampleSpeed = 3.3, kSampleStepTime = 0.36;  // m/s, s

inline Runner build_sample_runner() {
  return build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), RunnerParameters{});
}

// `depth`: of the lowest sole point over the stride, below the ground [m]; negative for a motion in the air.
inline PeriodicMotion build_sample_motion(const Runner& runner, double depth) {
  const GaitNorm norm = GaitNorm::read(LUMBARUN_SOURCE_DIR "/models/gaits");
  const ReferenceMotion reference =
      build_reference_motion(runner.model, norm, kSampleSpeed, 1.0 / kSampleStepTime);
  const int n = runner.model.coordinate_count();
  Periodicity periodicity{runner.mirror, kSampleStepTime, Eigen::VectorXd::Zero(n)};
  periodicity.advance[0] = kSampleSpeed * kSampleStepTime;
  PeriodicMotion motion =
      PeriodicMotion::interpolate(periodicity, kSampleKnots, [&](double t) { return reference(t).q; });
  RunnerData<double> data(runner);
  double lowest = 1e9;
  for (int k = 0; k < kSampleKnots; ++k) {
    const MotionState s = motion.at_knot(k);
    update_external_forces(runner, data, s.q.data(), s.v.data());
    for (const auto& element : data.elements) lowest = std::min(lowest, element.gap);
  }
  motion.coefficients.row(1).array() -= lowest + depth;
  return motion;
}

}  // namespace lumbarun::test
