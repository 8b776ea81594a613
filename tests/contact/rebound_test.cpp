// What a dropped mass keeps of its energy, against the closed form of the rate factor.
//
// For F = F_e(x)(1 + d ẋ) a mass m obeys m v dv/dx = -F_e (1 + d v); dividing by (1 + d v) separates the
// elastic force off, so the speed e v₀ of leaving does not depend on mass, stiffness or exponent:
//   d v₀ (1 + e) = ln((1 + d v₀) / (1 - e d v₀))                    (Marhefka & Orin 1999, IEEE Trans SMC A
//   29:566)
#include <gtest/gtest.h>

#include <cmath>

#include "models/runner_builder.h"
#include "sim/contact/contact_law.h"
#include "tests/oracles/integrate.h"

namespace lumbarun {
namespace {

double calc_restitution(double rate) {  // e of d v₀
  double low = 0.0, high = 1.0;
  for (int i = 0; i < 100; ++i) {
    const double e = 0.5 * (low + high);
    const double lead = e * rate < 1.0 ? std::log((1.0 + rate) / (1.0 - e * rate)) - rate * (1.0 + e) : 1.0;
    (lead < 0.0 ? low : high) = e;
  }
  return 0.5 * (low + high);
}

double calc_energy_return(double rate) { return calc_restitution(rate) * calc_restitution(rate); }

// Speed kept by a mass that meets a law without gravity at `speed`.
double measure_restitution(const ContactLaw& law, double mass, double speed) {
  const auto rate = [&](const std::vector<double>& x, std::vector<double>& dx) {
    dx[0] = x[1];
    dx[1] = calc_normal_force(law, x[0], -x[1]) / mass;
  };
  std::vector<double> x{0.02, -speed};
  const double step = 2e-6;
  do {
    x = oracles::integrate_rk4(rate, x, step, 50);
  } while (x[0] < 0.02);
  return x[1] / speed;
}

TEST(Rebound, LossDependsOnTheRateFactorOnly) {
  for (double exponent : {1.0, 1.5}) {
    for (double mass : {3.1, 8.5}) {
      ContactLawParameters p;
      p.layers = {{180e3, exponent, 0.34}};
      p.share = 1.0;
      p.smoothing = 0.0005;
      const double speed = 1.03;
      // The smooth positive part takes 0.25 % off the rate factor's slope and adds as much at rest.
      EXPECT_NEAR(measure_restitution(ContactLaw::build(p), mass, speed), calc_restitution(0.34 * speed),
                  0.004)
          << exponent << " " << mass;
    }
  }
}

TEST(Rebound, WithoutDampingNothingIsLost) {
  ContactLawParameters p;
  p.layers = {{180e3, 1.5, 0.0}, {260e3, 1.0, 0.0}};
  EXPECT_NEAR(measure_restitution(ContactLaw::build(p), 8.5, 1.0), 1.0, 1e-9);
}

// Two equal layers in series share the rate: each closes at half of it, so the chain damps like (1/2)² +
// (1/2)² of one layer.
TEST(Rebound, EqualLayersInSeriesHalveTheRateFactor) {
  ContactLawParameters p;
  p.layers = {{180e3, 1.5, 0.5}, {180e3, 1.5, 0.5}};
  p.share = 1.0;
  p.smoothing = 0.0005;
  EXPECT_NEAR(measure_restitution(ContactLaw::build(p), 8.5, 1.0), calc_restitution(0.25), 0.004);
}

// The runner's layers return what the bench impact that they stand for returned.
TEST(Rebound, LayersReturnWhatTheScenarioAsks) {
  EXPECT_NEAR(calc_energy_return(0.01), 1.0 - 4.0 / 3.0 * 0.01, 2e-4);
  const SkeletonTables tables = read_skeleton_tables(LUMBARUN_SOURCE_DIR "/models/runner");
  for (double asked : {0.91, 0.60, 0.55, 0.30}) {
    RunnerParameters parameters;
    parameters.shoe.energy_return = asked;
    const ContactLaw law = build_runner(tables, parameters).contact.laws.front();
    const double rate = law.parameters().layers[1].damping * 1.0;  // of the midsole, at 1 m/s
    EXPECT_NEAR(calc_energy_return(rate), asked, 1e-9) << asked;
  }
}

}  // namespace
}  // namespace lumbarun
