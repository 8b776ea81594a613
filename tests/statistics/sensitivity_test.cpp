// Sensitivity measures against functions whose values are known.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/statistics/bootstrap.h"
#include "sim/statistics/correlation.h"
#include "sim/statistics/effect_size.h"
#include "sim/statistics/elementary_effects.h"
#include "sim/statistics/random_source.h"
#include "sim/statistics/sobol_indices.h"
#include "tests/oracles/sensitivity_functions.h"

namespace lumbarun {
namespace {

template <typename Function>
std::vector<double> evaluate(const SampleMatrix& sample, Function function) {
  std::vector<double> output;
  for (Eigen::Index i = 0; i < sample.rows(); ++i) output.push_back(function(sample.row(i).data()));
  return output;
}

void expect_indices(const std::vector<SobolIndex>& found, const oracles::KnownIndices& known,
                    double tolerance) {
  ASSERT_EQ(found.size(), known.first.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_NEAR(found[i].first.value, known.first[i], tolerance) << "first " << i;
    EXPECT_NEAR(found[i].total.value, known.total[i], tolerance) << "total " << i;
    EXPECT_LE(found[i].first.low, found[i].first.value);
    EXPECT_GE(found[i].first.high, found[i].first.value);
    EXPECT_LE(found[i].total.low, known.total[i] + tolerance);
    EXPECT_GE(found[i].total.high, known.total[i] - tolerance);
  }
}

TEST(SobolIndices, Ishigami) {
  const SampleMatrix sample = calc_saltelli(4096, 3, 1);
  expect_indices(calc_sobol_indices(evaluate(sample, oracles::ishigami), 3, 200), oracles::ishigami_indices(),
                 0.01);
}

TEST(SobolIndices, GFunction) {
  const SampleMatrix sample = calc_saltelli(4096, 8, 2);
  expect_indices(calc_sobol_indices(evaluate(sample, oracles::g_function), 8, 100), oracles::g_indices(),
                 0.01);
}

// 40 designs of 128 blocks: the 95 % interval of the largest index holds the true value nearly always (the sequence is better
// than the chance that the bootstrap assumes), and is not trivially wide.
TEST(SobolIndices, BootstrapIntervalsCover) {
  const auto known = oracles::ishigami_indices();
  int covered = 0;
  double width = 0.0;
  for (int seed = 1; seed <= 40; ++seed) {
    const auto found =
        calc_sobol_indices(evaluate(calc_saltelli(128, 3, seed), oracles::ishigami), 3, 200, seed);
    covered += found[1].total.low <= known.total[1] && known.total[1] <= found[1].total.high;
    width += (found[1].total.high - found[1].total.low) / 40;
  }
  EXPECT_GE(covered, 36);
  EXPECT_LT(width, 0.25);
  EXPECT_GT(width, 0.02);
}

TEST(SobolIndices, BlocksWithoutAnAnswerAreLeftOut) {
  const SampleMatrix sample = calc_saltelli(4096, 3, 3);
  std::vector<double> output = evaluate(sample, oracles::ishigami);
  for (std::size_t i = 0; i < output.size(); i += 97) output[i] = std::nan("");
  expect_indices(calc_sobol_indices(output, 3, 100), oracles::ishigami_indices(), 0.04);
  const auto none = calc_sobol_indices(std::vector<double>(10, std::nan("")), 3, 10);
  EXPECT_TRUE(std::isnan(none[0].first.value));
  const auto constant = calc_sobol_indices(std::vector<double>(50, 2.0), 3, 10);
  EXPECT_TRUE(std::isnan(constant[0].total.value));
}

// Linear: every effect is the coefficient, σ = 0. An interaction c x3 x4 shows in σ of both and nowhere else.
TEST(ElementaryEffects, LinearTermsAndInteractions) {
  const SampleMatrix sample = calc_morris(40, 5, 4, 12);
  const auto output = evaluate(sample, [](const double* x) { return 3 * x[0] - 2 * x[1] + 5 * x[2] * x[3]; });
  const auto effects = calc_elementary_effects(sample, output);
  EXPECT_NEAR(effects[0].mean, 3, 1e-9);
  EXPECT_NEAR(effects[1].mean, -2, 1e-9);
  EXPECT_NEAR(effects[1].mean_size.value, 2, 1e-9);
  EXPECT_NEAR(effects[0].deviation, 0, 1e-9);
  EXPECT_NEAR(effects[1].deviation, 0, 1e-9);
  EXPECT_NEAR(effects[4].mean_size.value, 0, 1e-12);
  for (const int i : {2, 3}) {
    EXPECT_GT(effects[i].deviation, 1.0);
    EXPECT_NEAR(effects[i].mean, 2.5, 0.8);  // 5 · the mean of the other factor
    EXPECT_EQ(effects[i].count, 40);
  }
}

// Morris' own function of 20 inputs (1991, section 4.1): inputs 1 to 10 matter, of them 8 to 10 without curvature or
// interaction, the last ten hardly. Coefficients he draws at random are left out: they are small.
TEST(ElementaryEffects, MorrisOwnFunction) {
  const auto morris = [](const double* x) {
    std::array<double, 20> w = {};
    for (int i = 0; i < 20; ++i) {
      const bool is_special = i == 2 || i == 4 || i == 6;
      w[i] = is_special ? 2 * (1.1 * x[i] / (x[i] + 0.1) - 0.5) : 2 * (x[i] - 0.5);
    }
    double y = 0;
    for (int i = 0; i < 10; ++i) y += 20 * w[i];
    for (int i = 0; i < 6; ++i) {
      for (int j = i + 1; j < 6; ++j) y -= 15 * w[i] * w[j];
    }
    for (int i = 0; i < 5; ++i) {
      for (int j = i + 1; j < 5; ++j) {
        for (int k = j + 1; k < 5; ++k) y -= 10 * w[i] * w[j] * w[k];
      }
    }
    for (int i = 0; i < 4; ++i) {
      for (int j = i + 1; j < 4; ++j) {
        for (int k = j + 1; k < 4; ++k) {
          for (int l = k + 1; l < 4; ++l) y += 5 * w[i] * w[j] * w[k] * w[l];
        }
      }
    }
    return y;
  };
  const SampleMatrix sample = calc_morris(100, 20, 4, 3);
  const auto effects = calc_elementary_effects(sample, evaluate(sample, morris));
  for (int i = 0; i < 10; ++i) EXPECT_GT(effects[i].mean_size.value, 20) << i;
  for (int i = 10; i < 20; ++i) EXPECT_NEAR(effects[i].mean_size.value, 0, 1e-9) << i;
  for (const int i : {7, 8, 9}) {
    EXPECT_NEAR(effects[i].mean, 40, 1e-9) << i;
    EXPECT_NEAR(effects[i].deviation, 0, 1e-9) << i;
  }
  for (int i = 0; i < 6; ++i) EXPECT_GT(effects[i].deviation, 10) << i;
}

// y = x1 + x2 with corr(x1, x3) high: the plain rank correlation of x3 is large, the partial one is none.
TEST(PartialRankCorrelation, SeesThroughACorrelatedBystander) {
  Eigen::Matrix3d wanted = Eigen::Matrix3d::Identity();
  wanted(0, 2) = wanted(2, 0) = 0.8;
  const SampleMatrix sample = calc_correlated_sample(calc_latin_hypercube(1500, 3, 21), wanted);
  RandomSource random(5);
  const auto output = evaluate(
      sample, [&](const double* x) { return std::exp(2 * x[0]) + 4 * x[1] + 0.8 * random.draw_uniform(); });
  std::vector<double> bystander;
  for (int i = 0; i < 1500; ++i) bystander.push_back(sample(i, 2));
  EXPECT_GT(calc_rank_correlation(bystander, output), 0.4);
  const auto partial = calc_partial_rank_correlations(sample, output);
  EXPECT_GT(partial[0].value, 0.9);
  EXPECT_GT(partial[1].value, 0.9);
  EXPECT_NEAR(partial[2].value, 0.0, 0.08);
  EXPECT_LT(partial[2].low, partial[2].value);
  EXPECT_GT(partial[2].high, partial[2].value);
}

// Of a linear model with ranks for values (a permutation), partial correlation = the regression's own: checked against the
// closed form of three variables, (r12 − r13 r23) / √((1 − r13²)(1 − r23²)).
TEST(PartialRankCorrelation, ClosedFormOfThreeVariables) {
  const SampleMatrix sample = calc_monte_carlo(60, 2, 77);
  const auto output = evaluate(sample, [](const double* x) { return x[0] - 0.5 * x[1] * x[1]; });
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 60; ++i) {
    a.push_back(sample(i, 0));
    b.push_back(sample(i, 1));
  }
  const double ay = calc_rank_correlation(a, output);
  const double by = calc_rank_correlation(b, output);
  const double ab = calc_rank_correlation(a, b);
  const auto partial = calc_partial_rank_correlations(sample, output);
  EXPECT_NEAR(partial[0].value, (ay - by * ab) / std::sqrt((1 - by * by) * (1 - ab * ab)), 1e-12);
  EXPECT_NEAR(partial[1].value, (by - ay * ab) / std::sqrt((1 - ay * ay) * (1 - ab * ab)), 1e-12);
}

TEST(PartialRankCorrelation, InputThatDoesNotVaryHasNone) {
  SampleMatrix sample = calc_monte_carlo(40, 2, 7);
  sample.col(1).setConstant(0.3);
  const auto partial =
      calc_partial_rank_correlations(sample, evaluate(sample, [](const double* x) { return x[0]; }));
  EXPECT_NEAR(partial[0].value, 1.0, 1e-9);
  EXPECT_TRUE(std::isnan(partial[1].value));
}

TEST(Ranks, TiesShare) { EXPECT_EQ(calc_ranks({3, 1, 3, 2}), (std::vector<double>{3.5, 1, 3.5, 2})); }

// Worked example: means 10 and 12, pooled SD 2, n = 5 and 5: d = 1, g = d (1 − 3/31).
TEST(EffectSize, HedgesG) {
  const double s = 2 / std::sqrt(2.5);  // deviations −2 … 2 have SD √2.5
  std::vector<double> a;
  std::vector<double> b;
  for (int i = -2; i <= 2; ++i) {
    a.push_back(10 + s * i);
    b.push_back(12 + s * i);
  }
  const GroupDifference found = calc_group_difference(a, b);
  EXPECT_NEAR(found.mean.value, 2, 1e-12);
  EXPECT_NEAR(found.hedges_g, 1 - 3.0 / 31, 1e-12);
  const double error = std::sqrt(0.4 + found.hedges_g * found.hedges_g / 20);
  EXPECT_NEAR(found.hedges_high - found.hedges_low, 2 * 1.959964 * error, 1e-6);
  EXPECT_LT(found.mean.low, 2);
  EXPECT_GT(found.mean.high, 2);
  EXPECT_TRUE(std::isnan(calc_group_difference({1}, b).hedges_g));
}

TEST(Bootstrap, IntervalOfAMeanIsThatOfTheory) {
  RandomSource random(99);
  std::vector<double> values;
  for (int i = 0; i < 400; ++i) values.push_back(random.draw_uniform());
  const auto estimate = calc_bootstrap(
      values.size(),
      [&](const auto& chosen) {
        double sum = 0;
        for (const auto i : chosen) sum += values[i];
        return std::vector<double>{sum / static_cast<double>(chosen.size())};
      },
      2000, 4)[0];
  const double theory = 1.96 * std::sqrt(calc_variance(values) / 400);
  EXPECT_NEAR(0.5 * (estimate.high - estimate.low), theory, 0.1 * theory);
  EXPECT_DOUBLE_EQ(calc_quantile({1, 2, 3, 4}, 0.5), 2.5);
}

}  // namespace
}  // namespace lumbarun
