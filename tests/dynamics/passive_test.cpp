// Passive torques: gradients of their energies, losses that are losses, published values.
#include "sim/dynamics/passive.h"

#include <gtest/gtest.h>

#include "tests/dynamics/running_states.h"
#include "tests/oracles/finite_difference.h"

namespace lumbarun {
namespace {

class PassiveTorques : public ::testing::Test {
 protected:
  const Runner runner_ = test::build_sample_runner();
  const int n_ = runner_.model.coordinate_count();

  Eigen::VectorXd calc_torques(const Eigen::VectorXd& q, const Eigen::VectorXd& v) const {
    Eigen::VectorXd tau = Eigen::VectorXd::Constant(n_, 1e6);  // must be replaced, not added to
    update_passive_torques(runner_, q.data(), v.data(), tau.data());
    return tau;
  }
  double calc_energy(const Eigen::VectorXd& q) const {
    double energy = 0.0;
    for (const Disc& disc : runner_.discs) energy += calc_stored_energy(disc, q.data());
    for (const RangeLaw& law : runner_.range_laws) energy += calc_stored_energy(law, q[law.coordinate]);
    return energy;
  }
  Eigen::VectorXd calc_leg_torques(const Eigen::VectorXd& q) const {
    Eigen::VectorXd tau = Eigen::VectorXd::Zero(n_);
    for (const LegPassive& leg : runner_.legs) {
      const auto m = calc_leg_passive_moments(q[leg.hip], q[leg.knee], q[leg.ankle]);
      tau[leg.hip] += m.hip;
      tau[leg.knee] += m.knee;
      tau[leg.ankle] += m.ankle;
    }
    return tau;
  }
};

TEST_F(PassiveTorques, ElasticPartIsTheGradientOfTheStoredEnergy) {
  oracles::Random random(41);
  for (int trial = 0; trial < 6; ++trial) {
    const Eigen::VectorXd q =
        Eigen::Map<Eigen::VectorXd>(random.values(n_, trial < 3 ? 0.1 : 0.7).data(), n_);
    const Eigen::VectorXd tau = calc_torques(q, Eigen::VectorXd::Zero(n_)) - calc_leg_torques(q);
    for (int i = 0; i < n_; ++i) {
      const auto energy_along = [&](double x) {
        Eigen::VectorXd moved = q;
        moved[i] = x;
        return calc_energy(moved);
      };
      const double slope = oracles::calc_richardson_derivative(energy_along, q[i], 2e-3);
      EXPECT_NEAR(tau[i], -slope, 1e-6 * (1.0 + std::abs(slope))) << runner_.model.links()[i].coordinate;
    }
  }
}

TEST_F(PassiveTorques, RootIsFree) {
  oracles::Random random(5);
  const Eigen::VectorXd q = Eigen::Map<Eigen::VectorXd>(random.values(n_, 0.4).data(), n_);
  const Eigen::VectorXd v = Eigen::Map<Eigen::VectorXd>(random.values(n_, 5.0).data(), n_);
  EXPECT_EQ(calc_torques(q, v).head<kRootCoordinateCount>().norm(), 0.0);
}

// The mirrored runner in the mirrored state feels the mirrored torques: 1e-12 of the largest.
TEST_F(PassiveTorques, MirroredRunnerGivesMirroredTorques) {
  oracles::Random random(77);
  for (int trial = 0; trial < 20; ++trial) {
    const Eigen::VectorXd q = Eigen::Map<Eigen::VectorXd>(random.values(n_, 0.12).data(), n_);
    const Eigen::VectorXd v = Eigen::Map<Eigen::VectorXd>(random.values(n_, 5.0).data(), n_);
    const auto mirrored = [&](const Eigen::VectorXd& x) {
      Eigen::VectorXd y(n_);
      for (int i = 0; i < n_; ++i) y[i] = runner_.mirror.sign[i] * x[runner_.mirror.partner[i]];
      return y;
    };
    const Eigen::VectorXd tau = calc_torques(q, v), other = calc_torques(mirrored(q), mirrored(v));
    EXPECT_LT((other - mirrored(tau)).cwiseAbs().maxCoeff(), 1e-12 * tau.cwiseAbs().maxCoeff());
    EXPECT_GT((other - tau).cwiseAbs().maxCoeff(), 1e-3 * tau.cwiseAbs().maxCoeff());  // not symmetric itself
  }
}

// What the rates add takes power at every coordinate that they load, and nothing elsewhere.
TEST_F(PassiveTorques, RatesOnlyDissipate) {
  oracles::Random random(6);
  for (int trial = 0; trial < 20; ++trial) {
    const Eigen::VectorXd q = Eigen::Map<Eigen::VectorXd>(random.values(n_, 0.5).data(), n_);
    const Eigen::VectorXd v = Eigen::Map<Eigen::VectorXd>(random.values(n_, 8.0).data(), n_);
    const Eigen::VectorXd viscous = calc_torques(q, v) - calc_torques(q, Eigen::VectorXd::Zero(n_));
    int damped = 0;
    for (int i = 0; i < n_; ++i) {
      EXPECT_LE(viscous[i] * v[i], 0.0) << runner_.model.links()[i].coordinate;
      damped += viscous[i] != 0.0 ? 1 : 0;
    }
    // 18 disc axes; subtalar, toes and four arm coordinates of each side.
    EXPECT_EQ(damped, 18 + 12);
  }
}

// Values worked out apart from this code with the published formulas in their own signs (plantarflexion
// positive). Riener & Edrich 1999 J Biomech 32:539, equations 1-3.
TEST(LegPassive, PublishedFormulas) {
  struct Row {
    double hip, knee, ankle;  // deg
    double hip_nm, knee_nm, ankle_nm;
  };
  const Row rows[] = {
      {0.0, 0.0, 0.0, 8.581518, 10.418124, -6.386903},
      {40.0, 60.0, 10.0, 4.913360, -2.277871, -4.818057},
      {-10.0, 20.0, -20.0, 14.843481, -3.458976, 0.743543},
      {85.0, 5.0, 20.0, -37.515837, 80.040583, -38.639122},
      {20.0, 90.0, -25.0, 7.863707, -5.939143, 1.636283},
  };
  for (const Row& row : rows) {
    const auto m = calc_leg_passive_moments(deg_to_rad(row.hip), deg_to_rad(row.knee), deg_to_rad(row.ankle));
    EXPECT_NEAR(m.hip, row.hip_nm, 2e-6);
    EXPECT_NEAR(m.knee, row.knee_nm, 2e-6);
    EXPECT_NEAR(m.ankle, row.ankle_nm, 2e-6);
  }
}

// Each end of each joint's range resists going further: the sense that a wrong sign would turn around.
TEST(LegPassive, EndsResist) {
  const auto at = [](double hip, double knee, double ankle) {
    return calc_leg_passive_moments(deg_to_rad(hip), deg_to_rad(knee), deg_to_rad(ankle));
  };
  EXPECT_GT(at(-25.0, 10.0, 0.0).hip, 15.0);   // extended: flexes
  EXPECT_LT(at(110.0, 10.0, 0.0).hip, -30.0);  // flexed, knee straight: hamstrings extend
  EXPECT_GT(at(0.0, -5.0, 0.0).knee, 15.0);    // overstretched: flexes
  EXPECT_LT(at(0.0, 140.0, 0.0).knee, -15.0);  // folded: extends
  EXPECT_LT(at(0.0, 0.0, 25.0).ankle, -50.0);  // dorsiflexed: plantarflexes
  EXPECT_GT(at(0.0, 0.0, -50.0).ankle, 5.0);   // plantarflexed: dorsiflexes
  // Two-joint muscles: a flexed knee slackens hamstrings and gastrocnemius.
  EXPECT_GT(at(80.0, 80.0, 0.0).hip, at(80.0, 5.0, 0.0).hip);
  EXPECT_GT(at(0.0, 80.0, 20.0).ankle, at(0.0, 5.0, 20.0).ankle);
}

TEST(RangeLaw, IsMirrorSymmetricAndResistsBothEnds) {
  const Runner runner = test::build_sample_runner();
  int two_sided = 0;
  for (const RangeLaw& law : runner.range_laws) {
    if (law.k1 == 0.0) continue;
    ++two_sided;
    EXPECT_LT(calc_elastic_moment(law, law.q_hi + 0.3), -1.0);
    EXPECT_GT(calc_elastic_moment(law, law.q_lo - 0.3), 1.0);
    for (double q : {0.1, 0.37, 0.81}) {
      EXPECT_NEAR(calc_elastic_moment(law, q), -calc_elastic_moment(law, -q),
                  1e-12 + 1e-12 * std::abs(calc_elastic_moment(law, q)));
    }
  }
  EXPECT_EQ(two_sided, 6);  // hip adduction, hip rotation, subtalar of two sides
}

}  // namespace
}  // namespace lumbarun
