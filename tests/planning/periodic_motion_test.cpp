// The periodic spline: its wrap, its derivatives, and how well it follows a smooth motion.
#include "sim/planning/variables/periodic_motion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/core/errors.h"
#include "tests/oracles/finite_difference.h"
#include "tests/oracles/random_tree.h"

namespace lumbarun {
namespace {

constexpr double kPeriod = 0.37;   // s, one step
constexpr double kAdvance = 1.21;  // m per step

// Two coordinates that swap, two that swap and change sign, one that changes sign, one that advances.
Periodicity build_periodicity() {
  Periodicity p;
  p.map.partner = {1, 0, 3, 2, 4, 5};
  p.map.sign = {1.0, 1.0, -1.0, -1.0, -1.0, 1.0};
  p.period = kPeriod;
  p.advance = Eigen::VectorXd::Zero(6);
  p.advance[5] = kAdvance;
  return p;
}

Eigen::VectorXd reflect(const Periodicity& p, const Eigen::VectorXd& x) {
  Eigen::VectorXd y(x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) y[i] = p.map.sign[i] * x[p.map.partner[i]];
  return y;
}

// A smooth motion with that symmetry: stride harmonics up to the third.
MotionState calc_smooth_motion(double t) {
  const double w = M_PI / kPeriod;
  const auto harmonics = [&](double s, double even, double odd) {  // value, rate, acceleration at phase s
    const double a = 0.4 * odd, b = 0.15 * even, c = 0.05 * odd;
    return std::array<double, 3>{
        a * std::sin(w * s + 0.3) + b * std::cos(2.0 * w * s) + c * std::sin(3.0 * w * s),
        w * (a * std::cos(w * s + 0.3) - 2.0 * b * std::sin(2.0 * w * s) + 3.0 * c * std::cos(3.0 * w * s)),
        -w * w *
            (a * std::sin(w * s + 0.3) + 4.0 * b * std::cos(2.0 * w * s) + 9.0 * c * std::sin(3.0 * w * s))};
  };
  const std::array<std::array<double, 3>, 6> values{harmonics(t, 1, 1), harmonics(t + kPeriod, 1, 1),
                                                    harmonics(t, 1, 1), harmonics(t + kPeriod, -1, -1),
                                                    harmonics(t, 0, 1), harmonics(t, 1, 0)};
  MotionState s{Eigen::VectorXd(6), Eigen::VectorXd(6), Eigen::VectorXd(6)};
  for (int i = 0; i < 6; ++i) {
    s.q[i] = values[i][0];
    s.v[i] = values[i][1];
    s.a[i] = values[i][2];
  }
  s.q[5] += kAdvance / kPeriod * t;
  s.v[5] += kAdvance / kPeriod;
  return s;
}

PeriodicMotion build_smooth_motion(int knots) {
  return PeriodicMotion::interpolate(build_periodicity(), knots,
                                     [](double t) { return calc_smooth_motion(t).q; });
}

PeriodicMotion build_random_motion(int knots) {
  PeriodicMotion motion(build_periodicity(), knots);
  oracles::Random random(12);
  for (Eigen::Index i = 0; i < motion.coefficients.size(); ++i) {
    motion.coefficients.data()[i] = random.uniform(-1.0, 1.0);
  }
  return motion;
}

double calc_distance(const MotionState& a, const MotionState& b) {
  return std::max({(a.q - b.q).cwiseAbs().maxCoeff(), (a.v - b.v).cwiseAbs().maxCoeff() * 1e-2,
                   (a.a - b.a).cwiseAbs().maxCoeff() * 1e-4});
}

TEST(PeriodicMotion, SmoothMotionHasTheSymmetry) {
  const Periodicity p = build_periodicity();
  for (double t : {-0.2, 0.0, 0.11, 0.5}) {
    const MotionState s = calc_smooth_motion(t), next = calc_smooth_motion(t + kPeriod);
    EXPECT_LT((next.q - reflect(p, s.q) - p.advance).norm(), 1e-12);
    EXPECT_LT((next.v - reflect(p, s.v)).norm(), 1e-11);
  }
}

TEST(PeriodicMotion, KnotsLieOnTheCurve) {
  const PeriodicMotion motion = build_random_motion(7);
  for (int k = -15; k <= 22; ++k) {
    const double t = k * motion.knot_spacing();
    EXPECT_LT(calc_distance(motion.at_knot(k), motion.at_time(t + 1e-15)), 1e-9) << k;
    EXPECT_LT((motion.at_knot(k).q - motion.at_time(t - 1e-12).q).cwiseAbs().maxCoeff(), 1e-9) << k;
  }
}

// q(t + T) = S q(t) + d, before and behind the stored period, across the seam and over many periods.
TEST(PeriodicMotion, RepeatsMirroredAndAdvanced) {
  const PeriodicMotion motion = build_random_motion(7);
  const Periodicity& p = motion.periodicity();
  for (double t : {-1.7, -0.371, -0.001, 0.0, 0.0123, 0.2, 0.3699, 0.74, 2.5}) {
    const MotionState here = motion.at_time(t), next = motion.at_time(t + kPeriod);
    EXPECT_LT((next.q - reflect(p, here.q) - p.advance).cwiseAbs().maxCoeff(), 1e-12) << t;
    EXPECT_LT((next.v - reflect(p, here.v)).cwiseAbs().maxCoeff(), 1e-10) << t;
    EXPECT_LT((next.a - reflect(p, here.a)).cwiseAbs().maxCoeff(), 1e-7) << t;
  }
  const MotionState start = motion.at_time(0.05), later = motion.at_time(0.05 + 8.0 * kPeriod);
  EXPECT_NEAR(later.q[5] - start.q[5], 8.0 * kAdvance, 1e-11);
  EXPECT_NEAR(later.q[4], start.q[4], 1e-11);
}

TEST(PeriodicMotion, WrapFindsWhatTheCurveUses) {
  const PeriodicMotion motion = build_random_motion(5);
  const Periodicity& p = motion.periodicity();
  for (int k = -11; k < 12; ++k) {
    for (int i = 0; i < 6; ++i) {
      const auto here = motion.wrap(k, i), next = motion.wrap(k + 5, i);
      ASSERT_GE(here.column, 0);
      ASSERT_LT(here.column, 5);
      // c_{k+N,i} = sign_i c_{k,partner} + d_i, written through wrap on both sides.
      const auto partner = motion.wrap(k, p.map.partner[i]);
      EXPECT_EQ(next.column, partner.column);
      EXPECT_EQ(next.row, partner.row);
      EXPECT_EQ(next.sign, p.map.sign[i] * partner.sign);
      EXPECT_NEAR(next.offset, p.map.sign[i] * partner.offset + p.advance[i], 1e-12);
    }
  }
}

TEST(PeriodicMotion, RatesAreDerivatives) {
  const PeriodicMotion motion = build_random_motion(9);
  const double h = motion.knot_spacing();
  for (double t : {0.3 * h, 4.5 * h, 8.7 * h, 12.2 * h, -3.6 * h}) {
    const Eigen::VectorXd v =
        oracles::calc_richardson_derivative([&](double x) { return motion.at_time(x).q; }, t, 0.1 * h);
    const Eigen::VectorXd a =
        oracles::calc_richardson_derivative([&](double x) { return motion.at_time(x).v; }, t, 0.1 * h);
    EXPECT_LT((motion.at_time(t).v - v).cwiseAbs().maxCoeff(), 1e-9 * v.cwiseAbs().maxCoeff());
    EXPECT_LT((motion.at_time(t).a - a).cwiseAbs().maxCoeff(), 1e-9 * a.cwiseAbs().maxCoeff());
  }
}

// Second derivatives are continuous through every knot and through the seam.
TEST(PeriodicMotion, IsTwiceContinuouslyDifferentiable) {
  const PeriodicMotion motion = build_random_motion(6);
  for (int k = -7; k < 14; ++k) {
    const double t = k * motion.knot_spacing();
    const Eigen::VectorXd jump = motion.at_time(t + 1e-9).a - motion.at_time(t - 1e-9).a;
    EXPECT_LT(jump.cwiseAbs().maxCoeff(), 1e-3) << k;  // third derivative 1e5 times 2e-9
  }
}

// At the knots exactly; between them with the fourth power of the spacing, rates with the third.
TEST(PeriodicMotion, InterpolationConvergesWithFourthOrder) {
  const auto calc_errors = [](int knots) {
    const PeriodicMotion motion = build_smooth_motion(knots);
    for (int k = 0; k < knots; ++k) {
      const Eigen::VectorXd exact = calc_smooth_motion(k * motion.knot_spacing()).q;
      EXPECT_LT((motion.at_knot(k).q - exact).cwiseAbs().maxCoeff(), 1e-12);
    }
    double position = 0.0, rate = 0.0;
    for (int i = 0; i < 400; ++i) {
      const double t = 2.0 * kPeriod * (i + 0.5) / 400.0;
      const MotionState s = motion.at_time(t), exact = calc_smooth_motion(t);
      position = std::max(position, (s.q - exact.q).cwiseAbs().maxCoeff());
      rate = std::max(rate, (s.v - exact.v).cwiseAbs().maxCoeff());
    }
    return std::pair(position, rate);
  };
  const auto [coarse, coarse_rate] = calc_errors(12);
  const auto [fine, fine_rate] = calc_errors(24);
  const auto [finest, finest_rate] = calc_errors(48);
  EXPECT_NEAR(std::log2(coarse / fine), 4.0, 0.25);
  EXPECT_NEAR(std::log2(fine / finest), 4.0, 0.1);
  EXPECT_NEAR(std::log2(fine_rate / finest_rate), 3.0, 0.3);
  EXPECT_LT(finest, 1e-6);
}

TEST(PeriodicMotion, NeedsFourKnotsAndAPeriod) {
  Periodicity p = build_periodicity();
  EXPECT_NO_THROW(PeriodicMotion(p, 4));
  EXPECT_THROW(PeriodicMotion(p, 3), LogicFailure);
  p.period = 0.0;
  EXPECT_THROW(PeriodicMotion(p, 8), LogicFailure);
}

}  // namespace
}  // namespace lumbarun
