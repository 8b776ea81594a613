#include "viz/scene/ground_look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <sstream>
#include <utility>
#include <vector>

namespace lumbarun::viz {
namespace {

constexpr int kPixels = 256;  // of the tile, along each side

// A number between 0 and 1 for a place of a lattice (the finaliser of MurmurHash3, Appleby 2011).
double calc_noise(std::uint32_t column, std::uint32_t row, std::uint32_t octave) {
  std::uint32_t h = column * 73856093U ^ row * 19349663U ^ octave * 83492791U;
  h ^= h >> 16;
  h *= 0x85ebca6bU;
  h ^= h >> 13;
  h *= 0xc2b2ae35U;
  h ^= h >> 16;
  return h / 4294967295.0;
}

double calc_smooth(double t) { return t * t * (3 - 2 * t); }

// Noise between the places of a lattice of `columns` × `rows` cells, which meets itself at the rims; x and y from 0 to 1.
double calc_value_noise(double x, double y, int columns, int rows, int octave) {
  const double u = x * columns, v = y * rows;
  const int i = static_cast<int>(u), j = static_cast<int>(v);
  const double s = calc_smooth(u - i), t = calc_smooth(v - j);
  const auto at = [&](int a, int b) {
    return calc_noise(static_cast<std::uint32_t>(a % columns), static_cast<std::uint32_t>(b % rows),
                      static_cast<std::uint32_t>(octave));
  };
  return (1 - t) * ((1 - s) * at(i, j) + s * at(i + 1, j)) +
         t * ((1 - s) * at(i, j + 1) + s * at(i + 1, j + 1));
}

}  // namespace

GroundLook get_ground_look(const std::string& surface_preset) {
  static const std::vector<std::pair<std::string, GroundLook>> kLooks = {
      {"track", {{0.770, 0.490, 0.410}, {0.640, 0.370, 0.300}, 1.22, 0.16, 8, 1}},
      {"grass", {{0.650, 0.755, 0.525}, {0.520, 0.630, 0.400}, 0, 0.34, 12, 3}},
      {"treadmill", {{0.575, 0.585, 0.605}, {0.480, 0.490, 0.510}, 0, 0.06, 8, 1}},
      {"sand", {{0.900, 0.840, 0.700}, {0.800, 0.730, 0.580}, 0, 0.18, 20, 1}},
      {"asphalt", {{0.815, 0.820, 0.830}, {0.600, 0.620, 0.640}, 0, 0.20, 8, 1}},
      {"concrete", {{0.870, 0.862, 0.845}, {0.700, 0.690, 0.670}, 0, 0.07, 28, 1}},
      {"trail", {{0.745, 0.660, 0.550}, {0.620, 0.530, 0.420}, 0, 0.30, 24, 1}},
      {"sprung_floor", {{0.880, 0.760, 0.590}, {0.740, 0.600, 0.420}, 0, 0.16, 8, 16}}};
  for (const auto& [name, look] : kLooks) {
    if (surface_preset.starts_with(name)) return look;
  }
  return {kGround, {0.55, 0.60, 0.64}, 0, 0, 8, 1};
}

vtkSmartPointer<vtkImageData> build_grain(const GroundLook& look) {
  vtkNew<vtkImageData> image;
  image->SetDimensions(kPixels, kPixels, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  auto* pixel = static_cast<unsigned char*>(image->GetScalarPointer());
  // Spots of the size asked for, and larger ones that break the pattern of the tiles.
  const int rows = std::max(1, static_cast<int>(std::lround(1e3 * kGrainTile / look.grain_size)));
  const int columns = std::max(1, rows / look.stretch);
  for (int y = 0; y < kPixels; ++y) {
    for (int x = 0; x < kPixels; ++x, pixel += 3) {
      const double u = (x + 0.5) / kPixels, v = (y + 0.5) / kPixels;
      const double spots = 0.6 * calc_value_noise(u, v, columns, rows, 0) +
                           0.25 * calc_value_noise(u, v, std::max(1, columns / 3), std::max(1, rows / 3), 1) +
                           0.15 * calc_value_noise(u, v, std::max(1, columns / 9), std::max(1, rows / 9), 2);
      const auto value = static_cast<unsigned char>(std::lround(255 * (1 - look.grain * spots)));
      std::fill(pixel, pixel + 3, value);
    }
  }
  return image;
}

std::string find_scenario_text(const RunRecord& record, const std::string& section, const std::string& key) {
  std::istringstream lines(record.header.scenario);
  std::string current;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("[")) current = line.substr(1, line.find(']') - 1);
    if (current != section || !line.starts_with(key + " = \"")) continue;
    const std::size_t first = line.find('"') + 1;
    return line.substr(first, line.find('"', first) - first);
  }
  return "";
}

}  // namespace lumbarun::viz
