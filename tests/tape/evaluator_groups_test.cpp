// The reduced graph, its groups and their sweeps: the same answers as visiting every operation, on the kernel
// that the planner uses, and nothing left out.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "models/runner_builder.h"
#include "sim/planning/node_kernel.h"
#include "sim/tape/evaluation_plan.h"
#include "sim/tape/lane_groups.h"
#include "tests/oracles/random_tree.h"
#include "tests/oracles/reference_tape_evaluator.h"

namespace lumbarun::tape {
namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

struct Answers {
  Eigen::VectorXd value;
  Matrix jacobian, hessian;
};

template <class Evaluator>
Answers evaluate_all(Evaluator& evaluator, const Tape& tape, const std::vector<double>& x,
                     const std::vector<double>& weights, int curved_inputs) {
  const int n = tape.input_count(), m = tape.output_count();
  Answers answers{Eigen::VectorXd::Constant(m, 9.0), Matrix::Constant(m, n, 9.0),
                  Matrix::Constant(n, n, 9.0)};
  evaluator.update_partials(x.data(), answers.value.data());
  evaluator.calc_jacobian(answers.jacobian.data());
  evaluator.calc_hessian(weights.data(), answers.hessian.data(), curved_inputs);
  return answers;
}

// Row by row, so that small rows count nearly as much as large ones. Rows that cancel to zero (a translation
// of the root far from the ground) hold rounding errors of their terms: 1e-15 of the largest entry.
void expect_rows_near(const Matrix& a, const Matrix& b, double tolerance) {
  const double rounding = 1e-15 * b.cwiseAbs().maxCoeff();
  for (int i = 0; i < b.rows(); ++i) {
    EXPECT_LE((a.row(i) - b.row(i)).cwiseAbs().maxCoeff(),
              tolerance * b.row(i).cwiseAbs().maxCoeff() + rounding)
        << "row " << i;
  }
}

class NodeKernelEvaluator : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const Runner runner =
        build_runner(read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner"), RunnerParameters{});
    tape_ = std::make_unique<Tape>(record_node_kernel(runner));
    n_ = runner.model.coordinate_count();
  }
  static void TearDownTestSuite() { tape_.reset(); }

  // A posture with one foot or both in the ground.
  static std::vector<double> calc_point(unsigned seed) {
    oracles::Random random(seed);
    std::vector<double> x;
    for (double range : {0.3, 3.0, 40.0}) {
      const std::vector<double> part = random.values(n_, range);
      x.insert(x.end(), part.begin(), part.end());
    }
    x[1] = 0.88;
    return x;
  }

  static std::unique_ptr<Tape> tape_;
  static int n_;
};
std::unique_ptr<Tape> NodeKernelEvaluator::tape_;
int NodeKernelEvaluator::n_ = 0;

TEST_F(NodeKernelEvaluator, AgreesWithSweepsOverEveryOperation) {
  TapeEvaluator evaluator(*tape_);
  oracles::ReferenceTapeEvaluator reference(*tape_);
  for (unsigned seed : {1U, 2U, 3U}) {
    const std::vector<double> x = calc_point(seed),
                              weights = oracles::Random(seed + 7).values(tape_->output_count(), 1.0);
    const Answers a = evaluate_all(evaluator, *tape_, x, weights, 2 * n_);
    const Answers b = evaluate_all(reference, *tape_, x, weights, 2 * n_);
    expect_rows_near(a.value.transpose(), b.value.transpose(), 1e-12);
    expect_rows_near(a.jacobian, b.jacobian, 1e-12);
    expect_rows_near(a.hessian, b.hessian, 1e-12);
    EXPECT_EQ(a.hessian, Matrix(a.hessian.transpose()));
    Eigen::VectorXd value(tape_->output_count());
    evaluator.calc_values(x.data(), value.data());
    EXPECT_EQ(value, a.value);
  }
}

TEST_F(NodeKernelEvaluator, TwoEvaluatorsGiveTheSameBytes) {
  TapeEvaluator first(*tape_), second(*tape_);
  const std::vector<double> x = calc_point(4), weights(tape_->output_count(), 0.3);
  const Answers a = evaluate_all(first, *tape_, x, weights, 2 * n_),
                b = evaluate_all(second, *tape_, x, weights, 2 * n_);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.jacobian, b.jacobian);
  EXPECT_EQ(a.hessian, b.hessian);
}

TEST_F(NodeKernelEvaluator, EveryOutputIsInOneSweepAndAccelerationsInNone) {
  const EvaluationPlan plan = build_evaluation_plan(*tape_);
  std::vector<int> outputs(tape_->output_count(), 0);
  for (const LaneSweep& sweep : plan.jacobian) {
    EXPECT_LE(sweep.members.size(), 8U);
    for (int k : sweep.members) ++outputs[k];
  }
  EXPECT_EQ(outputs, std::vector<int>(tape_->output_count(), 1));
  for (const LaneSweep& sweep : plan.hessian) {
    EXPECT_LE(sweep.members.size(), 8U);
    for (int i : sweep.members) EXPECT_LT(i, 2 * n_);
  }
}

// Sweeps write a row only from rows already written, never the zero row or a unit vector.
TEST_F(NodeKernelEvaluator, SweepsReadOnlyWhatTheyWrote) {
  const EvaluationPlan plan = build_evaluation_plan(*tape_);
  for (const auto* sweeps : {&plan.jacobian, &plan.hessian}) {
    for (const LaneSweep& sweep : *sweeps) {
      ASSERT_LE(sweep.row_count, plan.row_count);
      std::vector<char> written(sweep.row_count, 0);
      std::fill_n(written.begin(), LaneSweep::kFixedRowCount, 1);
      for (const LaneBlock& block : sweep.blocks) {
        ASSERT_TRUE(written[block.start]);
        for (const LaneBlock::Term& term : block.terms) ASSERT_TRUE(written[term.source]);
        ASSERT_GE(block.target, LaneSweep::kFixedRowCount);
        written[block.target] = 1;
      }
      for (const LaneResult& result : sweep.results) ASSERT_TRUE(written[result.row]);
    }
  }
}

// Reduction must pay: without it a Jacobian sweep over all operations has some 14 700 terms.
TEST_F(NodeKernelEvaluator, SweepsAreFarShorterThanTheTape) {
  const EvaluationPlan plan = build_evaluation_plan(*tape_);
  size_t blocks = 0;
  for (const LaneSweep& sweep : plan.jacobian) blocks += sweep.blocks.size();
  EXPECT_LT(blocks, static_cast<size_t>(tape_->op_count()));
}

NodeSet build_set(std::initializer_list<int> nodes) {
  NodeSet set(200);
  for (int node : nodes) set.insert(node);
  return set;
}

TEST(LaneGroups, JoinWhatOverlapsMost) {
  const std::vector<NodeSet> sets = {build_set({1, 2, 3, 150}), build_set({7, 8, 64}),
                                     build_set({1, 2, 3, 4}), build_set({8, 64, 128}),
                                     build_set({1, 2, 199})};
  EXPECT_EQ(group_by_overlap(sets, 2), (std::vector<std::vector<int>>{{4}, {1, 3}, {0, 2}}));
  EXPECT_EQ(group_by_overlap(sets, 8), (std::vector<std::vector<int>>{{0, 1, 2, 3, 4}}));
  EXPECT_TRUE(group_by_overlap({}, 8).empty());
}

// More outputs on one node than lanes, an output that is an input, exact cancellation, an unused input.
TEST(LaneGroups, UnusualTapes) {
  const Tape tape = Tape::record(3, [](std::span<const Var> x) {
    const Var p = x[0] * x[1];
    std::vector<Var> y(11, p);
    y.push_back(x[1]);
    y.push_back((p + p) - p * Var(2.0));
    y.push_back(p * p + p);
    return y;
  });
  TapeEvaluator evaluator(tape);
  oracles::ReferenceTapeEvaluator reference(tape);
  const std::vector<double> x = {0.7, -1.3, 5.0},
                            weights = oracles::Random(3).values(tape.output_count(), 1.0);
  const Answers a = evaluate_all(evaluator, tape, x, weights, 3),
                b = evaluate_all(reference, tape, x, weights, 3);
  EXPECT_LT((a.value - b.value).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LT((a.jacobian - b.jacobian).cwiseAbs().maxCoeff(), 1e-15);
  EXPECT_LT((a.hessian - b.hessian).cwiseAbs().maxCoeff(), 1e-14);
}

}  // namespace
}  // namespace lumbarun::tape
