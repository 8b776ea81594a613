// A sharing problem of full size with the sparsity of a runner, from a seed.
#pragma once

#include <Eigen/Core>
#include <random>
#include <string>

#include "sim/sharing/sharing_problem.h"

namespace lumbarun {

inline constexpr int kTestLumbarRows = 18;  // six levels × three axes
inline constexpr int kTestRows = 30;        // and per leg three hip, one knee, one ankle, one subtalar
inline constexpr int kTestTrunkMuscles = 252;
inline constexpr int kTestMuscles = 332;

inline SharingSetup build_test_setup(SharingObjective objective, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  SharingSetup setup;
  for (int k = 0; k < kTestRows; ++k) {
    const std::string name = "row_" + std::to_string(k);
    setup.reserves.push_back(k < kTestLumbarRows ? build_disc_reserve(name, 80.0 + 300.0 * uniform(random))
                                                 : build_torque_reserve(name));
  }
  setup.weight.resize(kTestMuscles);
  for (double& w : setup.weight) w = 0.3 + 1.4 * uniform(random);
  setup.objective = objective;
  return setup;
}

// Trunk fascicles cross one to six levels with arms of some centimetres about all three axes, every eighth
// one (psoas) also a hip; leg muscles cross the hip, the knee or the ankle, some two of them. The moment is
// the one of random activations in floor … 0.6 times `demand`, so demand = 1 is feasible and demand = 5
// mostly is not.
inline SharingSample build_test_sample(unsigned seed, double demand = 1.0, double floor = 0.015) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::normal_distribution<double> normal(0.0, 1.0);
  SharingSample sample;
  sample.moment_arm_m.setZero(kTestRows, kTestMuscles);
  sample.capacity_N.resize(kTestMuscles);
  sample.passive_force_N.resize(kTestMuscles);
  Eigen::VectorXd activation(kTestMuscles);
  const auto fill = [&](int muscle, int first, int count, double size) {
    for (int k = first; k < first + count; ++k) sample.moment_arm_m(k, muscle) = size * normal(random);
  };
  for (int i = 0; i < kTestMuscles; ++i) {
    const bool trunk = i < kTestTrunkMuscles;
    const int hip = kTestLumbarRows + 6 * (i % 2);
    if (trunk) {
      const int first = static_cast<int>(6.0 * uniform(random));
      const int last = first + static_cast<int>((6 - first) * uniform(random));
      fill(i, 3 * first, 3 * (last - first + 1), 0.04);
      if (i % 8 < 2) fill(i, hip, 3, 0.03);
    } else {
      const double kind = uniform(random);
      if (kind < 0.7) fill(i, hip, 3, 0.04);
      if (kind > 0.5) fill(i, hip + 3, 1, 0.04);
      if (kind > 0.75) fill(i, hip + 4, 2, 0.03);
    }
    sample.capacity_N[i] = trunk ? 40.0 + 500.0 * uniform(random) : 200.0 + 2500.0 * uniform(random);
    sample.passive_force_N[i] = 20.0 * uniform(random);
    activation[i] = floor + 0.6 * uniform(random) * uniform(random);
  }
  sample.lower.setConstant(kTestMuscles, floor);
  sample.upper.setOnes(kTestMuscles);
  sample.net_moment_nm =
      demand * (sample.moment_arm_m * (sample.capacity_N.cwiseProduct(activation) + sample.passive_force_N));
  return sample;
}

// The next sample of a recording: moments, arms and capacities a few per cent away.
inline SharingSample build_next_sample(const SharingSample& before, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<double> normal(0.0, 1.0);
  SharingSample sample = before;
  for (double& m : sample.net_moment_nm) m *= 1.0 + 0.03 * normal(random);
  for (double& c : sample.capacity_N) c *= 1.0 + 0.02 * (std::uniform_real_distribution(-1.0, 1.0)(random));
  for (Eigen::Index i = 0; i < sample.moment_arm_m.size(); ++i) {
    sample.moment_arm_m.data()[i] *= 1.0 + 0.01 * normal(random);
  }
  return sample;
}

}  // namespace lumbarun
