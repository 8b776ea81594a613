// Values, Jacobians and Hessians of the tape against dual numbers, for a kernel with every operation and for
// inverse dynamics of random trees with a ground spring.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "sim/multibody/rnea.h"
#include "sim/tape/tape.h"
#include "tests/oracles/dual.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun::tape {
namespace {

using oracles::Dual1;
using oracles::Dual2;
using oracles::Random;

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The tape's answers at x; every buffer starts with rubbish.
struct Derivatives {
  std::vector<double> value;
  Matrix jacobian, hessian;
};

Derivatives replay(const Tape& tape, const std::vector<double>& x, const std::vector<double>& weights,
                   int curved_inputs) {
  const int n = tape.input_count(), m = tape.output_count();
  Derivatives d{std::vector<double>(m, 9.0), Matrix::Constant(m, n, 9.0), Matrix::Constant(n, n, 9.0)};
  TapeEvaluator evaluator(tape);
  evaluator.update_partials(x.data(), d.value.data());
  evaluator.calc_jacobian(d.jacobian.data());
  evaluator.calc_hessian(weights.data(), d.hessian.data(), curved_inputs);
  return d;
}

// The same by dual numbers, one or two directions at a time.
template <class Function>
Derivatives differentiate(const Function& f, const std::vector<double>& x,
                          const std::vector<double>& weights) {
  const size_t n = x.size();
  Derivatives d{f(x), Matrix(weights.size(), n), Matrix::Zero(n, n)};
  for (size_t i = 0; i < n; ++i) {
    const std::vector<Dual1> y = f(oracles::along(x, oracles::unit(n, i)));
    for (size_t k = 0; k < y.size(); ++k) d.jacobian(k, i) = y[k].slope;
    for (size_t j = 0; j < n; ++j) {
      const std::vector<Dual2> z = f(oracles::along(x, oracles::unit(n, i), oracles::unit(n, j)));
      for (size_t k = 0; k < z.size(); ++k) d.hessian(i, j) += weights[k] * z[k].slope.slope;
    }
  }
  return d;
}

void expect_near(const Derivatives& a, const Derivatives& b, double tolerance) {
  for (size_t k = 0; k < b.value.size(); ++k)
    EXPECT_NEAR(a.value[k], b.value[k], tolerance * (1.0 + std::abs(b.value[k])));
  EXPECT_LT((a.jacobian - b.jacobian).cwiseAbs().maxCoeff(),
            tolerance * (1.0 + b.jacobian.cwiseAbs().maxCoeff()));
  EXPECT_LT((a.hessian - b.hessian).cwiseAbs().maxCoeff(),
            tolerance * (1.0 + b.hessian.cwiseAbs().maxCoeff()));
}

// log(1 + eˣ): first derivative the logistic function s, second s (1 - s).
class SoftPlus final : public ScalarFunction {
 public:
  ScalarDerivatives calc(double x) const override {
    const double s = 1.0 / (1.0 + std::exp(-x));
    return {std::log1p(std::exp(x)), s, s * (1.0 - s)};
  }
};

const ScalarFunctionPtr kExponential = std::make_shared<Exponential>();
const ScalarFunctionPtr kSoftPlus = std::make_shared<SoftPlus>();

// Every operation, repeated operands, shared subexpressions, constant and linear outputs; ten outputs, so
// that a second batch of lanes is part full.
struct EveryOperation {
  template <class T>
  std::vector<T> operator()(const std::vector<T>& x) const {
    using std::cos, std::sin, std::sqrt;
    const T product = x[0] * x[1];
    const T square = x[2] * x[2];
    const T root = sqrt(square + T(0.5));
    std::vector<T> y = {sin(product) - cos(x[2]) / root,
                        product * product * product,
                        T(4.0),
                        x[3],
                        evaluate(kSoftPlus, product - x[3]) * evaluate(kExponential, T(0.3) * x[0]),
                        T(1.0) / (T(2.0) + sin(x[1])) - x[0],
                        T(0.0),
                        T(2.0) - x[3] * T(-0.7),
                        evaluate(kSoftPlus, root + root),
                        -(x[1] - x[0]) / T(3.0)};
    y[9] += root;
    y[8] -= product;
    return y;
  }
};

template <class Function>
Tape record(const Function& f, int input_count) {
  return Tape::record(input_count,
                      [&](std::span<const Var> x) { return f(std::vector<Var>(x.begin(), x.end())); });
}

TEST(TapeDerivatives, TheKernelHasEveryOperation) {
  std::set<OpCode> codes;
  const Tape tape = record(EveryOperation(), 4);
  for (const Op& op : tape.ops()) codes.insert(op.code);
  EXPECT_EQ(codes.size(), static_cast<size_t>(OpCode::kFunction) + 1);
}

TEST(TapeDerivatives, EveryOperationMatchesDualNumbers) {
  const Tape tape = record(EveryOperation(), 4);
  Random random(1);
  for (int trial = 0; trial < 20; ++trial) {
    const std::vector<double> x = random.values(4, 1.5), weights = random.values(10, 2.0);
    expect_near(replay(tape, x, weights, 4), differentiate(EveryOperation(), x, weights), 1e-13);
  }
}

TEST(TapeDerivatives, JacobianMatchesFiniteDifferences) {
  const Tape tape = record(EveryOperation(), 4);
  const std::vector<double> x = {0.4, -0.8, 1.1, 0.3}, weights(10, 1.0);
  const Derivatives d = replay(tape, x, weights, 4);
  for (int j = 0; j < 4; ++j) {
    const auto column = [&](double value) -> Eigen::VectorXd {
      std::vector<double> moved = x;
      moved[j] = value;
      const std::vector<double> y = EveryOperation()(moved);
      return Eigen::Map<const Eigen::VectorXd>(y.data(), y.size());
    };
    const Eigen::VectorXd expected = oracles::calc_richardson_derivative(column, x[j], 0.02);
    EXPECT_LT((d.jacobian.col(j) - expected).cwiseAbs().maxCoeff(), 1e-10);
  }
}

TEST(TapeDerivatives, ConstantAndLinearRows) {
  const Derivatives d =
      replay(record(EveryOperation(), 4), {0.4, -0.8, 1.1, 0.3}, {0, 0, 1, 1, 0, 0, 1, 1, 0, 0}, 4);
  EXPECT_EQ(d.jacobian.row(2).norm(), 0.0);
  EXPECT_EQ(d.jacobian.row(6).norm(), 0.0);
  EXPECT_EQ(d.jacobian.row(3), Eigen::RowVector4d(0, 0, 0, 1));
  EXPECT_DOUBLE_EQ(d.jacobian(7, 3), 0.7);
  EXPECT_EQ(d.hessian.norm(), 0.0);
}

// The answers belong to the last update_partials: not to calls before it on the same evaluator.
TEST(TapeDerivatives, UsedEvaluatorGivesTheSameBytes) {
  const Tape tape = record(EveryOperation(), 4);
  const std::vector<double> x = {0.4, -0.8, 1.1, 0.3}, other = {1.4, 0.2, -1.0, 0.9};
  const std::vector<double> weights(10, 0.7), other_weights(10, -3.0);
  const Derivatives fresh = replay(tape, x, weights, 4);
  TapeEvaluator evaluator(tape);
  Derivatives d = fresh;
  for (const auto& [point, w] : {std::pair(&other, &other_weights), std::pair(&x, &weights)}) {
    evaluator.update_partials(point->data(), d.value.data());
    evaluator.calc_jacobian(d.jacobian.data());
    evaluator.calc_hessian(w->data(), d.hessian.data(), 4);
  }
  EXPECT_EQ(d.value, fresh.value);
  EXPECT_EQ(d.jacobian, fresh.jacobian);
  EXPECT_EQ(d.hessian, fresh.hessian);
}

TEST(TapeDerivatives, NoInputsOrOutputs) {
  const Tape constant = record([](const std::vector<Var>&) { return std::vector<Var>{Var(2.0)}; }, 0);
  const Derivatives d = replay(constant, {}, {1.0}, 0);
  EXPECT_EQ(d.value, std::vector<double>{2.0});
  const Tape silent = record([](const std::vector<Var>&) { return std::vector<Var>{}; }, 2);
  EXPECT_EQ(replay(silent, {1.0, 2.0}, {}, 2).hessian.norm(), 0.0);
}

// Inverse dynamics (q, v, a) -> tau with a ground spring under the last link: f = e^(-2 y) (1 - 0.4 dy/dt)
// upwards.
struct SpringyTree {
  const Model* model;

  template <class T>
  std::vector<T> operator()(const std::vector<T>& x) const {
    const int n = model->coordinate_count();
    Data<T> data(*model);
    update_positions(*model, data, x.data());
    update_velocities(*model, data, x.data() + n);
    const CoordinateIndex link(n - 1);
    const Vector3<T> p = calc_position(data, link, {0.1, -0.2, 0.05});
    const Vector3<T> velocity = calc_velocity(data, link, p);
    const T force = evaluate(kExponential, p.y * T(-2.0)) * (T(1.0) - T(0.4) * velocity.y);
    apply_force_at(data, link, p, Vector3<T>{-force * velocity.x * T(0.1), force, T(0.0)});
    update_inverse_dynamics(*model, data, x.data() + n, x.data() + 2 * n);
    return data.tau;
  }
};

class TreeDerivatives : public ::testing::TestWithParam<unsigned> {
 protected:
  TreeDerivatives()
      : model_(oracles::build_random_tree(
            GetParam(), 5, GetParam() % 2 == 0 ? oracles::Root::kFree : oracles::Root::kFixed)),
        n_(model_.coordinate_count()),
        tape_(record(SpringyTree{&model_}, 3 * n_)),
        random_(GetParam() + 9) {
    for (double range : {1.1, 3.0, 20.0}) {
      const std::vector<double> part = random_.values(n_, range);
      x_.insert(x_.end(), part.begin(), part.end());
    }
    weights_ = random_.values(n_, 1.0);
  }
  Model model_;
  int n_;
  Tape tape_;
  Random random_;
  std::vector<double> x_, weights_;
};

TEST_P(TreeDerivatives, MatchDualNumbers) {
  ASSERT_GT(n_, 3);
  expect_near(replay(tape_, x_, weights_, 3 * n_), differentiate(SpringyTree{&model_}, x_, weights_), 1e-12);
}

// Accelerations enter linearly: sweeping only (q, v) gives the whole Hessian.
TEST_P(TreeDerivatives, AccelerationsNeedNoSweep) {
  const Derivatives full = replay(tape_, x_, weights_, 3 * n_), curved = replay(tape_, x_, weights_, 2 * n_);
  EXPECT_LT((full.hessian - curved.hessian).cwiseAbs().maxCoeff(),
            1e-13 * full.hessian.cwiseAbs().maxCoeff());
  EXPECT_EQ(full.hessian.bottomRightCorner(n_, n_).cwiseAbs().maxCoeff(), 0.0);
  EXPECT_GT(full.hessian.topRightCorner(n_, n_).cwiseAbs().maxCoeff(), 0.0);
}

TEST_P(TreeDerivatives, HessianIsSymmetric) {
  const Matrix H = replay(tape_, x_, weights_, 3 * n_).hessian;
  EXPECT_LT((H - H.transpose()).cwiseAbs().maxCoeff(), 1e-13 * H.cwiseAbs().maxCoeff());
}

// Linear in the weights, so that the rows of a problem may be weighted one by one.
TEST_P(TreeDerivatives, HessianAddsUpOverRows) {
  Matrix sum = Matrix::Zero(3 * n_, 3 * n_);
  for (int k = 0; k < n_; ++k) {
    std::vector<double> one = oracles::unit(n_, k);
    sum += weights_[k] * replay(tape_, x_, one, 2 * n_).hessian;
  }
  const Matrix H = replay(tape_, x_, weights_, 2 * n_).hessian;
  EXPECT_LT((H - sum).cwiseAbs().maxCoeff(), 1e-13 * H.cwiseAbs().maxCoeff());
}

INSTANTIATE_TEST_SUITE_P(RandomTrees, TreeDerivatives, ::testing::Values(1U, 2U, 3U, 4U, 6U));

}  // namespace
}  // namespace lumbarun::tape
