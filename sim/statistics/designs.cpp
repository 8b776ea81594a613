#include "sim/statistics/designs.h"

#include <boost/random/sobol.hpp>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/contracts.h"
#include "sim/statistics/random_source.h"

namespace lumbarun {
namespace {

std::vector<int> draw_permutation(int count, RandomSource& random) {
  std::vector<int> order(static_cast<std::size_t>(count));
  std::iota(order.begin(), order.end(), 0);
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.draw_index(i)]);
  return order;
}

}  // namespace

SampleMatrix calc_monte_carlo(int points, int factors, std::uint64_t seed) {
  RandomSource random(seed);
  SampleMatrix sample(points, factors);
  for (Eigen::Index i = 0; i < sample.size(); ++i) sample.data()[i] = random.draw_uniform();
  return sample;
}

SampleMatrix calc_latin_hypercube(int points, int factors, std::uint64_t seed) {
  RandomSource random(seed);
  SampleMatrix sample(points, factors);
  for (int factor = 0; factor < factors; ++factor) {
    const std::vector<int> slice = draw_permutation(points, random);
    for (int i = 0; i < points; ++i) sample(i, factor) = (slice[i] + random.draw_uniform()) / points;
  }
  return sample;
}

SampleMatrix calc_sobol_sequence(int points, int factors, std::uint64_t seed) {
  constexpr int kMaxFactors = 3667;  // Joe & Kuo's table in Boost
  LUMBARUN_DEMAND(factors > 0 && factors <= kMaxFactors);
  RandomSource random(seed);
  std::vector<std::uint64_t> shift(static_cast<std::size_t>(factors));
  for (std::uint64_t& word : shift) word = random.draw_bits();
  boost::random::sobol engine(static_cast<std::size_t>(factors));
  SampleMatrix sample(points, factors);
  for (int i = 0; i < points; ++i) {
    for (int factor = 0; factor < factors; ++factor) {
      // Boost leaves out the origin, point 0 of the sequence, which balances the first 2^m points.
      const std::uint64_t word = (i == 0 ? 0 : engine()) ^ shift[static_cast<std::size_t>(factor)];
      sample(i, factor) = (static_cast<double>(word >> 12) + 0.5) * 0x1p-52;
    }
  }
  return sample;
}

SampleMatrix calc_saltelli(int base, int factors, std::uint64_t seed) {
  const SampleMatrix both = calc_sobol_sequence(base, 2 * factors, seed);
  const int block = factors + 2;
  SampleMatrix sample(base * block, factors);
  for (int j = 0; j < base; ++j) {
    const auto a = both.row(j).head(factors);
    const auto b = both.row(j).tail(factors);
    for (int i = 0; i <= factors; ++i) {
      sample.row(j * block + i) = a;
      if (i > 0) sample(j * block + i, i - 1) = b(i - 1);
    }
    sample.row(j * block + block - 1) = b;
  }
  return sample;
}

SampleMatrix calc_morris(int trajectories, int factors, int levels, std::uint64_t seed) {
  LUMBARUN_DEMAND(levels >= 2 && levels % 2 == 0);
  RandomSource random(seed);
  const double step = levels / (2.0 * (levels - 1));
  const int block = factors + 1;
  SampleMatrix sample(trajectories * block, factors);
  for (int t = 0; t < trajectories; ++t) {
    auto first = sample.row(t * block);
    std::vector<double> signed_step;
    for (int factor = 0; factor < factors; ++factor) {
      const auto low =
          static_cast<double>(random.draw_index(static_cast<std::size_t>(levels) / 2)) / (levels - 1);
      const bool up = random.draw_uniform() < 0.5;
      first(factor) = up ? low : low + step;
      signed_step.push_back(up ? step : -step);
    }
    const std::vector<int> order = draw_permutation(factors, random);
    for (int i = 0; i < factors; ++i) {
      sample.row(t * block + i + 1) = sample.row(t * block + i);
      sample(t * block + i + 1, order[i]) += signed_step[static_cast<std::size_t>(order[i])];
    }
  }
  return sample;
}

}  // namespace lumbarun
