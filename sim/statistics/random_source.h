// Repeatable random numbers: the C++ standard fixes the sequence of mt19937_64, and only exact conversions follow, so
// that one seed gives one design on every machine.
#pragma once

#include <cstdint>
#include <random>

namespace lumbarun {

class RandomSource {
 public:
  explicit RandomSource(std::uint64_t seed) : engine_(seed) {}

  // In [0, 1), a multiple of 2^-53.
  double draw_uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

  // In 0 … count − 1; uneven by less than count · 2^-53.
  std::size_t draw_index(std::size_t count) {
    return static_cast<std::size_t>(draw_uniform() * static_cast<double>(count));
  }

  std::uint64_t draw_bits() { return engine_(); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace lumbarun
