// Sampling designs in the unit cube: which points of the input space a sweep visits. One row per point, one column per
// factor, all values in [0, 1]. The same arguments give the same design.
#pragma once

#include <Eigen/Core>
#include <cstdint>

namespace lumbarun {

using SampleMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Independent uniform points.
SampleMatrix calc_monte_carlo(int points, int factors, std::uint64_t seed);

// One point in each of `points` equal slices of every factor, at a random place inside the slice (McKay, Beckman &
// Conover, Technometrics 21:239, 1979).
SampleMatrix calc_latin_hypercube(int points, int factors, std::uint64_t seed);

// Points 0 … points − 1 of Sobol's sequence (Boost, direction numbers of Joe & Kuo, SIAM J. Sci. Comput. 30:2635, 2008),
// every factor shifted by one random word, bit by bit: balance in powers of two is kept, no point lies on the border.
SampleMatrix calc_sobol_sequence(int points, int factors, std::uint64_t seed);

// For variance-based indices (Saltelli et al., Comput. Phys. Commun. 181:259, 2010): `base` blocks of factors + 2 rows:
// A, then A with factor i taken from B for each i, then B; A and B are halves of one Sobol sequence.
SampleMatrix calc_saltelli(int base, int factors, std::uint64_t seed);

// For elementary effects (Morris, Technometrics 33:161, 1991): `trajectories` blocks of factors + 1 rows; each row
// differs from the one before in one factor, by ±levels / (2 (levels − 1)). `levels` is even.
SampleMatrix calc_morris(int trajectories, int factors, int levels, std::uint64_t seed);

}  // namespace lumbarun
