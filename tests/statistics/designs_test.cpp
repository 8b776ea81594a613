// Designs: what each promises about its points.
#include "sim/statistics/designs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sim/core/errors.h"
#include "sim/statistics/correlation.h"

namespace lumbarun {
namespace {

TEST(Designs, LatinHypercubeHasOnePointPerSlice) {
  const SampleMatrix sample = calc_latin_hypercube(37, 5, 3);
  for (int factor = 0; factor < 5; ++factor) {
    std::set<int> slices;
    for (int i = 0; i < 37; ++i) slices.insert(static_cast<int>(std::floor(sample(i, factor) * 37)));
    EXPECT_EQ(slices.size(), 37u);
    EXPECT_EQ(*slices.begin(), 0);
    EXPECT_EQ(*slices.rbegin(), 36);
  }
  EXPECT_LT(std::abs((sample.col(0).array() - 0.5).matrix().dot((sample.col(1).array() - 0.5).matrix())) / 37,
            0.05);
}

// Any two of the first dimensions: 256 points, one in each cell of every binary partition that the (t, 8, 2)-net promises
// with t = 0 (dimensions 1 and 2).
TEST(Designs, SobolPointsFillElementaryBoxes) {
  const SampleMatrix sample = calc_sobol_sequence(256, 4, 17);
  for (int bits = 0; bits <= 8; ++bits) {
    std::set<std::pair<int, int>> boxes;
    for (int i = 0; i < 256; ++i) {
      boxes.insert({static_cast<int>(std::ldexp(sample(i, 0), bits)),
                    static_cast<int>(std::ldexp(sample(i, 1), 8 - bits))});
    }
    EXPECT_EQ(boxes.size(), 256u) << bits;
  }
  for (int factor = 0; factor < 4; ++factor) {
    std::set<int> slices;
    for (int i = 0; i < 256; ++i) slices.insert(static_cast<int>(sample(i, factor) * 256));
    EXPECT_EQ(slices.size(), 256u);
  }
}

// The integral of Π (1 + (x_i − 1/2) c): 1; the error of the sequence falls faster than that of chance.
TEST(Designs, SobolIntegratesBetterThanChance) {
  const auto error = [](const SampleMatrix& sample) {
    double sum = 0.0;
    for (Eigen::Index i = 0; i < sample.rows(); ++i) {
      double product = 1.0;
      for (Eigen::Index k = 0; k < sample.cols(); ++k) product *= 1 + 1.5 * (sample(i, k) - 0.5);
      sum += product;
    }
    return std::abs(sum / static_cast<double>(sample.rows()) - 1);
  };
  double sobol = 0.0;
  double chance = 0.0;
  for (int seed = 1; seed <= 10; ++seed) {
    sobol += error(calc_sobol_sequence(1024, 6, seed));
    chance += error(calc_monte_carlo(1024, 6, seed));
  }
  EXPECT_LT(sobol, 0.2 * chance);
}

TEST(Designs, SaltelliBlocksMixAAndB) {
  const SampleMatrix sample = calc_saltelli(16, 3, 5);
  ASSERT_EQ(sample.rows(), 16 * 5);
  for (int j = 0; j < 16; ++j) {
    const auto a = sample.row(5 * j);
    const auto b = sample.row(5 * j + 4);
    for (int i = 0; i < 3; ++i) {
      for (int k = 0; k < 3; ++k) EXPECT_EQ(sample(5 * j + 1 + i, k), k == i ? b(k) : a(k));
    }
    EXPECT_NE(a(0), b(0));
  }
}

TEST(Designs, MorrisStepsOneFactorAtATimeOnItsGrid) {
  const SampleMatrix sample = calc_morris(20, 4, 6, 9);
  ASSERT_EQ(sample.rows(), 100);
  std::set<int> levels;
  for (int t = 0; t < 20; ++t) {
    std::set<Eigen::Index> moved;
    for (int i = 0; i < 4; ++i) {
      const auto step = (sample.row(5 * t + i + 1) - sample.row(5 * t + i)).eval();
      Eigen::Index factor = 0;
      EXPECT_NEAR(step.cwiseAbs().maxCoeff(&factor), 6.0 / 10.0, 1e-12);
      EXPECT_NEAR(step.cwiseAbs().sum(), 0.6, 1e-12);
      moved.insert(factor);
    }
    EXPECT_EQ(moved.size(), 4u);
  }
  for (Eigen::Index i = 0; i < sample.size(); ++i) {
    const double level = sample.data()[i] * 5;
    EXPECT_NEAR(level, std::round(level), 1e-9);
    EXPECT_GE(level, -1e-9);
    EXPECT_LE(level, 5 + 1e-9);
    levels.insert(static_cast<int>(std::lround(level)));
  }
  EXPECT_EQ(levels.size(), 6u);
}

TEST(Designs, SeedsDifferAndRepeat) {
  EXPECT_EQ(calc_sobol_sequence(8, 3, 1), calc_sobol_sequence(8, 3, 1));
  EXPECT_NE(calc_sobol_sequence(8, 3, 1), calc_sobol_sequence(8, 3, 2));
  EXPECT_EQ(calc_latin_hypercube(8, 3, 1), calc_latin_hypercube(8, 3, 1));
  EXPECT_NE(calc_latin_hypercube(8, 3, 1), calc_latin_hypercube(8, 3, 2));
}

TEST(Designs, CorrelatedSampleKeepsItsColumnsAndGetsItsRanks) {
  const SampleMatrix sample = calc_latin_hypercube(2000, 3, 8);
  Eigen::Matrix3d wanted = Eigen::Matrix3d::Identity();
  wanted(0, 1) = wanted(1, 0) = 0.6;
  wanted(1, 2) = wanted(2, 1) = -0.3;
  const SampleMatrix mixed = calc_correlated_sample(sample, wanted);
  std::vector<std::vector<double>> columns(3);
  for (int k = 0; k < 3; ++k) {
    std::vector<double> before;
    for (int i = 0; i < 2000; ++i) {
      before.push_back(sample(i, k));
      columns[k].push_back(mixed(i, k));
    }
    std::vector<double> after = columns[k];
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before, after);
  }
  EXPECT_NEAR(calc_rank_correlation(columns[0], columns[1]), 0.6, 0.03);
  EXPECT_NEAR(calc_rank_correlation(columns[1], columns[2]), -0.3, 0.04);
  EXPECT_NEAR(calc_rank_correlation(columns[0], columns[2]), 0.0, 0.05);
  wanted(0, 2) = wanted(2, 0) = 0.9;  // with the other two, impossible
  EXPECT_THROW(calc_correlated_sample(sample, wanted), BadInput);
}

}  // namespace
}  // namespace lumbarun
