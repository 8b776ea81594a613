// The gait problem's derivatives on the full runner with contact, against finite differences along random
// directions.
#include "sim/planning/gait_nlp.h"

#include <gtest/gtest.h>

#include "models/reference_motion.h"
#include "sim/planning/costs/gait_costs.h"
#include "tests/forward/sample_gait.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

constexpr int kKnots = 6;

class RunnerNlp : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    runner_ = new Runner(test::build_sample_runner());
    const PeriodicMotion sample = test::build_sample_motion(*runner_, 0.02);
    motion_ = new PeriodicMotion(PeriodicMotion::interpolate(sample.periodicity(), kKnots,
                                                             [&](double t) { return sample.at_time(t).q; }));
    const GaitNorm norm = GaitNorm::read(LUMBARUN_SOURCE_DIR "/models/gaits");
    const ReferenceMotion reference =
        build_reference_motion(runner_->model, norm, 3.1, 1.0 / test::kSampleStepTime);
    costs_ =
        new CostTerms(build_gait_costs(*runner_, build_strength(), {}, reference, motion_->period(), kKnots));
    costs_->push_back(build_root_penalty(*runner_, 0.3));
    nlp_ = new GaitNlp(*runner_, *motion_, *costs_, {});
  }
  static void TearDownTestSuite() {
    delete nlp_;
    delete costs_;
    delete motion_;
    delete runner_;
  }

  // Another strength for every joint and direction [N m].
  static JointStrength build_strength() {
    const int n = runner_->model.coordinate_count();
    return {Eigen::VectorXd::LinSpaced(n, 70.0, 190.0), Eigen::VectorXd::LinSpaced(n, 210.0, 60.0)};
  }
  // A point near the start, general in every variable.
  static Eigen::VectorXd build_point() {
    oracles::Random random(77);
    Eigen::VectorXd x = nlp_->get_start();
    for (double& value : x) value += random.uniform(-0.08, 0.08);
    return x;
  }
  static Eigen::VectorXd build_direction(unsigned seed) {
    oracles::Random random(seed);
    const std::vector<double> d = random.values(nlp_->variable_count(), 1.0);
    return Eigen::Map<const Eigen::VectorXd>(d.data(), nlp_->variable_count()).normalized();
  }
  static Eigen::VectorXd build_multipliers() {
    oracles::Random random(5);
    const std::vector<double> m = random.values(nlp_->constraint_count(), 0.02);
    return Eigen::Map<const Eigen::VectorXd>(m.data(), nlp_->constraint_count());
  }
  static Eigen::VectorXd calc_constraints_at(const Eigen::VectorXd& x) {
    nlp_->set_point(x.data());
    Eigen::VectorXd g(nlp_->constraint_count());
    nlp_->calc_constraints(g.data());
    return g;
  }
  static Eigen::MatrixXd calc_jacobian_at(const Eigen::VectorXd& x) {
    nlp_->set_point(x.data());
    const Triplets& pattern = nlp_->jacobian_pattern();
    std::vector<double> values(pattern.row.size());
    nlp_->calc_jacobian(values.data());
    Eigen::MatrixXd J = Eigen::MatrixXd::Zero(nlp_->constraint_count(), nlp_->variable_count());
    for (size_t i = 0; i < values.size(); ++i) J(pattern.row[i], pattern.column[i]) += values[i];
    return J;
  }
  static Eigen::VectorXd calc_lagrangian_slope_at(const Eigen::VectorXd& x, double factor,
                                                  const Eigen::VectorXd& multipliers) {
    const Eigen::MatrixXd J = calc_jacobian_at(x);
    Eigen::VectorXd gradient(nlp_->variable_count());
    nlp_->calc_gradient(gradient.data());
    return Eigen::VectorXd(factor * gradient + J.transpose() * multipliers);
  }
  static Eigen::MatrixXd calc_hessian_at(GaitNlp& nlp, const Eigen::VectorXd& x, double factor,
                                         const Eigen::VectorXd& multipliers, HessianKind kind) {
    nlp.set_point(x.data());
    const Triplets& pattern = nlp.hessian_pattern();
    std::vector<double> values(pattern.row.size());
    nlp.calc_hessian(factor, multipliers.data(), kind, values.data());
    Eigen::MatrixXd H = Eigen::MatrixXd::Zero(nlp.variable_count(), nlp.variable_count());
    for (size_t i = 0; i < values.size(); ++i) H(pattern.row[i], pattern.column[i]) += values[i];
    return H.selfadjointView<Eigen::Lower>();
  }

  static const Runner* runner_;
  static const PeriodicMotion* motion_;
  static CostTerms* costs_;
  static GaitNlp* nlp_;
};

const Runner* RunnerNlp::runner_ = nullptr;
const PeriodicMotion* RunnerNlp::motion_ = nullptr;
CostTerms* RunnerNlp::costs_ = nullptr;
GaitNlp* RunnerNlp::nlp_ = nullptr;

TEST_F(RunnerNlp, StartIsTheGivenMotion) {
  const Eigen::VectorXd x = nlp_->get_start();
  nlp_->set_point(x.data());
  EXPECT_LT((nlp_->motion().coefficients - motion_->coefficients).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_EQ(nlp_->variable_count(), 46 * kKnots);
  EXPECT_EQ(nlp_->constraint_count(), 6 * kKnots);
}

// The rows are those of inverse dynamics at the knots, scaled by weight and a tenth of a metre.
TEST_F(RunnerNlp, RootRowsAreInverseDynamics) {
  const Eigen::VectorXd g = calc_constraints_at(build_point());
  RunnerData<double> data(*runner_);
  Eigen::VectorXd tau(runner_->model.coordinate_count());
  const double weight = runner_->body_mass * kStandardGravity;
  double loaded = 0.0;
  for (int k = 0; k < kKnots; ++k) {
    const MotionState s = nlp_->motion().at_knot(k);
    calc_actuator_torques(*runner_, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    for (int r = 0; r < 6; ++r) EXPECT_NEAR(g[6 * k + r], tau[r] / (r < 3 ? weight : 0.1 * weight), 1e-10);
    loaded += calc_foot_force(*runner_, data, 0).y + calc_foot_force(*runner_, data, 1).y;
  }
  EXPECT_GT(loaded, weight);  // contact is in play
}

TEST_F(RunnerNlp, TermsAddUpToTheObjective) {
  const Eigen::VectorXd x = build_point();
  nlp_->set_point(x.data());
  double sum = 0.0;
  for (double value : nlp_->calc_term_values()) {
    EXPECT_GT(value, 0.0);
    sum += value;
  }
  EXPECT_NEAR(nlp_->calc_objective(), sum, 1e-12 * sum);
}

TEST_F(RunnerNlp, GradientMatchesFiniteDifferences) {
  const Eigen::VectorXd x = build_point();
  Eigen::VectorXd gradient(nlp_->variable_count());
  nlp_->set_point(x.data());
  nlp_->calc_gradient(gradient.data());
  for (unsigned seed : {1u, 2u, 3u, 4u}) {
    const Eigen::VectorXd d = build_direction(seed);
    const double slope = oracles::calc_richardson_derivative(
        [&](double h) {
          const Eigen::VectorXd moved = x + h * d;
          nlp_->set_point(moved.data());
          return nlp_->calc_objective();
        },
        0.0, 1e-3);
    EXPECT_NEAR(gradient.dot(d), slope, 1e-6 * gradient.norm());
  }
}

TEST_F(RunnerNlp, JacobianMatchesFiniteDifferences) {
  const Eigen::VectorXd x = build_point();
  const Eigen::MatrixXd J = calc_jacobian_at(x);
  for (unsigned seed : {11u, 12u, 13u}) {
    const Eigen::VectorXd d = build_direction(seed);
    const Eigen::VectorXd slope = oracles::calc_richardson_derivative(
        [&](double h) { return calc_constraints_at(x + h * d); }, 0.0, 1e-3);
    EXPECT_LT((J * d - slope).cwiseAbs().maxCoeff(), 1e-5 * (J * d).cwiseAbs().maxCoeff());
  }
}

// ∇²(σ f + λ'g) along random directions; the force table's third derivative jumps, which bounds the
// agreement.
TEST_F(RunnerNlp, ExactHessianMatchesFiniteDifferences) {
  const Eigen::VectorXd x = build_point(), multipliers = build_multipliers();
  const double factor = 0.7;
  const Eigen::MatrixXd H = calc_hessian_at(*nlp_, x, factor, multipliers, HessianKind::kExact);
  for (unsigned seed : {21u, 22u, 23u}) {
    const Eigen::VectorXd d = build_direction(seed);
    const Eigen::VectorXd curvature = oracles::calc_richardson_derivative(
        [&](double h) { return calc_lagrangian_slope_at(x + h * d, factor, multipliers); }, 0.0, 2e-4);
    EXPECT_LT((H * d - curvature).norm(), 1e-4 * curvature.norm());
  }
}

TEST_F(RunnerNlp, GaussNewtonIsPositiveSemidefiniteAndIgnoresMultipliers) {
  const Eigen::VectorXd x = build_point();
  const Eigen::MatrixXd with = calc_hessian_at(*nlp_, x, 1.0, build_multipliers(), HessianKind::kGaussNewton);
  const Eigen::MatrixXd without = calc_hessian_at(
      *nlp_, x, 1.0, Eigen::VectorXd::Zero(nlp_->constraint_count()), HessianKind::kGaussNewton);
  EXPECT_EQ(with, without);
  for (unsigned seed = 31; seed < 41; ++seed) {
    const Eigen::VectorXd d = build_direction(seed);
    EXPECT_GE(d.dot(with * d), 0.0);
  }
  const Eigen::MatrixXd exact =
      calc_hessian_at(*nlp_, x, 1.0, Eigen::VectorXd::Zero(nlp_->constraint_count()), HessianKind::kExact);
  EXPECT_GT((exact - with).norm(), 1e-3 * with.norm());  // residuals are not zero here
}

// Least squares whose residuals vanish have no curvature but Gauss-Newton's.
TEST_F(RunnerNlp, ExactHessianIsGaussNewtonAtZeroResidual) {
  const int n = runner_->model.coordinate_count();
  std::vector<WeightedSquares::Entry> entries;
  for (int i = 0; i < n; ++i) entries.push_back({i, 1e-4 * (1 + i % 5), Eigen::VectorXd(kKnots)});
  RunnerData<double> data(*runner_);
  Eigen::VectorXd tau(n);
  for (int k = 0; k < kKnots; ++k) {
    const MotionState s = motion_->at_knot(k);
    calc_actuator_torques(*runner_, data, s.q.data(), s.v.data(), s.a.data(), tau.data());
    for (int i = 0; i < n; ++i) entries[i].target[k] = tau[i];
  }
  const auto term =
      std::make_shared<const WeightedSquares>("torques", WeightedSquares::Side::kOutput, entries);
  GaitNlp nlp(*runner_, *motion_, {term}, {});
  const Eigen::VectorXd x = nlp.get_start(), none = Eigen::VectorXd::Zero(nlp.constraint_count());
  const Eigen::MatrixXd exact = calc_hessian_at(nlp, x, 1.3, none, HessianKind::kExact);
  const Eigen::MatrixXd gauss_newton = calc_hessian_at(nlp, x, 1.3, none, HessianKind::kGaussNewton);
  EXPECT_LT(nlp.calc_objective(), 1e-15);
  EXPECT_GT(gauss_newton.norm(), 1.0);
  EXPECT_LT((exact - gauss_newton).norm(), 1e-8 * gauss_newton.norm());
}

TEST_F(RunnerNlp, WithoutBalanceThereAreNoConstraints) {
  GaitNlp nlp(*runner_, *motion_, *costs_, {}, false);
  EXPECT_EQ(nlp.constraint_count(), 0);
  EXPECT_TRUE(nlp.jacobian_pattern().row.empty());
  const Eigen::VectorXd x = nlp.get_start();
  nlp.set_point(x.data());
  nlp_->set_point(x.data());
  EXPECT_EQ(nlp.calc_objective(), nlp_->calc_objective());
  EXPECT_EQ(nlp.calc_root_rows(), nlp_->calc_root_rows());
}

// No cost knows the ground force: over a ground of other stiffness the same motion tracks, accelerates and
// lands alike; only the torques that it needs are others.
TEST_F(RunnerNlp, GroundForceIsInNoCost) {
  Runner softer = *runner_;
  for (ContactLaw& law : softer.contact.laws) {
    ContactLawParameters parameters = law.parameters();
    for (ContactLayer& layer : parameters.layers) {
      layer.secant_stiffness *= 0.5;
      layer.limit *= 2.0;
    }
    law = ContactLaw::build(parameters);
  }
  GaitNlp other(softer, *motion_, *costs_, {});
  const Eigen::VectorXd x = build_point();
  nlp_->set_point(x.data());
  other.set_point(x.data());
  EXPECT_GT((nlp_->calc_root_rows() - other.calc_root_rows()).norm(), 0.1);
  int compared = 0;
  for (size_t t = 0; t < costs_->size(); ++t) {
    const std::string& name = (*costs_)[t]->name();
    if (name != "tracking" && name != "acceleration" && name != "landing") continue;
    const double value = nlp_->calc_term_values()[t];
    EXPECT_NEAR(other.calc_term_values()[t], value, 1e-12 * value) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 3);
}

}  // namespace
}  // namespace lumbarun
