// One board under several elements: balance, the series it must equal where that is known, and energy.
#include "sim/contact/sprung_ground.h"

#include <gtest/gtest.h>

#include <array>
#include <random>

namespace lumbarun {
namespace {

ContactLaw build_law(double share, std::vector<ContactLayer> layers, double smoothing = 0.0015) {
  ContactLawParameters parameters;
  parameters.smoothing = smoothing;
  parameters.layers = std::move(layers);
  parameters.share = share;
  return ContactLaw::build(parameters);
}

class Board : public ::testing::Test {
 protected:
  using Gaps = std::array<double, 3>;

  BoardState<double> solve(double stiffness, const Gaps& gaps) const {
    return solve_board<double>({stiffness, 0.0}, [&](double sink, double& force, double& slope) {
      for (size_t i = 0; i < gaps.size(); ++i) add_element(*laws_[i], gaps[i] + sink, force, slope);
    });
  }
  double calc_force(const Gaps& gaps, double sink) const {
    double force = 0.0;
    for (size_t i = 0; i < gaps.size(); ++i) force += evaluate(laws_[i]->elastic_force(), gaps[i] + sink);
    return force;
  }
  double calc_energy(double stiffness, const Gaps& gaps) const {
    const double sink = solve(stiffness, gaps).sink;
    double energy = 0.5 * stiffness * sink * sink;
    for (size_t i = 0; i < gaps.size(); ++i) energy += laws_[i]->calc_stored_energy(gaps[i] + sink);
    return energy;
  }
  Gaps draw(double deepest) {
    std::uniform_real_distribution<double> gap(-deepest, 0.01);
    return {gap(random_), gap(random_), gap(random_)};
  }

  ContactLaw heel_ = build_law(0.5, {{900e3, 1.5, 0.3}, {230e3, 1.5, 0.4, 0.02}});
  ContactLaw ball_ = build_law(0.8, {{900e3, 1.5, 0.3}, {345e3, 1.5, 0.4, 0.014}, {500e3, 1.5, 0.2}});
  std::array<const ContactLaw*, 3> laws_{&heel_, &heel_, &ball_};
  std::mt19937 random_{20261130};
};

TEST_F(Board, CarriesWhatTheElementsCarry) {
  for (double stiffness : {15e3, 75e3, 400e3, 22.5e6}) {
    for (int i = 0; i < 50; ++i) {
      const Gaps gaps = draw(std::min(0.05, 6e3 / stiffness));
      const double sink = solve(stiffness, gaps).sink;
      EXPECT_NEAR(calc_force(gaps, sink), stiffness * sink, 1e-7 * stiffness * sink + 1e-9);
      EXPECT_GE(sink, 0.0);
    }
  }
}

// One element alone on the board is a chain with one layer more; force and share of the approach must agree.
TEST_F(Board, UnderOneElementIsALayerInSeries) {
  constexpr double kBoard = 120e3, kSharp = 1e-4;  // m: the touch is smoothed in other places, so hardly
  const ContactLaw sole = build_law(1.0, {{900e3, 1.5, 0.0}, {230e3, 1.5, 0.0}}, kSharp);
  const ContactLaw chain = build_law(1.0, {{900e3, 1.5, 0.0}, {230e3, 1.5, 0.0}, {kBoard, 1.0, 0.0}}, kSharp);
  for (double gap : {-0.004, -0.011, -0.022}) {
    const BoardState<double> state = solve_board<double>(
        {kBoard, 0.0},
        [&](double sink, double& force, double& slope) { add_element(sole, gap + sink, force, slope); });
    const double expected = evaluate(chain.elastic_force(), gap);
    EXPECT_NEAR(kBoard * state.sink, expected, 0.002 * expected) << gap;
    const double step = 1e-5;
    const double slope =
        (evaluate(chain.elastic_force(), gap - step) - evaluate(chain.elastic_force(), gap + step)) /
        (2.0 * step);
    EXPECT_NEAR(kBoard * (1.0 - state.share), slope, 0.005 * slope) << gap;
  }
}

TEST_F(Board, StoredEnergyFallsByTheElasticForce) {
  const double step = 1e-6;
  for (int i = 0; i < 30; ++i) {
    Gaps gaps = draw(0.03);
    const double sink = solve(90e3, gaps).sink;
    for (size_t e = 0; e < gaps.size(); ++e) {
      Gaps up = gaps, down = gaps;
      up[e] += step;
      down[e] -= step;
      const double slope = (calc_energy(90e3, up) - calc_energy(90e3, down)) / (2.0 * step);
      const double force = evaluate(laws_[e]->elastic_force(), gaps[e] + sink);
      EXPECT_NEAR(-slope, force, 1e-5 * force + 1e-3);
    }
  }
}

TEST_F(Board, AStiffOneIsNoBoard) {
  const Gaps gaps{-0.006, -0.004, -0.007};
  const BoardState<double> state = solve(1e12, gaps);
  EXPECT_LT(state.sink, 1e-8);
  EXPECT_NEAR(state.share, 1.0, 1e-5);
}

}  // namespace
}  // namespace lumbarun
