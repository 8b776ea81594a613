// States of the runner in mid-run, feet in the ground, with noise on every coordinate: general numbers that
// keep the joints inside their ranges.
#pragma once

#include <vector>

#include "tests/forward/sample_gait.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun::test {

inline std::vector<MotionState> build_running_states(const Runner& runner, int count, unsigned seed) {
  oracles::Random random(seed);
  const PeriodicMotion motion = build_sample_motion(runner, 0.02);
  std::vector<MotionState> states;
  for (int i = 0; i < count; ++i) {
    MotionState s = motion.at_time(2.0 * kSampleStepTime * (i + 0.3) / count);
    for (Eigen::Index c = 0; c < s.q.size(); ++c) {
      const double share = c < 3 ? 0.1 : 1.0;  // the pelvis stays near the ground
      s.q[c] += share * random.uniform(-0.06, 0.06);
      s.v[c] += random.uniform(-0.8, 0.8);
      s.a[c] += random.uniform(-20.0, 20.0);
    }
    s.q[2] += 0.31;
    states.push_back(s);
  }
  return states;
}

inline int count_loaded_elements(const RunnerData<double>& data) {
  int loaded = 0;
  for (const auto& element : data.elements) loaded += element.normal_force > 10.0 ? 1 : 0;
  return loaded;
}

}  // namespace lumbarun::test
