// The series law of one contact element against closed forms, bisection, finite differences and quadrature.
#include "sim/contact/contact_law.h"

#include <gtest/gtest.h>

#include "sim/core/errors.h"
#include "tests/contact/series_chain.h"
#include "tests/oracles/finite_difference.h"

namespace lumbarun {
namespace {

using oracles::build_general_chain;
using oracles::calc_layer_deflection;
using oracles::calc_richardson_derivative;
using oracles::calc_smooth_deflection;
using oracles::solve_chain_force;

constexpr double kGaps[] = {-0.0567,  -0.0312, -0.01234, -0.00507, -0.00201,
                            -0.00063, 0.00041, 0.00233,  0.00601};

// 1/k = Σ 1/k_i.
TEST(ContactLaw, LinearLayersAddTheirCompliances) {
  ContactLawParameters p = build_general_chain();
  double compliance = 0.0;
  for (ContactLayer& layer : p.layers) {
    layer.exponent = 1.0;
    compliance += 1.0 / layer.secant_stiffness;
  }
  const ContactLaw law = ContactLaw::build(p);
  for (double gap : kGaps) {
    const double expected = p.share * calc_smooth_deflection(gap, p.smoothing) / compliance;
    EXPECT_NEAR(evaluate(law.elastic_force(), gap), expected, 2e-5 * expected) << gap;
  }
}

// At the samples of the table the law is exact; between them the spline errs by less than 1e-4.
TEST(ContactLaw, DeflectionsOfPowerLayersAdd) {
  const ContactLawParameters p = build_general_chain();
  const ContactLaw law = ContactLaw::build(p);
  for (int i = 0; i < 255; i += 7) {
    const double gap = -0.060 + 0.00025 * i;
    const double expected = p.share * solve_chain_force(p, calc_smooth_deflection(gap, p.smoothing));
    EXPECT_NEAR(evaluate(law.elastic_force(), gap), expected, 1e-10 * expected) << gap;
  }
  for (double gap : kGaps) {
    const double expected = p.share * solve_chain_force(p, calc_smooth_deflection(gap, p.smoothing));
    EXPECT_NEAR(evaluate(law.elastic_force(), gap), expected, 1e-4 * expected) << gap;
  }
}

// x = z (1 + (z/l)⁴)^(-1/4): the secant at the reference force is kept, the limit never reached, the linear rest adds.
TEST(ContactLaw, LimitedLayerGoesFlat) {
  ContactLawParameters p = build_general_chain();
  p.layers = {{233e3, 1.38, 0.34, 0.0091}, {305e3, 1.0, 0.43}};
  p.share = 1.0;
  p.smoothing = 0.0001;
  const ContactLaw law = ContactLaw::build(p);
  const double x_layer = p.reference_force / 233e3, x_ground = p.reference_force / 305e3;
  EXPECT_NEAR(evaluate(law.elastic_force(), -(x_layer + x_ground)), p.reference_force,
              1e-3 * p.reference_force);
  for (double F : {300.0, 2900.0, 9000.0}) {
    const double a = x_layer / std::pow(1.0 - std::pow(x_layer / 0.0091, 4), 0.25);
    const double z = a * std::pow(F / p.reference_force, 1.0 / 1.38);
    const double x = z / std::pow(1.0 + std::pow(z / 0.0091, 4), 0.25) + F / 305e3;
    EXPECT_NEAR(evaluate(law.elastic_force(), -x), F, 1e-3 * F);
  }
  // Flat layer: only the ground gives way any more.
  EXPECT_NEAR(law.elastic_force()->calc(-0.055).first, -305e3, 0.01 * 305e3);
}

// d_eq = Σ d_i (dx_i/dx)², the split of the rate taken by finite differences along the chain.
TEST(ContactLaw, DampingFollowsTheSplitOfTheRate) {
  const ContactLawParameters p = build_general_chain();
  const ContactLaw law = ContactLaw::build(p);
  for (double gap : kGaps) {
    const double x = calc_smooth_deflection(gap, p.smoothing);
    double expected = 0.0, split_sum = 0.0;
    for (size_t i = 0; i < p.layers.size(); ++i) {
      const double split = calc_richardson_derivative(
          [&](double y) { return calc_layer_deflection(p, i, solve_chain_force(p, y)); }, x, 1e-2 * x);
      expected += p.layers[i].damping * split * split;
      split_sum += split;
    }
    EXPECT_NEAR(split_sum, 1.0, 1e-8);
    EXPECT_NEAR(evaluate(law.damping(), gap), expected, 1e-5 * expected) << gap;
  }
}

TEST(ContactLaw, StiffensMonotonouslyAndNeverPulls) {
  const ContactLaw law = ContactLaw::build(build_general_chain());
  for (double gap = -0.070; gap < 0.3; gap += 0.00007) {
    EXPECT_LE(law.elastic_force()->calc(gap).first, 0.0) << gap;
    EXPECT_GE(evaluate(law.damping(), gap), 0.0) << gap;
    for (double closing : {-7.0, -2.9, -0.3, 0.0, 0.4, 3.1}) {
      ASSERT_GE(calc_normal_force(law, gap, closing), 0.0) << gap << " " << closing;
    }
  }
}

TEST(ContactLaw, PushesHarderTheFasterItCloses) {
  const ContactLaw law = ContactLaw::build(build_general_chain());
  for (double gap : kGaps) {
    const double elastic = evaluate(law.elastic_force(), gap), d = evaluate(law.damping(), gap);
    double before = 0.0;
    for (double closing : {-6.0, -3.0, -1.0, -0.2, 0.0, 0.5, 1.5, 4.0}) {
      const double force = calc_normal_force(law, gap, closing);
      EXPECT_GT(force, before) << gap << " " << closing;
      before = force;
      // (z)₊ exceeds z by δ²/4z at most where z > 0.
      const double z = 1.0 + d * closing;
      if (z > 0.3) {
        EXPECT_NEAR(force, elastic * z, elastic * 0.0026 / z);
      }
    }
  }
}

TEST(ContactLaw, IsExactlyZeroWellAboveTheGround) {
  for (double smoothing : {0.0005, 0.0015, 0.003}) {
    ContactLawParameters p = build_general_chain();
    p.smoothing = smoothing;
    const ContactLaw law = ContactLaw::build(p);
    for (double gap : {37.0 * smoothing, 0.12, 0.3, 1.0, 50.0}) {
      const ScalarDerivatives f = law.elastic_force()->calc(gap);
      EXPECT_EQ(f.value, 0.0) << gap;
      EXPECT_EQ(f.first, 0.0) << gap;
      EXPECT_EQ(f.second, 0.0) << gap;
      EXPECT_EQ(law.calc_stored_energy(gap), 0.0) << gap;
      EXPECT_EQ(calc_normal_force(law, gap, 2.5), 0.0) << gap;
      EXPECT_EQ(calc_normal_force(law, gap, -2.5), 0.0) << gap;
    }
  }
}

// The derivatives that the planner uses are those of the curve, across samples as within cells, and the
// second one does not jump.
TEST(ContactLaw, IsTwiceContinuouslyDifferentiable) {
  const ContactLaw law = ContactLaw::build(build_general_chain());
  for (const ScalarFunctionPtr& f : {law.elastic_force(), law.damping()}) {
    double slope_scale = 0.0, curvature_scale = 0.0;
    for (double gap = -0.058; gap < 0.05; gap += 0.00025) {
      slope_scale = std::max(slope_scale, std::abs(f->calc(gap).first));
      curvature_scale = std::max(curvature_scale, std::abs(f->calc(gap).second));
    }
    const double h = 1e-6;
    for (int i = 8; i < 450; i += 3) {
      const double knot = -0.060 + 0.00025 * i;
      EXPECT_NEAR(f->calc(knot + 1e-10).second, f->calc(knot - 1e-10).second, 1e-5 * curvature_scale) << knot;
      for (double x : {knot, knot + 0.00011}) {
        const double first = (f->calc(x + h).value - f->calc(x - h).value) / (2.0 * h);
        const double second = (f->calc(x + h).first - f->calc(x - h).first) / (2.0 * h);
        EXPECT_NEAR(f->calc(x).first, first, 1e-6 * slope_scale) << x;
        EXPECT_NEAR(f->calc(x).second, second, 3e-3 * curvature_scale) << x;
      }
    }
  }
}

// Simpson over quarter cells is exact for the cubic pieces of the table.
TEST(ContactLaw, StoredEnergyIsTheIntegralOfTheForce) {
  const ContactLaw law = ContactLaw::build(build_general_chain());
  const auto force = [&](double gap) { return evaluate(law.elastic_force(), gap); };
  const double h = 0.00025 / 4.0;
  double work = 0.0;
  for (int i = 0; i < 1200; ++i) {  // from +15 mm down to -60 mm
    const double gap = 0.015 - h * i;
    work += h / 6.0 * (force(gap) + 4.0 * force(gap - 0.5 * h) + force(gap - h));
    if (i % 97 == 0) {
      EXPECT_NEAR(law.calc_stored_energy(gap - h), work + law.calc_stored_energy(0.015), 1e-11);
    }
  }
  EXPECT_GT(work, 10.0);
  for (double gap : {-0.071, -0.0599, -0.02, -0.003, 0.002}) {
    const double slope =
        calc_richardson_derivative([&](double y) { return law.calc_stored_energy(y); }, gap, 1e-5);
    EXPECT_NEAR(-slope, force(gap), 1e-7 * force(gap) + 1e-7) << gap;
  }
}

// The smooth law becomes the sharp one: the largest difference falls with ε.
TEST(ContactLaw, SmoothingVanishesWithItsLength) {
  ContactLawParameters p = build_general_chain();
  const auto calc_difference = [&](double smoothing) {
    p.smoothing = smoothing;
    const ContactLaw law = ContactLaw::build(p);
    double largest = 0.0;
    for (int i = -40; i < 40; ++i) {
      const double gap = 0.00025 * i;
      const double sharp = gap < 0.0 ? p.share * solve_chain_force(p, -gap) : 0.0;
      largest = std::max(largest, std::abs(evaluate(law.elastic_force(), gap) - sharp));
    }
    return largest;
  };
  const double coarse = calc_difference(0.0020), middle = calc_difference(0.0010),
               fine = calc_difference(0.0005);
  EXPECT_LT(middle, 0.5 * coarse);
  EXPECT_LT(fine, 0.5 * middle);
  EXPECT_LT(fine, 10.0);  // N, of some 600 N at the depth of 10 mm
}

TEST(ContactLaw, HalfTheShareIsHalfTheForce) {
  ContactLawParameters p = build_general_chain();
  const ContactLaw half = ContactLaw::build(p);
  p.share = 1.0;
  const ContactLaw whole = ContactLaw::build(p);
  for (double gap : kGaps) {
    EXPECT_NEAR(evaluate(whole.elastic_force(), gap), 2.0 * evaluate(half.elastic_force(), gap), 1e-9);
    EXPECT_EQ(evaluate(whole.damping(), gap), evaluate(half.damping(), gap));
  }
}

TEST(ContactLaw, RefusesWhatIsNoLayer) {
  const auto build = [](double stiffness, double exponent, double damping, double smoothing) {
    ContactLawParameters p;
    p.layers = {{stiffness, exponent, damping}};
    p.smoothing = smoothing;
    return ContactLaw::build(p);
  };
  EXPECT_NO_THROW(build(1e5, 1.0, 0.0, 0.001));
  EXPECT_THROW(build(0.0, 1.0, 0.0, 0.001), LogicFailure);
  EXPECT_THROW(build(1e5, 0.9, 0.0, 0.001), LogicFailure);
  EXPECT_THROW(build(1e5, 1.0, -0.1, 0.001), LogicFailure);
  EXPECT_THROW(build(1e5, 1.0, 0.0, 0.0), LogicFailure);
  EXPECT_THROW(ContactLaw::build({}), LogicFailure);
}

}  // namespace
}  // namespace lumbarun
