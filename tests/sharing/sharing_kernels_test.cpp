// The two inner kernels of the sharing solver beside plain sums and the scalar law.
#include <gtest/gtest.h>

#include <random>

#include "sim/sharing/activation_batch.h"
#include "sim/sharing/moment_columns.h"
#include "tests/sharing/random_problem.h"

namespace lumbarun::internal {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Sizes around the block of four rows and the group of four muscles; columns that are dense, short, or empty.
TEST(MomentColumns, OuterProductsAreThoseOfThePlainSum) {
  std::mt19937 random(3);
  std::normal_distribution<double> normal(0.0, 1.0);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  for (Index rows : {1, 3, 4, 5, 28, 30}) {
    for (Index muscles : {1, 4, 7, 90}) {
      MatrixXd arm = MatrixXd::Zero(rows, muscles);
      VectorXd capacity(muscles), slope(muscles);
      for (Index i = 0; i < muscles; ++i) {
        const auto first = static_cast<Index>(uniform(random) * static_cast<double>(rows + 1));
        for (Index k = first; k < rows; ++k) arm(k, i) = uniform(random) < 0.7 ? normal(random) : 0.0;
        capacity[i] = uniform(random) < 0.1 ? 0.0 : 100.0 * uniform(random);
        slope[i] = uniform(random) < 0.4 ? 0.0 : uniform(random);
      }
      MomentColumns columns(rows, muscles);
      columns.update(arm, capacity);
      ASSERT_EQ(columns.padded_rows() % MomentColumns::kBlock, 0);
      EXPECT_TRUE(columns.matrix().bottomRows(columns.padded_rows() - rows).isZero(0.0));
      MatrixXd sum = MatrixXd::Zero(columns.padded_rows(), columns.padded_rows());
      columns.add_outer_products(slope, sum);
      const MatrixXd matrix = arm * capacity.asDiagonal();
      const MatrixXd expected = matrix * slope.asDiagonal() * matrix.transpose();
      const MatrixXd found = sum.topLeftCorner(rows, rows).triangularView<Eigen::Lower>();
      const MatrixXd lower = expected.triangularView<Eigen::Lower>();
      EXPECT_LT((found - lower).lpNorm<Eigen::Infinity>(), 1e-12 * (1.0 + lower.lpNorm<Eigen::Infinity>()))
          << rows << " rows, " << muscles << " muscles";
    }
  }
}

// A second update forgets the first: ranges may shrink and grow.
TEST(MomentColumns, UpdateStartsAfresh) {
  MomentColumns columns(6, 2);
  columns.update(MatrixXd::Ones(6, 2), VectorXd::Ones(2));
  MatrixXd arm = MatrixXd::Zero(6, 2);
  arm(5, 1) = 2.0;
  columns.update(arm, VectorXd::Ones(2));
  MatrixXd sum = MatrixXd::Zero(8, 8);
  columns.add_outer_products(VectorXd::Ones(2), sum);
  EXPECT_EQ(sum(5, 5), 4.0);
  EXPECT_EQ(sum.triangularView<Eigen::Lower>().toDenseMatrix().sum(), 4.0);
}

// Lane by lane the scalar law: activation, slope, cost; prices from far below to far above the bounds.
TEST(ActivationBatch, IsTheScalarLawInEveryLane) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal(0.0, 1.0);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  constexpr Index kCount = 333;
  VectorXd weight(kCount), price(kCount), lower(kCount), upper(kCount);
  for (Index i = 0; i < kCount; ++i) {
    weight[i] = 0.2 + uniform(random);
    price[i] = normal(random) * std::pow(10.0, 4.0 * uniform(random) - 3.0);
    lower[i] = i % 3 == 0 ? 0.0 : 0.1 * uniform(random);
    upper[i] = i % 7 == 0 ? lower[i] : 0.3 + 0.7 * uniform(random);
  }
  for (int exponent : {2, 3, 4}) {
    const SharingObjective objective{exponent, 0.01};
    ActivationBatch batch(objective, weight);
    batch.update(price, lower, upper);
    batch.update_slopes(lower, upper);
    double cost = 0.0;
    int moving = 0;
    for (Index i = 0; i < kCount; ++i) {
      const ActivationResponse one = calc_activation(objective, price[i], weight[i], lower[i], upper[i]);
      ASSERT_NEAR(batch.activation()[i], one.activation, 1e-14) << exponent << " " << i;
      ASSERT_NEAR(batch.slope()[i], one.slope, 1e-12 * one.slope) << exponent << " " << i;
      cost += weight[i] * calc_activation_cost(objective, one.activation);
      moving += one.slope > 0.0;
    }
    EXPECT_NEAR(batch.calc_cost(batch.activation()), cost, 1e-12 * cost);
    EXPECT_GT(moving, 30);
    EXPECT_LT(moving, kCount - 30);
  }
}

}  // namespace
}  // namespace lumbarun::internal
