#include "sim/signal/spectrum.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <vector>

#include "sim/core/errors.h"
#include "sim/core/units.h"

namespace lumbarun {
namespace {

TEST(Spectrum, FindsTheHarmonicsOfAKnownSum) {
  const std::size_t n = 90;
  const double period = 0.72;
  std::vector<double> x(n);
  for (std::size_t j = 0; j < n; ++j) {
    const double u = 2.0 * kPi * static_cast<double>(j) / n;
    x[j] = 0.4 + 1.5 * std::cos(u) - 0.2 * std::sin(3.0 * u) + 0.05 * std::cos(17.0 * u + 0.3);
  }
  const Spectrum s = calc_spectrum(x, n / period);
  EXPECT_NEAR(s.cosine[0], 0.4, 1e-14);
  EXPECT_NEAR(s.cosine[1], 1.5, 1e-14);
  EXPECT_NEAR(s.sine[3], -0.2, 1e-14);
  EXPECT_NEAR(s.calc_amplitude(17), 0.05, 1e-14);
  EXPECT_NEAR(s.calc_amplitude(2), 0.0, 1e-14);
  EXPECT_NEAR(s.frequency_hz[17], 17.0 / period, 1e-12);
}

TEST(Spectrum, ReproducesTheSamplesAndObeysParsevalForOddAndEvenCounts) {
  for (std::size_t n : {7u, 8u}) {
    std::vector<double> x;
    for (std::size_t j = 0; j < n; ++j) x.push_back(std::sin(1.0 + 2.7 * static_cast<double>(j * j)));
    const Spectrum s = calc_spectrum(x, 1.0);
    double power = 0.0;
    for (std::size_t k = 0; k < s.cosine.size(); ++k) {
      const bool single = k == 0 || 2 * k == n;
      power += (single ? 1.0 : 0.5) * (s.cosine[k] * s.cosine[k] + s.sine[k] * s.sine[k]);
    }
    EXPECT_NEAR(power, std::inner_product(x.begin(), x.end(), x.begin(), 0.0) / static_cast<double>(n),
                1e-14);
    for (std::size_t j = 0; j < n; ++j) {
      double sum = 0.0;
      for (std::size_t k = 0; k < s.cosine.size(); ++k) {
        const double u = 2.0 * kPi * static_cast<double>(j * k) / static_cast<double>(n);
        sum += s.cosine[k] * std::cos(u) + s.sine[k] * std::sin(u);
      }
      EXPECT_NEAR(sum, x[j], 1e-13);
    }
  }
}

TEST(Spectrum, BandPowerOfASineIsHalfItsSquare) {
  const std::size_t n = 720;
  std::vector<double> x(n);
  for (std::size_t j = 0; j < n; ++j) {
    const double u = 2.0 * kPi * static_cast<double>(j) / n;
    x[j] = 0.7 + 3.0 * std::sin(5.0 * u + 0.4) + 0.5 * std::cos(11.0 * u) + 2.0 * std::sin(21.0 * u);
  }
  const Spectrum s = calc_spectrum(x, n);  // one second: bins of 1 Hz
  EXPECT_NEAR(s.calc_band_power(3.0, 8.0), 4.5, 1e-12);
  EXPECT_NEAR(s.calc_band_power(9.0, 20.0), 0.125, 1e-12);
  EXPECT_NEAR(s.calc_band_power(5.0, 11.0), 4.625, 1e-12) << "ends belong to the band";
  EXPECT_NEAR(s.calc_band_power(0.0, 360.0), 0.49 + 4.5 + 0.125 + 2.0, 1e-12) << "Parseval";
  const Spectrum low = calc_spectrum(x, n, 12.0);
  EXPECT_EQ(low.frequency_hz.size(), 13u);
  EXPECT_DOUBLE_EQ(low.calc_band_power(3.0, 8.0), s.calc_band_power(3.0, 8.0));
  EXPECT_THROW(low.calc_band_power(9.0, 20.0), BadInput) << "frequencies that were left out are not zero";
}

TEST(Spectrum, RefusesAnEmptyRecord) { EXPECT_THROW(calc_spectrum({}, 1.0), BadInput); }

}  // namespace
}  // namespace lumbarun
