// The quasi-static split of the rate, against layers that carry their own deflection as a state.
//
// Stateful chain: each layer pulls its own f_i(x_i) (1 + d_i ẋ_i) = F, the same F, and Σ ẋ_i = ẋ, so
//   F = (ẋ + Σ 1/d_i) / Σ 1/(d_i f_i),    ẋ_i = (F/f_i - 1)/d_i.
#include <gtest/gtest.h>

#include <cmath>

#include "sim/contact/contact_law.h"
#include "tests/contact/series_chain.h"
#include "tests/oracles/integrate.h"

namespace lumbarun {
namespace {

using oracles::build_general_chain;

struct Rebound {
  double peak_force = 0.0;   // N
  double restitution = 0.0;  // speed of leaving over speed of arriving
};

constexpr double kMass = 8.5, kTouch = 0.001;  // kg; m, deflection at which both chains start
constexpr double kStep = 2e-6;                 // s

double calc_layer_force(const ContactLawParameters& p, size_t i, double x) {
  const ContactLayer& layer = p.layers[i];
  return p.share * p.reference_force *
         std::pow(x * layer.secant_stiffness / p.reference_force, layer.exponent);
}

double calc_stateful_force(const ContactLawParameters& p, const std::vector<double>& x, double closing) {
  double sum = closing, compliance = 0.0;
  for (size_t i = 0; i < p.layers.size(); ++i) {
    sum += 1.0 / p.layers[i].damping;
    compliance += 1.0 / (p.layers[i].damping * calc_layer_force(p, i, x[2 + i]));
  }
  return sum / compliance;
}

// x = (deflection, closing speed, deflection of each layer).
Rebound drop_on_stateful_chain(const ContactLawParameters& p, double speed) {
  const double F = p.share * oracles::solve_chain_force(p, kTouch);
  std::vector<double> x{kTouch, speed};
  for (size_t i = 0; i < p.layers.size(); ++i) x.push_back(oracles::calc_layer_deflection(p, i, F / p.share));
  Rebound result;
  const auto rate = [&](const std::vector<double>& y, std::vector<double>& dy) {
    const double force = calc_stateful_force(p, y, y[1]);
    dy[0] = y[1];
    dy[1] = -force / kMass;
    for (size_t i = 0; i < p.layers.size(); ++i) {
      dy[2 + i] = (force / calc_layer_force(p, i, y[2 + i]) - 1.0) / p.layers[i].damping;
    }
    result.peak_force = std::max(result.peak_force, force);
  };
  while (x[0] >= kTouch) x = oracles::integrate_rk4(rate, x, kStep, 1);
  result.restitution = -x[1] / speed;
  return result;
}

Rebound drop_on_split_chain(const ContactLawParameters& p, double speed) {
  const ContactLaw law = ContactLaw::build(p);
  std::vector<double> x{-kTouch, -speed};
  Rebound result;
  const auto rate = [&](const std::vector<double>& y, std::vector<double>& dy) {
    const double force = calc_normal_force(law, y[0], -y[1]);
    dy[0] = y[1];
    dy[1] = force / kMass;
    result.peak_force = std::max(result.peak_force, force);
  };
  while (x[0] <= -kTouch) x = oracles::integrate_rk4(rate, x, kStep, 1);
  result.restitution = x[1] / speed;
  return result;
}

TEST(StatefulChain, OneLayerHasNothingToSplit) {
  ContactLawParameters p = build_general_chain();
  p.smoothing = 0.0001;
  p.layers.resize(1);
  const Rebound split = drop_on_split_chain(p, 0.7), stateful = drop_on_stateful_chain(p, 0.7);
  EXPECT_NEAR(split.peak_force, stateful.peak_force, 0.005 * stateful.peak_force);
  EXPECT_NEAR(split.restitution, stateful.restitution, 0.006);
}

// Bounds stated in docs/theory.md: what the split costs between a soft landing and a bench impact.
TEST(StatefulChain, QuasiStaticSplitIsClose) {
  ContactLawParameters p = build_general_chain();
  p.smoothing = 0.0001;
  for (double speed : {0.2, 0.5, 1.0}) {
    const Rebound split = drop_on_split_chain(p, speed), stateful = drop_on_stateful_chain(p, speed);
    EXPECT_NEAR(split.peak_force, stateful.peak_force, 0.03 * stateful.peak_force) << speed;
    EXPECT_NEAR(split.restitution, stateful.restitution, 0.04) << speed;
    EXPECT_LT(stateful.restitution, 0.99) << speed;
  }
}

}  // namespace
}  // namespace lumbarun
