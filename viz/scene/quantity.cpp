#include "viz/scene/quantity.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/ranges.h>

#include "sim/core/contracts.h"

namespace lumbarun::viz {
namespace {

constexpr double kSpecificTension = 600.0;  // kPa, 60 N/cm² (Rajagopal et al. 2016)

template <typename T, std::size_t N>
T look_up(const std::array<std::pair<const char*, T>, N>& known, const std::string& name, const char* what) {
  std::string names;
  for (const auto& [word, value] : known) {
    if (name == word) return value;
    names += std::string(names.empty() ? "" : ", ") + word;
  }
  throw BadInput(fmt::format("unknown {} '{}': choose one of {}", what, name, names));
}

double round_up(double value) {
  if (!(value > 0)) return 1;
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (double factor : {1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0}) {
    if (value <= factor * power * (1 + 1e-12)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

DiscQuantity parse_disc_quantity(const std::string& name) {
  static constexpr std::array<std::pair<const char*, DiscQuantity>, 3> kKnown = {
      {{"compression", DiscQuantity::kCompression},
       {"shear", DiscQuantity::kShear},
       {"pressure", DiscQuantity::kPressure}}};
  return look_up(kKnown, name, "disc load");
}

MuscleQuantity parse_muscle_quantity(const std::string& name) {
  static constexpr std::array<std::pair<const char*, MuscleQuantity>, 3> kKnown = {
      {{"activation", MuscleQuantity::kActivation},
       {"force", MuscleQuantity::kForce},
       {"stress", MuscleQuantity::kStress}}};
  return look_up(kKnown, name, "muscle colour");
}

Quantity calc_disc_quantity(const RunRecord& record, DiscQuantity quantity) {
  const DiscRecord& discs = record.discs;
  const std::size_t size = record.time.size() * record.names.levels.size();
  const auto need = [&](const std::vector<double>& values, const char* name) -> const std::vector<double>& {
    LUMBARUN_THROW_UNLESS(size > 0 && values.size() == size, "group /discs has no {}", name);
    return values;
  };
  Quantity result{"", "N", record.names.levels.size(), {}};
  switch (quantity) {
    case DiscQuantity::kCompression:
      result.title = "Disc compression";
      result.values = need(discs.compression, "compression");
      break;
    case DiscQuantity::kShear: {
      result.title = "Disc shear";
      result.values = need(discs.anterior_shear, "anterior_shear");
      const auto& lateral = need(discs.lateral_shear, "lateral_shear");
      for (std::size_t i = 0; i < size; ++i) result.values[i] = std::hypot(result.values[i], lateral[i]);
      break;
    }
    case DiscQuantity::kPressure:
      result.title = "Intradiscal pressure";
      result.unit = "MPa";
      result.values = need(discs.intradiscal_pressure, "intradiscal_pressure");
      for (double& value : result.values) value *= 1e-6;
      break;
  }
  return result;
}

Quantity calc_muscle_quantity(const RunRecord& record, MuscleQuantity quantity) {
  const MuscleRecord& muscles = record.muscles;
  const std::size_t count = record.names.muscles.size();
  const std::size_t size = record.time.size() * count;
  const auto need = [&](const std::vector<double>& values, const char* name,
                        std::size_t wanted) -> const std::vector<double>& {
    LUMBARUN_THROW_UNLESS(count > 0 && values.size() == wanted, "group /muscles has no {}", name);
    return values;
  };
  switch (quantity) {
    case MuscleQuantity::kActivation:
      return {"Muscle activation", "0 to 1", count, need(muscles.activation, "activation", size)};
    case MuscleQuantity::kForce:
      return {"Muscle force", "N", count, need(muscles.force, "force", size)};
    case MuscleQuantity::kStress: {
      Quantity result{"Muscle stress", "kPa", count, need(muscles.force, "force", size)};
      const auto& strength = need(muscles.max_isometric_force, "max_isometric_force", count);
      for (std::size_t i = 0; i < size; ++i) result.values[i] *= kSpecificTension / strength[i % count];
      return result;
    }
  }
  throw LogicFailure("a muscle quantity has no values");
}

ValueRange calc_range(const std::vector<const Quantity*>& quantities) {
  double peak = 0;
  for (const Quantity* quantity : quantities) {
    for (double value : quantity->values) peak = std::isfinite(value) ? std::max(peak, value) : peak;
  }
  return {0, round_up(peak)};
}

ValueRange calc_even_range(const Quantity& quantity) {
  double peak = 0;
  for (double value : quantity.values) peak = std::isfinite(value) ? std::max(peak, std::abs(value)) : peak;
  return {-round_up(peak), round_up(peak)};
}

std::string get_level_text(std::string level) {
  std::replace(level.begin(), level.end(), '_', '/');
  return level;
}

std::size_t find_level(const RunRecord& record, const std::string& level) {
  const auto& levels = record.names.levels;
  const auto found = std::find(levels.begin(), levels.end(), level);
  if (found == levels.end()) {
    throw BadInput(fmt::format("unknown level '{}': the run has {}", level, fmt::join(levels, ", ")));
  }
  return static_cast<std::size_t>(found - levels.begin());
}

}  // namespace lumbarun::viz
